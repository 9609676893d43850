public import CameraBindings
public import Catalog
public import Pipeline
public import Timing

/// The one place that changes anything.
///
/// All decisions are made in ``EngineState`` under one short lock; what they lead to is done outside it: camera calls in order on the
/// device queue, callbacks and events on the thread that caused them.
public final class Engine: ControlSurface {
    let state = Mutex(EngineState())
    let bus = Listeners<Event>()
    let frameFollowers = Listeners<FrameReport>()
    let decisions = Listeners<Decision>()
    let commands = CommandTable()
    let taps = FrameTaps()
    let publishing = Mutex(())
    let clock: any HostClock
    /// The video side.
    public let video: any VideoOutput
    let url: String
    /// Everything that calls the camera happens here, one after the other.
    private let device: any WorkQueue
    private let camera = Mutex<(any Camera)?>(nil)
    private let open: @Sendable () throws(CameraError) -> any Camera
    /// Makes the next opening take a tuning file; empty for the configured one.
    private let tune: @Sendable (String) throws(CameraError) -> Void
    /// The configuration the running camera was asked for.
    private let asked = Mutex<CameraConfiguration?>(nil)
    private let isTicking = Mutex(false)
    private let clockWatch = Mutex(ClockWatch())

    /// Makes what takes the frames, and reports to the function it is given.
    public typealias VideoMaker = (_ report: @escaping @Sendable (PipelineEvent) -> Void) -> any VideoOutput

    /// Creates an engine; nothing is opened before ``start()``.
    /// - Parameters:
    ///   - clock: where the time comes from.
    ///   - url: where the stream is published to.
    ///   - device: where the camera is called; a thread unless a rehearsal brings its own.
    ///   - video: makes what takes the frames, which reports to the function it is given; a ``Pipeline`` unless a rehearsal brings its own.
    ///   - report: is told what the pipeline reports, after the engine has looked at it.
    ///   - tune: makes the next opening take a tuning file; empty stands for the configured one.
    ///   - open: opens the camera, at the start and again when it was lost.
    public init(
        clock: any HostClock, url: String, device: any WorkQueue = SerialQueue("luneta.device"),
        report: @escaping @Sendable (PipelineEvent) -> Void = { _ in },
        tune: @escaping @Sendable (String) throws(CameraError) -> Void = { (_: String) throws(CameraError) in },
        video: VideoMaker? = nil, open: @escaping @Sendable () throws(CameraError) -> any Camera
    ) {
        self.clock = clock
        self.url = url
        self.open = open
        self.tune = tune
        self.device = device
        let relay = Relay()
        let configuration = StreamConfiguration(width: 1920, height: 1080, framerate: 30, bitrate: 13_478_400, keyInterval: 1)
        let tell: @Sendable (PipelineEvent) -> Void = { event in
            relay.engine.withLock { $0.value }?.pipelineReported(event)
            report(event)
        }
        self.video = video?(tell) ?? Pipeline(configuration, clock: clock, report: tell)
        relay.engine.withLock { $0.value = self }
    }

    /// Holds values before there is a camera: its first configuration takes them into account.
    /// - Throws: any validation problem.
    public func preset(_ change: Change) throws(Problem) {
        try state.withLock { state throws(Problem) in try state.preset(change, wall: clock.wall) }
    }

    /// Opens the camera, configures it from the values held so far and starts it.
    /// - Throws: ``CameraError`` when there is no such camera or it refuses; nothing is left half-started.
    public func start() throws(CameraError) {
        let result = device.perform { () -> Result<Void, CameraError> in
            do throws(CameraError) {
                return .success(try openCamera())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
        isTicking.withLock { $0 = true }
        scheduleTick()
    }

    /// Goes on without a camera that did not open, and opens it as soon as it is there.
    public func keepTrying(after error: CameraError) {
        isTicking.withLock { $0 = true }
        cameraFailed(error.sentence)
        scheduleTick()
    }

    private func scheduleTick() {
        device.add(after: 0.1) { [weak self] in
            guard let self, isTicking.withLock({ $0 }) else { return }
            tick()
            scheduleTick()
        }
    }

    /// Looks at the time: late proofs, a silent camera. Called ten times a second in production.
    public func tick() {
        perform(state.withLock { $0.tick(clock.now) })
        guard let step = clockWatch.withLock({ $0.look(clock) }) else { return }
        emit("clock.stepped", ["by": .number(step.seconds), "trusted": .bool(step.isTrusted)])
    }

    /// Stops publishing and the camera; nothing is delivered afterwards.
    public func shutDown() {
        isTicking.withLock { $0 = false }
        let closed = MonotonicSemaphore()
        device.add { [self] in
            closeCamera()
            state.withLock { $0.watchdog.paused() }
            closed.signal()
        }
        // A driver that hangs must not keep the service from ending.
        closed.wait(seconds: 1)
        video.shutDown()
    }

    /// Does what a decision led to, in order.
    func perform(_ actions: [EngineState.Action]) {
        for action in actions {
            switch action {
            case .send(let values, let request): onDevice { $0.currentCamera?.set(values, request: request) }
            case .reconfigure: onDevice { $0.reconfigure() }
            case .restart: onDevice { $0.restart() }
            case .reopen: onDevice { $0.reopen() }
            case .configureEncoder(let stream): video.configure(stream)
            case .emit(let topic, let fields): emit(topic, fields)
            case .call(let call, let outcomes): call(outcomes)
            }
        }
    }

    func onDevice(_ work: @escaping @Sendable (Engine) -> Void) {
        device.add { [weak self] in self.map { work($0) } }
    }

    /// Runs a device operation in its turn and answers with its result.
    func askDevice<Answer: Sendable>(_ work: @escaping @Sendable (Engine) -> Answer) async -> Answer {
        await withCheckedContinuation { continuation in
            device.add { continuation.resume(returning: work(self)) }
        }
    }

    var currentCamera: (any Camera)? { camera.withLock { $0 } }
}

// MARK: For rehearsals

extension Engine {
    /// How soon the next frame matters: at once (0) while one may prove something, in steps of the shortest ramp, or nil for whenever.
    package var frameInterest: Double? {
        state.withLock { state in
            if state.ledger.isProving { return 0 }
            return state.ramps.shortest.map { $0 / Engine.rampFrames }
        }
    }

    /// Does nothing by itself any more, as a process that was killed.
    package func abandon() { isTicking.withLock { $0 = false } }

    /// Whether frames come.
    package var isDelivering: Bool { state.withLock { $0.watchdog.isDelivering } }

    /// Frames over which a ramp looks even.
    private static let rampFrames = 500.0
}

// MARK: The camera, on the device queue

extension Engine {
    private func openCamera() throws(CameraError) {
        let opened = try open()
        state.withLock { $0.capabilities = opened.capabilities }
        camera.withLock { $0 = opened }
        do throws(CameraError) {
            try run(opened, state.withLock { $0.wantedConfiguration(opened.capabilities) })
        } catch {
            closeCamera()
            throw error
        }
    }

    private func closeCamera() {
        let closed = camera.withLock { camera in
            defer { camera = nil }
            return camera
        }
        closed?.stop()
    }

    /// Configures and starts a stopped camera, and sends it everything that is in effect.
    private func run(_ camera: any Camera, _ wanted: CameraConfiguration) throws(CameraError) {
        let granted = try camera.configure(wanted)
        asked.withLock { $0 = wanted }
        let (everything, actions) = state.withLock { state in
            state.granted = granted
            let actions = state.attach(camera.capabilities, now: clock.now)
            state.info = CameraInfo.table(camera.capabilities, granted)
            state.watchdog.started(at: clock.now)
            // Under the lock, so that an older configuration cannot come after a newer one.
            if let stream = state.streamConfiguration { video.configure(stream) }
            return (state.everything(), actions)
        }
        perform(actions)
        camera.demandPixels(wantsPixels)
        camera.set(everything.values, request: everything.request)
        try camera.start { [weak self] signal in self?.receive(signal) }
    }

    private func reconfigure() {
        if let tuning = wantedTuning { return retune(tuning) }
        guard let camera = currentCamera else { return }
        let (wanted, granted) = state.withLock { ($0.wantedConfiguration(camera.capabilities), $0.granted) }
        guard wanted != asked.withLock({ $0 }) else {
            // Nothing that needs the camera stopped: its frames prove the values as they are.
            let everything = state.withLock { $0.everything() }
            return camera.set(everything.values, request: everything.request)
        }
        state.withLock { $0.watchdog.paused() }
        camera.stop()
        do throws(CameraError) {
            try run(camera, wanted)
        } catch {
            // The stream is not left down: the camera goes on as it was.
            perform(state.withLock { $0.configurationRefused(error.sentence) })
            orLose { () throws(CameraError) in try run(camera, granted ?? CameraConfiguration()) }
        }
    }

    /// The tuning file that is wanted, where it is not the one the camera was opened with.
    private var wantedTuning: String? {
        guard let camera = currentCamera else { return nil }
        let wanted = state.withLock { $0.wantedConfiguration(camera.capabilities).tuning }
        return wanted == asked.withLock({ $0?.tuning ?? "" }) ? nil : wanted
    }

    /// Opens the camera anew with a tuning file, or again with the one before when that fails.
    private func retune(_ tuning: String) {
        let (before, start) = (asked.withLock { $0?.tuning ?? "" }, clock.now)
        state.withLock { $0.watchdog.paused() }
        closeCamera()
        do throws(CameraError) {
            try tune(tuning)
            try openCamera()
            let words = tuning.isEmpty ? "the configured tuning file" : "the tuning file '\(tuning)'"
            emit("camera.reopened", ["reason": .text(words), "gap": .number(start.seconds(to: clock.now))])
        } catch {
            perform(state.withLock { $0.configurationRefused(error.sentence) })
            orLose { () throws(CameraError) in
                try tune(before)
                try openCamera()
            }
        }
    }

    private func restart() {
        guard isTicking.withLock({ $0 }), let camera = currentCamera else { return }
        camera.stop()
        orLose { () throws(CameraError) in try run(camera, state.withLock { $0.wantedConfiguration(camera.capabilities) }) }
    }

    private func reopen() {
        guard isTicking.withLock({ $0 }) else { return }
        closeCamera()
        orLose { () throws(CameraError) in try openCamera() }
    }

    /// Does something with the camera; one that fails is lost, and tried again later.
    private func orLose(_ step: () throws(CameraError) -> Void) {
        do throws(CameraError) {
            try step()
        } catch {
            cameraFailed(error.sentence)
        }
    }

    private func cameraFailed(_ reason: String) { perform(state.withLock { $0.cameraFailed(reason, now: clock.now) }) }

    /// On the camera's thread: the pixels go to the encoder first, then to whoever else looks, then the metadata is looked at.
    private func receive(_ signal: CameraSignal) {
        switch signal {
        case .frame(let frame):
            video.offer(frame)
            taps.show(frame)
            let metadata = Engine.measured(frame)
            // Nothing here throws; a step of a ramp has to keep its place among the writes.
            try? decide { state throws(Problem) in ((), state.frame(metadata, now: clock.now)) }
            frameFollowers.send(metadata.report)
        case .lost(let reason):
            cameraFailed(reason)
        }
    }
}

// MARK: Who looks at frames

extension Engine {
    /// Hands every frame to `look` until the subscription is released; the camera makes pixels meanwhile, whether anything is published
    /// or not.
    ///
    /// `look` is called on the camera's thread and must not block. A frame that is kept keeps a buffer of the camera: whoever does so for
    /// longer than a few milliseconds costs the stream frames.
    public func tap(_ look: @escaping @Sendable (Frame) -> Void) -> Subscription {
        let subscription = taps.add(look) { [weak self] in self?.demandPixels() }
        demandPixels()
        return subscription
    }

    /// Tells the camera whether anybody looks at pixels now.
    func demandPixels() { onDevice { engine in engine.currentCamera?.demandPixels(engine.wantsPixels) } }

    private var wantsPixels: Bool { taps.isInUse || video.isWatched || video.needsPixels && state.withLock { $0.isStreamWanted } }
}

extension Engine {
    /// What the camera says about a frame, with what its picture says.
    private static func measured(_ frame: Frame) -> FrameMetadata {
        var metadata = frame.metadata
        guard let look = (frame.analysis ?? frame.pixels).flatMap(PictureMeter.measure) else { return metadata }
        (metadata.report.luma, metadata.report.chroma) = (look.luma, look.chroma)
        return metadata
    }
}

/// Lets the pipeline's callback reach the engine that is made after it.
private final class Relay: Sendable {
    struct Weak: Sendable { weak var value: Engine? }
    let engine = Mutex(Weak())
}
