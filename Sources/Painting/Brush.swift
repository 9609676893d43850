internal import Glibc

/// Fills shapes of a picture; whatever lies outside is cut off.
struct Brush {
    let picture: Picture

    /// Fills the pixels of rows `top..<bottom` and columns `left..<right`.
    func rectangle(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, _ ink: Ink) {
        for row in max(top, 0)..<max(min(bottom, picture.height), max(top, 0)) { span(row, left, right, ink) }
    }

    /// Fills an ellipse.
    func ellipse(centre: (x: Double, y: Double), radii: (x: Double, y: Double), _ ink: Ink) {
        guard radii.x > 0, radii.y > 0 else { return }
        for row in rows(centre.y - radii.y, centre.y + radii.y) {
            let height = (Double(row) + 0.5 - centre.y) / radii.y
            guard abs(height) < 1 else { continue }
            let half = radii.x * (1 - height * height).squareRoot()
            span(row, whole(centre.x - half), whole(centre.x + half), ink)
        }
    }

    /// Fills a triangle that stands on a level base.
    func gable(left: Double, right: Double, top: Double, bottom: Double, _ ink: Ink) {
        guard bottom > top else { return }
        let middle = (left + right) / 2
        for row in rows(top, bottom) {
            let share = (Double(row) + 0.5 - top) / (bottom - top)
            span(row, whole(middle - (middle - left) * share), whole(middle + (right - middle) * share), ink)
        }
    }

    /// Fills part of one row, and the chroma under every second one.
    func span(_ row: Int, _ left: Int, _ right: Int, _ ink: Ink) {
        let from = max(left, 0)
        let to = min(right, picture.width)
        guard from < to, row >= 0, row < picture.height else { return }
        let luma = picture.luma + row * picture.stride
        for column in from..<to { luma[column] = ink.luma }
        guard row.isMultiple(of: 2) else { return }
        let chroma = picture.chroma + row / 2 * picture.stride
        for column in stride(from: from & ~1, to: to, by: 2) {
            chroma[column] = ink.cb
            chroma[column + 1] = ink.cr
        }
    }

    private func rows(_ top: Double, _ bottom: Double) -> Range<Int> {
        let from = max(whole(top), 0)
        return from..<max(from, min(whole(bottom), picture.height))
    }

    // Far outside the picture a coordinate need not be exact, but it must fit.
    private func whole(_ value: Double) -> Int { Int(max(-1e6, min(1e6, value)).rounded()) }
}
