import Painting
import Testing

@Suite struct PaintingTests {
    /// A picture of one's own, freed at the end of the test.
    private final class Canvas {
        let memory: UnsafeMutableRawPointer
        let picture: Picture

        init(_ width: Int, _ height: Int) {
            memory = .allocate(byteCount: Picture.size(width: width, height: height), alignment: 64)
            memory.initializeMemory(as: UInt8.self, repeating: 128, count: Picture.size(width: width, height: height))
            picture = Picture(width: width, height: height, in: memory)
        }

        deinit { memory.deallocate() }

        func luma(_ row: Int) -> [UInt8] { (0..<picture.width).map { picture.luma[row * picture.stride + $0] } }
        func chroma(_ row: Int) -> [UInt8] { (0..<picture.width).map { picture.chroma[row * picture.stride + $0] } }
    }

    @Test func `a neutral adjustment changes nothing, not even out of range`() {
        let canvas = Canvas(64, 2)
        for column in 0..<64 { canvas.picture.luma[column] = UInt8(column * 4) }
        let before = canvas.luma(0)
        Adjustment().apply(to: canvas.picture)
        #expect(canvas.luma(0) == before)
    }

    @Test func `an adjustment keeps to the limits of video`() {
        let canvas = Canvas(64, 2)
        for column in 0..<64 { canvas.picture.luma[column] = UInt8(column * 4) }
        Adjustment(brightness: 1, saturation: 32).apply(to: canvas.picture)
        #expect(canvas.luma(0).allSatisfy { (16...235).contains($0) })
        #expect(canvas.chroma(0).allSatisfy { $0 == 128 })
    }

    @Test(arguments: [2, 4, 6, 64, 66])
    func `mirrors keep chroma with its luma`(_ size: Int) {
        let canvas = Canvas(size, size)
        for row in 0..<size {
            for column in 0..<size { canvas.picture.luma[row * canvas.picture.stride + column] = UInt8(row + 100 * (column / 2 % 2)) }
        }
        for pair in 0..<size / 2 {
            (canvas.picture.chroma[pair * 2], canvas.picture.chroma[pair * 2 + 1]) = (UInt8(pair), UInt8(200 - pair))
        }
        let (luma, chroma) = (canvas.luma(1), canvas.chroma(0))
        canvas.picture.mirrorLeftToRight()
        #expect(canvas.luma(1) == luma.reversed())
        #expect(canvas.chroma(0)[0] == chroma[size - 2] && canvas.chroma(0)[1] == chroma[size - 1])
        canvas.picture.mirrorTopToBottom()
        #expect(canvas.luma(size - 2) == luma.reversed())
        canvas.picture.mirrorLeftToRight()
        canvas.picture.mirrorTopToBottom()
        #expect(canvas.luma(1) == luma && canvas.chroma(0) == chroma)
    }

    @Test func `a painted picture stays within a byte however noisy it is`() {
        let canvas = Canvas(320, 180)
        let painter = ScenePainter(aspect: 16.0 / 9, seed: 3)
        for exposure in [0.0, 1000] {
            painter.paint(View(), Look(exposure: exposure, noise: 50), figures: [], stamp: "", round: 1, into: canvas.picture)
            let levels = canvas.luma(20)
            // A byte that wrapped would turn black into white or white into black.
            #expect(exposure == 0 ? levels.allSatisfy { $0 < 40 } : levels.allSatisfy { $0 > 210 })
        }
    }

    @Test func `the same round paints the same picture, another one another`() {
        let (one, other) = (Canvas(320, 180), Canvas(320, 180))
        let painter = ScenePainter(aspect: 16.0 / 9, seed: 3)
        painter.paint(View(), Look(noise: 2), figures: [], stamp: "1", round: 1, into: one.picture)
        painter.paint(View(), Look(noise: 2), figures: [], stamp: "1", round: 1, into: other.picture)
        #expect(one.luma(20) == other.luma(20))
        painter.paint(View(), Look(noise: 2), figures: [], stamp: "1", round: 2, into: other.picture)
        #expect(one.luma(20) != other.luma(20))
    }

    @Test func `somebody who walks is seen where he walks`() {
        let canvas = Canvas(640, 360)
        let painter = ScenePainter(aspect: 16.0 / 9, seed: 3)
        painter.paint(View(), Look(), figures: [], stamp: "", round: 1, into: canvas.picture)
        let before = canvas.luma(280)
        let walker = Figure(x: 0.6, y: 0.85, height: 0.3, tone: 20, warmth: 128)
        painter.paint(View(), Look(), figures: [walker], stamp: "", round: 1, into: canvas.picture)
        let changed = zip(before, canvas.luma(280)).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
        #expect(!changed.isEmpty && changed.allSatisfy { abs($0 - 384) < 30 })
        painter.paint(View(isMirrored: true), Look(), figures: [walker], stamp: "", round: 1, into: canvas.picture)
        #expect(canvas.luma(280)[640 - 384] < 60)
    }
}
