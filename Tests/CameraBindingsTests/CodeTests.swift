import CameraBindings
import Catalog
import Painting
import Testing
import Timing

@Suite struct CodeTests {
    /// The bytes in the lower right corner of a luma plane, read as a program would that only knows the picture's size.
    private func read(_ width: Int, _ height: Int, _ luma: (Int, Int) -> UInt8) -> [UInt8] {
        let side = Code.side(width: width, height: height)
        let bits = (0..<64).map { index -> UInt8 in
            let x = width - 33 * side + index % 32 * side + side / 2
            let y = height - 3 * side + index / 32 * side + side / 2
            return luma(x, y) > 128 ? 1 : 0
        }
        return (0..<8).map { byte in bits[byte * 8..<byte * 8 + 8].reduce(0) { $0 << 1 | $1 } }
    }

    @Test(arguments: [(1920, 1080), (1280, 720), (640, 480), (320, 240), (480, 640), (4608, 2592)])
    func `a code is read back from a picture of any size`(width: Int, height: Int) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Picture.size(width: width, height: height), alignment: 64)
        defer { memory.deallocate() }
        let picture = Picture(width: width, height: height, in: memory)
        let code = Code(source: 7, number: 70_000, wall: 1_763_900_000.123)
        let painter = ScenePainter(aspect: 16.0 / 9, seed: 3)
        painter.paint(View(), Look(noise: 5), figures: [], stamp: "SIMULATED 070000", code: code, round: 1, into: picture)
        let bytes = read(width, height) { picture.luma[$1 * picture.stride + $0] }
        #expect(bytes == code.bytes)
        #expect(bytes.last == Code.checkSum(Array(bytes.dropLast())))
        #expect(Int(bytes[2]) << 8 | Int(bytes[3]) == 70_000 % 65_536)
        let milliseconds = bytes[4...6].reduce(0) { $0 << 8 | Int($1) }
        #expect(milliseconds == 1_763_900_000_123 % (1 << 24))
    }

    @Test func `a picture that is too small has none`() {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Picture.size(width: 64, height: 64), alignment: 64)
        defer { memory.deallocate() }
        let picture = Picture(width: 64, height: 64, in: memory)
        let painter = ScenePainter(aspect: 1, seed: 3)
        painter.paint(
            View(), Look(exposure: 1000), figures: [], stamp: "", code: Code(source: 0, number: 0, wall: 0), round: 1, into: picture)
        #expect(picture.luma[50 * picture.stride + 60] > 200)
    }

    @Test func `each frame of the simulated camera says which one it is and when it was painted`() async throws {
        var options = SimulationOptions()
        options.seed = 9
        let clock = SystemClock()
        let camera = try SimulatedCamera("imx708", options, clock: clock)
        _ = try camera.configure(CameraConfiguration(width: 640, height: 360))
        let (frames, continuation) = AsyncStream.makeStream(of: Frame.self, bufferingPolicy: .bufferingOldest(3))
        try camera.start { if case .frame(let frame) = $0 { continuation.yield(frame) } }
        var some: [Frame] = []
        for await frame in frames {
            some.append(frame)
            if some.count == 3 { break }
        }
        camera.stop()
        for frame in some {
            let plane = try #require(frame.pixels?.planes.first)
            let bytes = read(640, 360) { plane.base.load(fromByteOffset: $1 * plane.stride + $0, as: UInt8.self) }
            #expect(bytes.last == Code.checkSum(Array(bytes.dropLast())))
            #expect(bytes[1] == 9)
            #expect(Int(bytes[3]) == Int(frame.metadata.report.sequence) & 255)
            let painted = bytes[4...6].reduce(0) { $0 << 8 | Int($1) }
            let age = (Int(clock.wall * 1000) - painted) & 0xFF_FFFF
            #expect(age < 60_000, "\(age) ms")
        }
    }
}
