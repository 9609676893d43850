import CameraBindings
import Testing

/// Brightness and colourfulness of a picture.
@Suite struct PictureMeterTests {
    /// Measures a picture of one colour.
    private func measure(_ format: Pixels.Format, luma: UInt8, blue: UInt8, red: UInt8, width: Int = 64, height: Int = 36)
        -> (luma: Double, chroma: Double)?
    {
        let block = UnsafeMutablePointer<UInt8>.allocate(capacity: width * height * 2)
        defer { block.deallocate() }
        block.initialize(repeating: luma, count: width * height)
        let chroma = block + width * height
        var planes = [Pixels.Plane(base: block, stride: width, rows: height)]
        if format == .nv12 {
            for index in 0..<width * height / 4 { (chroma[2 * index], chroma[2 * index + 1]) = (blue, red) }
            planes.append(Pixels.Plane(base: chroma, stride: width, rows: height / 2))
        } else {
            chroma.initialize(repeating: blue, count: width * height / 4)
            (chroma + width * height / 4).initialize(repeating: red, count: width * height / 4)
            planes.append(Pixels.Plane(base: chroma, stride: width / 2, rows: height / 2))
            planes.append(Pixels.Plane(base: chroma + width * height / 4, stride: width / 2, rows: height / 2))
        }
        return PictureMeter.measure(Pixels(width: width, height: height, format: format, planes: planes))
    }

    @Test(arguments: [Pixels.Format.nv12, .yuv420]) func `both layouts are measured alike`(format: Pixels.Format) throws {
        let grey = try #require(measure(format, luma: 120, blue: 128, red: 128))
        #expect(grey.luma == 120 && grey.chroma == 0)
        let red = try #require(measure(format, luma: 63, blue: 102, red: 240))
        #expect(red.luma == 63 && abs(red.chroma - 115) < 0.1)
    }

    @Test func `the smallest pictures are measured too`() throws {
        #expect(try #require(measure(.nv12, luma: 50, blue: 128, red: 128, width: 2, height: 2)).luma == 50)
    }
}
