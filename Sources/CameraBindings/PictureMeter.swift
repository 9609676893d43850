/// How bright and how colourful a picture is, from a sparse grid of its pixels.
public enum PictureMeter {
    /// Points across and down: enough to follow the light, few enough to cost microseconds.
    private static let grid = (columns: 32, rows: 18)

    /// The mean luma, and the mean distance of the colours from grey.
    /// - Returns: luma from 16 (black) to 235 (white), chroma from 0 (grey) to about 112 (pure colours), as BT.709 limited range has
    ///   them; nil for a picture without room for its planes.
    public static func measure(_ pixels: Pixels) -> (luma: Double, chroma: Double)? {
        guard pixels.planes.count >= 2, pixels.width > 0, pixels.height > 1 else { return nil }
        var luma = 0
        var chroma = 0.0
        for row in 0..<grid.rows {
            let y = (2 * row + 1) * pixels.height / (2 * grid.rows)
            let bytes = pixels.planes[0].base.assumingMemoryBound(to: UInt8.self) + y * pixels.planes[0].stride
            for column in 0..<grid.columns {
                let x = (2 * column + 1) * pixels.width / (2 * grid.columns)
                luma += Int(bytes[x])
                let (blue, red) = pixels.chroma(x / 2, min(y / 2, pixels.planes[1].rows - 1))
                chroma += Double((blue - 128) * (blue - 128) + (red - 128) * (red - 128)).squareRoot()
            }
        }
        let count = Double(grid.columns * grid.rows)
        return (Double(luma) / count, chroma / count)
    }
}

extension Pixels {
    fileprivate func chroma(_ x: Int, _ y: Int) -> (blue: Int, red: Int) {
        let first = planes[1].base.assumingMemoryBound(to: UInt8.self) + y * planes[1].stride
        guard format == .yuv420, planes.count > 2 else { return (Int(first[2 * x]), Int(first[2 * x + 1])) }
        let second = planes[2].base.assumingMemoryBound(to: UInt8.self) + y * planes[2].stride
        return (Int(first[x]), Int(second[x]))
    }
}
