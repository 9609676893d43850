internal import Timing

/// What the publisher does next, decided without a socket or a thread.
struct PublisherState: Equatable {
    /// Where it is.
    enum Phase: String {
        case stopped, connecting, live, waiting
    }

    /// What the shell is to do.
    enum Work: Equatable {
        case rest
        case sleep(until: Instant)
        case connect(to: String, session: Int)
    }

    /// Why a session ended.
    struct Failure: Equatable {
        /// What that means for the next attempt.
        enum Kind {
            /// The server said no, and will go on saying so.
            case refused
            /// There is no server, or the connection broke: it may be back in a moment.
            case unreachable
            /// The server took too long. The wait itself spaced the attempts, and one under way when it wakes up succeeds.
            case timedOut
        }

        var kind: Kind
        var reason: String
    }

    /// A session at least this long, in seconds, was a success; a shorter one counts as one more failure.
    private static let success = 2.0
    private static let firstPause = 0.25

    private(set) var phase = Phase.stopped
    /// Where to; nil when stopped.
    private(set) var url: String?
    /// Why it is not live.
    private(set) var reason: String?
    /// Connections attempted since it was started.
    private(set) var attempts = 0
    /// Changes with every start, stop and attempt; what belongs to an older one is ignored.
    private(set) var session = 0
    private var failures = 0
    private var retryAt = Instant(nanoseconds: 0)
    private var liveSince: Instant?

    /// Starts publishing to `url`; false when it already does.
    mutating func start(_ url: String) -> Bool {
        guard self.url != url else { return false }
        self = PublisherState(phase: .connecting, url: url, session: session + 1)
        return true
    }

    /// Stops; false when it already has.
    mutating func stop() -> Bool {
        guard url != nil else { return false }
        self = PublisherState(session: session + 1)
        return true
    }

    /// What to do now; the shell calls it when it has nothing else to do.
    mutating func work(at now: Instant) -> Work {
        guard let url else { return .rest }
        if phase == .waiting && now < retryAt { return .sleep(until: retryAt) }
        phase = .connecting
        attempts += 1
        session += 1
        return .connect(to: url, session: session)
    }

    /// The server takes the stream; false when nobody wants it any more.
    mutating func connected(_ session: Int, at now: Instant) -> Bool {
        guard session == self.session else { return false }
        phase = .live
        liveSince = now
        reason = nil
        return true
    }

    /// The session ended by itself; whether people should be told.
    mutating func failed(_ session: Int, _ failure: Failure, at now: Instant) -> Bool {
        guard session == self.session else { return false }
        let isNews = phase == .live || reason != failure.reason
        if let liveSince, liveSince.seconds(to: now) >= PublisherState.success { failures = 0 }
        failures += 1
        liveSince = nil
        phase = .waiting
        reason = failure.reason
        retryAt = now.advanced(by: pause(after: failure.kind))
        return isNews
    }

    /// The session ended because the stream itself changed: it is announced anew at once.
    mutating func renew(_ session: Int) {
        guard session == self.session else { return }
        phase = .connecting
        reason = "the stream changed and is announced anew"
    }

    private func pause(after kind: Failure.Kind) -> Double {
        // A server that comes back is found within a second; one that said no is not pestered.
        let most =
            switch kind {
            case .refused: 5.0
            case .unreachable: 1.0
            case .timedOut: PublisherState.firstPause
            }
        return min(PublisherState.firstPause * Double(1 << min(failures - 1, 10)), most)
    }
}

extension PublisherState {
    private init(phase: Phase = .stopped, url: String? = nil, session: Int) {
        self.init()
        self.phase = phase
        self.url = url
        self.session = session
    }
}
