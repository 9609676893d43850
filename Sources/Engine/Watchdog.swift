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
        /// Stop the camera and start it again.
        case restart
        /// Open the camera anew.
        case reopen
    }

    private(set) var phase = Phase.off
    private var lastFrame: Instant?
    /// Frames seen since the camera was opened.
    private(set) var isDelivering = false
    /// Failures in a row; frames that flow end the row.
    private var failures = 0
    private var framesInRow = 0
    /// How far apart frames really came lately, in seconds: a camera may be slower than it says.
    private var interval = 0.0
    /// Whether the camera fell silent, without a word of its own.
    private var isSilent = false

    /// So many frames prove that the camera is well again.
    private static let recovery = 30

    /// Frames are expected from now on.
    mutating func started(at now: Instant) {
        phase = .running(since: now)
        lastFrame = now
        interval = 0
    }

    /// Frames are not expected: the camera is being configured or was closed.
    mutating func paused() {
        phase = .off
        isDelivering = false
        framesInRow = 0
    }

    /// A frame came.
    /// - Returns: whether it is the first since the camera was started.
    mutating func frame(at now: Instant) -> Bool {
        if isDelivering, let lastFrame { interval = max(lastFrame.seconds(to: now), interval * 0.9) }
        lastFrame = now
        // A frame that was on its way when the camera was given up does not make it well.
        guard case .running = phase else { return false }
        framesInRow += 1
        if framesInRow >= Watchdog.recovery { failures = 0 }
        guard !isDelivering else { return false }
        isDelivering = true
        return true
    }

    /// The camera said that it is gone, or a try to open it failed.
    mutating func failed(_ reason: String, at now: Instant) -> Action { fail(reason, at: now, isSilent: false) }

    private mutating func fail(_ reason: String, at now: Instant, isSilent: Bool) -> Action {
        let wasLost = if case .lost = phase { true } else { false }
        isDelivering = false
        framesInRow = 0
        failures += 1
        self.isSilent = isSilent
        // A camera that fell silent is stopped and started at once: that is quick, and often all it takes.
        let wait = isSilent && failures == 1 ? 0 : Watchdog.backoff(isSilent ? failures - 1 : failures)
        phase = .lost(reason: reason, attempt: failures, retry: now.advanced(by: wait))
        return wasLost ? .none : .lost(reason)
    }

    /// Looks at the time; `frameDuration` in seconds.
    mutating func check(_ now: Instant, frameDuration: Double) -> Action {
        switch phase {
        case .off: return .none
        case .running:
            // No frame for three frame times and half a second more is a stall: a driver that goes away says nothing. The first frame may
            // take longer: sensors are powered up and tuning files are read.
            let silence = (lastFrame ?? now).seconds(to: now)
            guard silence > 3 * max(frameDuration, interval) + (isDelivering ? 0.5 : 3) else { return .none }
            return fail("no frame for \(Int(silence * 1000)) ms", at: now, isSilent: true)
        case .lost(let reason, let attempt, let retry):
            guard now >= retry else { return .none }
            // Kept quiet until the try has ended, however long it takes.
            phase = .lost(reason: reason, attempt: attempt, retry: now.advanced(by: 60))
            return isSilent && attempt == 1 ? .restart : .reopen
        }
    }

    /// 250 ms, doubling to 2 s: a camera that is plugged in again is back within three.
    static func backoff(_ attempt: Int) -> Double { min(2, 0.25 * Double(1 << min(max(attempt, 1) - 1, 5))) }
}
