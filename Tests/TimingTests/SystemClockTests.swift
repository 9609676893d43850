import Testing
import Timing

struct SystemClockTests {
    @Test func `the monotonic clock does not go back`() {
        let clock = SystemClock()
        let first = clock.now
        #expect(clock.now >= first)
    }

    @Test func `a moment moves by seconds and tells the way back`() {
        let start = Instant(nanoseconds: 5)
        #expect(start.seconds(to: start.advanced(by: 1.5)) == 1.5)
        #expect(start < start.advanced(by: 0.001))
    }
}
