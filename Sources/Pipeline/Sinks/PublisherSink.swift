internal import Timing

/// Publishes the stream: a thread around ``PublisherState`` that connects, writes and waits.
final class PublisherSink: Sink {
    /// What it has done since it was made.
    struct Figures {
        var phase = PublisherState.Phase.stopped
        var reason: String?
        var attempts = 0
        var packets = 0
        var bytes = 0
        var dropped = 0
        var latency = Latency()
    }

    private struct State {
        var publisher = PublisherState()
        var publication: Publication?
        /// What the encoder makes now; nil until it says so after a start.
        var header: StreamHeader?
        var figures = Figures()
        var isOver = false
    }

    private let clock: any HostClock
    private let report: @Sendable (PipelineEvent) -> Void
    private let requestKeyFrame: @Sendable () -> Void
    private let queue = PacketQueue()
    private let bell = Bell()
    private let state = Mutex(State())

    /// Creates a sink that publishes nothing until ``run()`` has a thread and ``start(_:)`` a URL.
    init(clock: any HostClock, report: @escaping @Sendable (PipelineEvent) -> Void, requestKeyFrame: @escaping @Sendable () -> Void) {
        self.clock = clock
        self.report = report
        self.requestKeyFrame = requestKeyFrame
    }

    // MARK: Any thread

    var wantsPackets: Bool { state.withLock { $0.publisher.url != nil } }

    var figures: Figures {
        var figures = state.withLock { state in
            var figures = state.figures
            figures.phase = state.publisher.phase
            figures.attempts = state.publisher.attempts
            let waits = state.publisher.phase == .connecting && state.header == nil
            figures.reason = waits ? "no picture has come yet" : state.publisher.reason
            return figures
        }
        figures.dropped = queue.dropped
        return figures
    }

    func offer(_ packet: Packet) {
        if packet.isKey { state.withLock { $0.header = packet.header } }
        if !queue.push(packet) { requestKeyFrame() }
        bell.ring()
    }

    /// Starts publishing to `url`, instead of anywhere else.
    func start(_ url: String) {
        let isNew = state.withLock { state in
            guard state.publisher.start(url) else { return false }
            state.header = nil
            state.publication?.cancel()
            return true
        }
        guard isNew else { return }
        requestKeyFrame()
        bell.ring()
    }

    /// Stops publishing; the thread says goodbye afterwards.
    func stop() {
        state.withLock { state in
            if state.publisher.stop() { state.publication?.cancel() }
        }
        queue.shut()
        bell.ring()
    }

    /// Stops, and ends ``run()``.
    func end() {
        state.withLock { $0.isOver = true }
        stop()
    }

    // MARK: Its own thread

    /// Publishes until ``end()``.
    func run() {
        while true {
            let now = clock.now
            let (work, isOver) = state.withLock { ($0.publisher.work(at: now), $0.isOver) }
            if isOver { return }
            switch work {
            case .rest: bell.wait()
            case .sleep(let until): bell.wait(seconds: now.seconds(to: until))
            case .connect(let url, let session): publish(to: url, session)
            }
        }
    }

    private func publish(to url: String, _ session: Int) {
        defer {
            queue.shut()
            // Taken out first and released afterwards: saying goodbye takes time, and the lock is everybody's.
            let last = state.withLock { state in
                defer { state.publication = nil }
                return state.publication
            }
            _ = last
        }
        do throws(PublisherError) {
            guard let publication = try prepare(url, session) else { return }
            try publication.connect()
            let now = clock.now
            guard state.withLock({ $0.publisher.connected(session, at: now) }) else { return }
            report(.up(url: StreamURL.withoutCredentials(url)))
            queue.open()
            requestKeyFrame()
            try write(to: publication, session)
        } catch {
            fail(session, error)
        }
    }

    /// Waits for the encoder to say what it makes; nil when the session is over before that.
    private func prepare(_ url: String, _ session: Int) throws(PublisherError) -> Publication? {
        while isCurrent(session) {
            guard let header = state.withLock({ $0.header }) else {
                bell.wait()
                continue
            }
            let publication = try Publication(to: url, header)
            return state.withLock { state in
                guard state.publisher.session == session else { return nil }
                state.publication = publication
                return publication
            }
        }
        return nil
    }

    private func write(to publication: Publication, _ session: Int) throws(PublisherError) {
        var health = ConnectionHealth(publication.figures ?? .init())
        while isCurrent(session) {
            if let packet = queue.pop() {
                guard packet.header.matches(publication.header) else { return state.withLock { $0.publisher.renew(session) } }
                try publication.write(packet)
                note(packet)
            } else {
                bell.wait(seconds: 0.1)
            }
            try look(after: publication, &health)
        }
    }

    private func look(after publication: Publication, _ health: inout ConnectionHealth) throws(PublisherError) {
        guard let figures = publication.figures else { return }
        let now = clock.now
        if let reason = health.judge(figures, at: now) {
            publication.giveUp()
            throw PublisherError(dead: reason)
        }
        if health.wantsPing(at: now), publication.ping() { health.pinged(at: now) }
    }

    private func isCurrent(_ session: Int) -> Bool { state.withLock { $0.publisher.session == session } }

    private func note(_ packet: Packet) {
        let latency = packet.captured.seconds(to: clock.now)
        state.withLock { state in
            state.figures.packets += 1
            state.figures.bytes += packet.size
            state.figures.latency.add(seconds: latency)
        }
    }

    private func fail(_ session: Int, _ error: PublisherError) {
        guard let failure = error.failure else { return }
        let now = clock.now
        let isNews = state.withLock { $0.publisher.failed(session, failure, at: now) }
        if isNews { report(.down(reason: failure.reason)) }
    }
}
