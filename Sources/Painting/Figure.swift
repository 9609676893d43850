/// Somebody who walks through the scene.
public struct Figure: Sendable, Equatable {
    /// Where the feet stand, in fractions of the scene.
    public var x: Double
    /// Where the feet stand, in fractions of the scene.
    public var y: Double
    /// Height in fractions of the scene's height.
    public var height: Double
    /// Scene code of the clothes' luma.
    public var tone: UInt8
    /// Scene code of the clothes' red difference.
    public var warmth: UInt8

    /// Creates a figure.
    public init(x: Double, y: Double, height: Double, tone: UInt8, warmth: UInt8) {
        self.x = x
        self.y = y
        self.height = height
        self.tone = tone
        self.warmth = warmth
    }
}

extension Figure {
    private static let skin = Ink(132, 112, 148)

    /// Draws it where the view shows it.
    func paint(into picture: Picture, _ view: View, _ tones: ToneTables) {
        let brush = Brush(picture: picture)
        let head = height * 0.13
        let clothes = tones.levels(of: Ink(tone, 128, warmth))
        ellipse(brush, view, middle: height * 0.5, radii: (height * 0.13, height * 0.32), clothes)
        ellipse(brush, view, middle: height * 0.2, radii: (height * 0.07, height * 0.2), clothes)
        ellipse(brush, view, middle: height - head, radii: (head * 0.8, head), tones.levels(of: Figure.skin))
    }

    /// Fills an ellipse around a point above the feet; all lengths in fractions of the scene's height.
    private func ellipse(_ brush: Brush, _ view: View, middle: Double, radii: (x: Double, y: Double), _ ink: Ink) {
        let across = Double(brush.picture.width) / view.window.width
        let down = Double(brush.picture.height) / view.window.height
        var x = (self.x - view.window.x) * across
        var y = (self.y - middle - view.window.y) * down
        if view.isMirrored { x = Double(brush.picture.width) - x }
        if view.isUpsideDown { y = Double(brush.picture.height) - y }
        brush.ellipse(centre: (x, y), radii: (radii.x * down, radii.y * down), ink)
    }
}
