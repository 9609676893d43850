internal import Timing

/// Notices that frames have stopped, and says when to try the camera again.
struct Watchdog: Sendable {
    /// What the camera is doing.
    enum Phase: Sendable, Equatable {
        /// Nothing is expected of it.
        case off
        /// It was started; frames are expected.
        case running(since: Instant)
        /// It is away; the next try is due at a time.
        case lost(reason: String, attempt: Int, retry: Instant)
    }

    /// What the shell does next.
    enum Action: Equatable {
        /// Nothing.
        case none
        /// Tell that the camera is lost.
        case lost(String)
        /// Open the camera anew.
        case reopen
    }

    private(set) var phase = Phase.off
    private var lastFrame: Instant?
    /// Frames seen since the camera was opened.
    private(set) var isDelivering = false

    /// Frames are expected from now on.
    mutating func started(at now: Instant) {
        phase = .running(since: now)
        lastFrame = now
    }

    /// Frames are not expected: the camera is being configured or was closed.
    mutating func paused() {
        phase = .off
        isDelivering = false
    }

    /// A frame came.
    /// - Returns: whether it is the first since the camera was started.
    mutating func frame(at now: Instant) -> Bool {
        lastFrame = now
        // A frame that was on its way when the camera was given up does not make it well.
        guard case .running = phase, !isDelivering else { return false }
        isDelivering = true
        return true
    }

    /// The camera said that it is gone, or a try to open it failed.
    mutating func failed(_ reason: String, at now: Instant) -> Action {
        isDelivering = false
        switch phase {
        case .off, .running:
            phase = .lost(reason: reason, attempt: 1, retry: now.advanced(by: Watchdog.backoff(1)))
            return .lost(reason)
        case .lost(_, let attempt, _):
            phase = .lost(reason: reason, attempt: attempt + 1, retry: now.advanced(by: Watchdog.backoff(attempt + 1)))
            return .none
        }
    }

    /// Looks at the time; `frameDuration` in seconds.
    mutating func check(_ now: Instant, frameDuration: Double) -> Action {
        switch phase {
        case .off: return .none
        case .running:
            // No frame for three frame times and half a second more is a stall: a driver that goes away says nothing. The first frame may
            // take longer: sensors are powered up and tuning files are read.
            let silence = (lastFrame ?? now).seconds(to: now)
            guard silence > 3 * frameDuration + (isDelivering ? 0.5 : 3) else { return .none }
            return failed("no frame for \(Int(silence * 1000)) ms", at: now)
        case .lost(let reason, let attempt, let retry):
            guard now >= retry else { return .none }
            // Kept quiet until the try has ended, however long it takes.
            phase = .lost(reason: reason, attempt: attempt, retry: now.advanced(by: 60))
            return .reopen
        }
    }

    /// 250 ms, doubling to 5 s.
    static func backoff(_ attempt: Int) -> Double { min(5, 0.25 * Double(1 << min(attempt - 1, 5))) }
}
