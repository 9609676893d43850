/// How bright and how colourful a picture is, from a sparse grid of its pixels.
public enum PictureMeter {
    /// Points across and down: enough to follow the light, few enough to cost microseconds.
    private static let grid = (columns: 32, rows: 18)

    /// The mean luma, and the mean distance of the colours from grey.
    /// - Returns: luma from 16 (black) to 235 (white), chroma from 0 (grey) to about 112 (pure colours), as BT.709 limited range has
    ///   them; nil for a picture without room for its planes.
    public static func measure(_ pixels: Pixels) -> (luma: Double, chroma: Double)? {
        guard pixels.planes.count >= 2, pixels.width > 0, pixels.height > 1 else { return nil }
        let (bytes, colours) = (Samples(pixels.planes[0]), Colours(pixels))
        var luma = 0
        var chroma = 0.0
        for row in 0..<grid.rows {
            let y = (2 * row + 1) * pixels.height / (2 * grid.rows)
            for column in 0..<grid.columns {
                let x = (2 * column + 1) * pixels.width / (2 * grid.columns)
                luma += bytes[x, y]
                let (blue, red) = colours[x / 2, y / 2]
                chroma += Double((blue - 128) * (blue - 128) + (red - 128) * (red - 128)).squareRoot()
            }
        }
        let count = Double(grid.columns * grid.rows)
        return (Double(luma) / count, chroma / count)
    }
}

/// The bytes of one plane.
private struct Samples {
    let base: UnsafePointer<UInt8>
    let stride: Int

    init(_ plane: Pixels.Plane, from offset: Int = 0) {
        base = UnsafePointer(plane.base.assumingMemoryBound(to: UInt8.self)) + offset
        stride = plane.stride
    }

    subscript(x: Int, y: Int) -> Int { Int(base[y * stride + x]) }
}

/// The chroma of a picture, in planes of their own or interleaved.
private struct Colours {
    let blue: Samples
    let red: Samples
    let step: Int
    let rows: Int

    init(_ pixels: Pixels) {
        let isPlanar = pixels.format == .yuv420 && pixels.planes.count > 2
        blue = Samples(pixels.planes[1])
        red = isPlanar ? Samples(pixels.planes[2]) : Samples(pixels.planes[1], from: 1)
        step = isPlanar ? 1 : 2
        rows = pixels.planes[1].rows
    }

    subscript(x: Int, y: Int) -> (blue: Int, red: Int) {
        let row = min(y, rows - 1)
        return (blue[step * x, row], red[step * x, row])
    }
}
