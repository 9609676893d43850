import Testing
import Timing

@testable import Engine

struct WatchdogTests {
    private let start = Instant(nanoseconds: 0)

    @Test func `a camera that goes silent is lost after three frames and half a second`() {
        var dog = Watchdog()
        dog.started(at: start)
        _ = dog.frame(at: start.advanced(by: 0.1))
        #expect(dog.check(start.advanced(by: 0.65), frameDuration: 0.033) == .none)
        guard case .lost = dog.check(start.advanced(by: 0.75), frameDuration: 0.033) else {
            Issue.record("not noticed")
            return
        }
    }

    @Test func `a long exposure is not a stall`() {
        var dog = Watchdog()
        dog.started(at: start)
        _ = dog.frame(at: start)
        #expect(dog.check(start.advanced(by: 6), frameDuration: 5) == .none)
    }

    @Test func `the first frame may take three seconds`() {
        var dog = Watchdog()
        dog.started(at: start)
        #expect(dog.check(start.advanced(by: 2.9), frameDuration: 0.033) == .none)
        guard case .lost = dog.check(start.advanced(by: 3.2), frameDuration: 0.033) else {
            Issue.record("not noticed")
            return
        }
    }

    @Test func `a lost camera is opened again, later each time, at most every five seconds`() {
        var dog = Watchdog()
        dog.started(at: start)
        #expect(dog.failed("unplugged", at: start) == .lost("unplugged"))
        #expect(dog.check(start.advanced(by: 0.2), frameDuration: 0.033) == .none)
        #expect(dog.check(start.advanced(by: 0.25), frameDuration: 0.033) == .reopen)
        #expect(dog.check(start.advanced(by: 0.3), frameDuration: 0.033) == .none)
        #expect(dog.failed("still away", at: start.advanced(by: 0.3)) == .none)
        #expect((1...8).map(Watchdog.backoff) == [0.25, 0.5, 1, 2, 4, 5, 5, 5])
    }

    @Test func `only the first frame after a start is news`() {
        var dog = Watchdog()
        dog.started(at: start)
        let news = [dog.frame(at: start), dog.frame(at: start)]
        dog.paused()
        dog.started(at: start)
        #expect(news + [dog.frame(at: start)] == [true, false, true])
    }
}
