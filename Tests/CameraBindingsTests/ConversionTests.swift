import CConversion
import Foundation
import Testing

/// Pictures of webcams and of vimc become NV12.
@Suite struct ConversionTests {
    private struct Refused: Error { let status: Int32 }

    /// Converts one picture of a uniform colour; gives the luma and chroma of its middle.
    private func convert(_ format: String, _ bytes: [UInt8], width: Int = 16, height: Int = 8, stride: Int) throws -> [UInt8] {
        var converter: OpaquePointer?
        try #require(cconv_open(format, Int32(width), Int32(height), Int32(stride), &converter) == 0)
        defer { cconv_close(converter) }
        var luma = [UInt8](repeating: 0, count: width * height)
        var chroma = [UInt8](repeating: 0, count: width * height / 2)
        let status = luma.withUnsafeMutableBufferPointer { luma in
            chroma.withUnsafeMutableBufferPointer { chroma in
                bytes.withUnsafeBufferPointer { bytes in
                    var target = cconv_target(luma: luma.baseAddress, chroma: chroma.baseAddress, stride: Int32(width))
                    let planes = [bytes.baseAddress]
                    return planes.withUnsafeBufferPointer { cconv_convert(converter, $0.baseAddress, 1, bytes.count, &target) }
                }
            }
        }
        guard status == 0 else { throw Refused(status: status) }
        let middle = height / 2 * width + width / 2
        return [luma[middle], chroma[height / 4 * width + width / 2], chroma[height / 4 * width + width / 2 + 1]]
    }

    private func isNear(_ got: [UInt8], _ wanted: [UInt8]) -> Bool { zip(got, wanted).allSatisfy { abs(Int($0) - Int($1)) <= 2 } }

    // Red in BT.709 limited range is 63, 102, 240 (ITU-R BT.709-6).
    @Test func `libcamera's BGR888 has red in the first byte`() throws {
        let red = [UInt8]((0..<128).flatMap { _ in [255, 0, 0] as [UInt8] })
        #expect(isNear(try convert("BGR888", red, stride: 48), [63, 102, 240]))
        #expect(isNear(try convert("RGB888", red, stride: 48), [32, 240, 118]))
    }

    @Test func `YUYV keeps its values, and rows may be longer than the picture`() throws {
        let row = [UInt8]((0..<8).flatMap { _ in [100, 90, 100, 200] as [UInt8] }) + [UInt8](repeating: 0, count: 32)
        let rows = [UInt8]((0..<8).flatMap { _ in row })
        #expect(isNear(try convert("YUYV", rows, stride: 64), [100, 90, 200]))
    }

    @Test func `an unknown format and a damaged JPEG are refused`() throws {
        var converter: OpaquePointer?
        #expect(!cconv_takes("SRGGB10_CSI2P"))
        #expect(cconv_open("SRGGB10_CSI2P", 16, 8, 16, &converter) < 0)
        #expect(throws: Refused.self) { try convert("MJPEG", [0xff, 0xd8, 0, 1, 2, 3], stride: 0) }
    }

    @Test func `motion JPEG is decoded`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("luneta-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("grey.jpg")
        let ffmpeg = Process()
        ffmpeg.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        ffmpeg.arguments = ["-v", "error", "-f", "lavfi", "-i", "color=gray:size=16x8", "-frames:v", "1", file.path]
        try ffmpeg.run()
        ffmpeg.waitUntilExit()
        let luma = try convert("MJPEG", [UInt8](Data(contentsOf: file)), stride: 0)
        #expect(isNear(luma, [126, 128, 128]))
    }
}
