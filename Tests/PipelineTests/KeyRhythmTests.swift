import Testing

@testable import Pipeline

struct KeyRhythmTests {
    /// The frames that become key frames out of 100 at 30 a second.
    private func keys(interval: Double, jitter: Int64 = 0, asked: Set<Int> = []) -> [Int] {
        var rhythm = KeyRhythm()
        return (0..<100).filter { number in
            let pts = Int64(number * 3000) + (number.isMultiple(of: 2) ? jitter : -jitter)
            return rhythm.isDue(at: pts, interval: interval, framerate: 30, asked: asked.contains(number))
        }
    }

    @Test func `the first frame is a key frame, and then one every interval`() {
        #expect(keys(interval: 1) == [0, 30, 60, 90])
    }

    @Test func `jitter does not stretch the interval`() {
        #expect(keys(interval: 1, jitter: 400) == [0, 30, 60, 90])
    }

    @Test func `a key frame that was asked for starts the interval anew`() {
        #expect(keys(interval: 1, asked: [10]) == [0, 10, 40, 70])
    }
}
