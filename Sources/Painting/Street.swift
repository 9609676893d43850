internal import Glibc

/// Draws the scene that a simulated camera looks at: a house and its garden on the left, a tree and a street lamp on the right, sky
/// above, a pavement and a road below. No half of it mirrors the other, so a turned picture can be told from an upright one.
struct Street {
    private let brush: Brush
    private let width: Double
    private let height: Double

    private init(_ picture: Picture) {
        brush = Brush(picture: picture)
        width = Double(picture.width)
        height = Double(picture.height)
    }

    /// Paints the whole scene in scene codes (see ``ToneTables``).
    static func paint(into picture: Picture) {
        let street = Street(picture)
        street.sky()
        street.ground()
        street.house()
        street.garden()
        street.lamp()
        Grain.add(to: picture)
    }

    private func sky() {
        // One span a row is quick, and the grain hides the steps.
        let horizon = y(0.56)
        for row in 0..<horizon {
            let share = Double(row) / Double(horizon)
            brush.span(row, 0, Int(width), Ink(UInt8(150 + 34 * share), UInt8(158 - 18 * share), UInt8(112 + 8 * share)))
        }
        // The sun stands behind thin cloud, left of the middle.
        brush.ellipse(centre: (width * 0.42, height * 0.12), radii: (width * 0.05, width * 0.05), Ink(214, 120, 130))
        brush.ellipse(centre: (width * 0.42, height * 0.12), radii: (width * 0.03, width * 0.03), Ink(246, 120, 132))
    }

    private func ground() {
        box(0, 0.56, 1, 0.74, Ink(74, 104, 116))
        box(0, 0.74, 1, 0.84, Ink(104))
        box(0, 0.84, 1, 1, Ink(56))
        for slab in 0..<24 { box(Double(slab) / 24, 0.74, Double(slab) / 24 + 0.002, 0.84, Ink(72)) }
        for dash in 0..<8 { box(Double(dash) / 8, 0.915, Double(dash) / 8 + 0.06, 0.93, Ink(160)) }
    }

    private func house() {
        box(0.06, 0.3, 0.36, 0.74, Ink(108, 118, 146))
        for course in 0..<36 {
            let top = 0.3 + Double(course) * 0.44 / 36
            box(0.06, top, 0.36, top + 0.0018, Ink(84, 122, 138))
        }
        brush.gable(left: width * 0.03, right: width * 0.39, top: height * 0.12, bottom: height * 0.3, Ink(62, 116, 152))
        for column in 0..<2 { for floor in 0..<2 { window(0.09 + 0.17 * Double(column), 0.34 + 0.18 * Double(floor)) } }
        box(0.195, 0.58, 0.235, 0.74, Ink(48, 122, 140))
    }

    private func window(_ left: Double, _ top: Double) {
        box(left, top, left + 0.075, top + 0.12, Ink(188))
        box(left + 0.006, top + 0.01, left + 0.035, top + 0.11, Ink(44, 134, 124))
        box(left + 0.04, top + 0.01, left + 0.069, top + 0.11, Ink(52, 134, 124))
    }

    private func garden() {
        // A fence: the finest detail of the scene, where focus and sharpness show.
        for post in 0..<60 { box(0.38 + Double(post) * 0.004, 0.66, 0.3818 + Double(post) * 0.004, 0.76, Ink(176)) }
        box(0.78, 0.5, 0.8, 0.74, Ink(52, 118, 138))
        brush.ellipse(centre: (width * 0.79, height * 0.42), radii: (width * 0.1, height * 0.16), Ink(66, 100, 112))
        brush.ellipse(centre: (width * 0.76, height * 0.37), radii: (width * 0.05, height * 0.07), Ink(84, 100, 112))
        brush.ellipse(centre: (width * 0.57, height * 0.7), radii: (width * 0.03, height * 0.03), Ink(92, 110, 178))
    }

    private func lamp() {
        box(0.93, 0.28, 0.936, 0.78, Ink(34))
        brush.ellipse(centre: (width * 0.933, height * 0.26), radii: (width * 0.014, width * 0.018), Ink(228, 92, 140))
    }

    private func box(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double, _ ink: Ink) {
        brush.rectangle(x(left), y(top), x(right), y(bottom), ink)
    }

    private func x(_ fraction: Double) -> Int { Int((fraction * width).rounded()) }
    private func y(_ fraction: Double) -> Int { Int((fraction * height).rounded()) }
}
