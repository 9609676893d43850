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

    @Test func `a camera that is slower than it says is not silent`() {
        var dog = Watchdog()
        dog.started(at: start)
        for frame in 0..<20 {
            let now = start.advanced(by: Double(frame) * 0.4)
            _ = dog.frame(at: now)
            if frame > 0 { #expect(dog.check(now.advanced(by: 1), frameDuration: 0.033) == .none) }
        }
        guard case .lost = dog.check(start.advanced(by: 19 * 0.4 + 1.8), frameDuration: 0.033) else {
            Issue.record("not noticed")
            return
        }
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

    @Test func `a lost camera is opened again, later each time, at least every two seconds`() {
        var dog = Watchdog()
        dog.started(at: start)
        #expect(dog.failed("unplugged", at: start) == .lost("unplugged"))
        #expect(dog.check(start.advanced(by: 0.2), frameDuration: 0.033) == .none)
        #expect(dog.check(start.advanced(by: 0.25), frameDuration: 0.033) == .reopen)
        #expect(dog.check(start.advanced(by: 0.3), frameDuration: 0.033) == .none)
        #expect(dog.failed("still away", at: start.advanced(by: 0.3)) == .none)
        #expect((1...8).map(Watchdog.backoff) == [0.25, 0.5, 1, 2, 2, 2, 2, 2])
    }

    /// A camera that is started and stays silent, looked at ten times a second; what was done, by tenths of a second.
    private func silence(_ dog: inout Watchdog, frames: Int, seconds: Int) -> [Watchdog.Action] {
        var actions: [Watchdog.Action] = []
        for frame in 0..<frames { _ = dog.frame(at: start.advanced(by: Double(frame) / 30)) }
        for tenth in 0..<seconds * 10 {
            let now = start.advanced(by: Double(frames) / 30 + Double(tenth) / 10)
            let action = dog.check(now, frameDuration: 0.033)
            if action != .none { actions.append(action) }
            if action == .restart || action == .reopen { dog.started(at: now) }
        }
        return actions.filter { if case .lost = $0 { false } else { true } }
    }

    @Test func `a camera that falls silent is started again at once, and opened anew when that does not help`() {
        var dog = Watchdog()
        dog.started(at: start)
        #expect(silence(&dog, frames: 60, seconds: 12) == [.restart, .reopen, .reopen, .reopen])
    }

    @Test func `frames that flow make the next silence a first one`() {
        var dog = Watchdog()
        dog.started(at: start)
        _ = silence(&dog, frames: 60, seconds: 6)
        dog.started(at: start)
        #expect(silence(&dog, frames: 60, seconds: 3).first == .restart)
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
