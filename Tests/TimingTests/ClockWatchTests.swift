import Support
import Testing
import Timing

struct ClockWatchTests {
    @Test func `a step and a clock that can be trusted now are noticed once, slewing is not`() {
        let clock = TestClock()
        clock.isTrusted = false
        var watch = ClockWatch()
        #expect(watch.look(clock) == nil)
        clock.advance(by: 100)
        clock.set(wall: clock.wall + 0.1)
        #expect(watch.look(clock) == nil)
        clock.set(wall: clock.wall - 3600)
        #expect(abs((watch.look(clock)?.seconds ?? 0) + 3600) < 1e-3)
        #expect(watch.look(clock) == nil)
        clock.isTrusted = true
        #expect(watch.look(clock)?.isTrusted == true)
        #expect(watch.look(clock) == nil)
    }
}
