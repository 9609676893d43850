public import Catalog
public import Timing

/// A camera that reacts: a sensor with its automatics before a scene, in real time and in pixels.
///
/// The sensor is `SimulatedSensor` and the pictures are Painting's; this class only lends them a pace, buffers and a clock.
public final class SimulatedCamera: Camera {
    private enum Fault: Sendable {
        case none
        case stalled
        case lost(String)
    }

    private struct State {
        var capabilities: Capabilities
        var pending: [(values: [String: Value], request: UInt64)] = []
        var isFocusTriggered = false
        var wantsPixels = true
        var light: Light
        var fault = Fault.none
        var isRunning = false
    }

    private let model: SensorModel
    private let options: SimulationOptions
    private let opened: Instant
    private let clock: any HostClock
    private let pace: any FramePace
    private let state: Mutex<State>
    // Held by the loop's thread for the length of a turn, and by `configure` while there is no such thread.
    private let film = Mutex<Film?>(nil)

    /// Opens a simulated camera.
    /// - Parameter model: the name of a sensor such as `imx708_wide`.
    /// - Throws: `notFound`, naming the sensors there are.
    public convenience init(
        _ model: String = "imx708", _ options: SimulationOptions = SimulationOptions(), clock: any HostClock
    ) throws(CameraError) {
        try self.init(model, options, clock: clock, pace: FrameLoop(clock: clock, isPaced: options.isPaced))
    }

    /// Opens a simulated camera whose frames come at a pace of the caller's.
    package init(_ model: String, _ options: SimulationOptions, clock: any HostClock, pace: any FramePace) throws(CameraError) {
        guard let known = SensorModel.known.first(where: { $0.name == model }) else {
            let names = SensorModel.known.map(\.name).joined(separator: ", ")
            throw .notFound("there is no simulated camera '\(model)'; there are \(names)")
        }
        self.model = known
        self.options = options
        self.clock = clock
        opened = clock.now
        self.pace = pace
        state = Mutex(State(capabilities: known.capabilities(options), light: options.scene.light))
    }

    deinit { pace.stop() }

    /// What the sensor is and can do; with prepainted frames, without the controls that change pixels.
    public var capabilities: Capabilities { state.withLock { $0.capabilities } }

    /// Puts the sensor into a mode and a size.
    /// - Throws: `failed` while it runs or without memory for the buffers, `unsupported` for a sensor mode that does not exist.
    public func configure(_ wanted: CameraConfiguration) throws(CameraError) -> CameraConfiguration {
        let (isRunning, limits) = state.withLock { ($0.isRunning, $0.capabilities.limits) }
        guard !isRunning else { throw .failed("stop the camera before configuring it") }
        return try film.withLock { (film) throws(CameraError) in
            let sensor = try SimulatedSensor(model, wanted, limits: limits, seed: options.seed, after: film?.sensor)
            film = try Film(sensor, options, opened: opened, after: film)
            return sensor.configuration
        }
    }

    /// Starts taking frames.
    /// - Throws: `failed` when it was not configured, runs already, or was lost.
    public func start(_ deliver: @escaping @Sendable (CameraSignal) -> Void) throws(CameraError) {
        guard film.withLock({ $0 != nil }) else { throw .failed("configure the camera before starting it") }
        let turn: FrameLoop.Maker = { [weak self] begin, missed in
            self?.turn(begin, missed) ?? FrameLoop.Turn(signal: nil, seconds: 1)
        }
        guard pace.start(turn, deliver) else { throw .failed("the camera runs already") }
        state.withLock { $0.isRunning = true }
    }

    /// Ends the frames.
    public func stop() {
        pace.stop()
        state.withLock { $0.isRunning = false }
    }

    /// Queues values for the next frame's request.
    public func set(_ values: [String: Value], request: UInt64) { state.withLock { $0.pending.append((values, request)) } }

    /// Starts one focus scan; honoured while `focus.mode` is `auto`.
    /// - Throws: `unsupported` for a sensor with a fixed lens.
    public func triggerFocus() throws(CameraError) {
        guard model.lens != nil else { throw .unsupported("'\(model.name)' has no autofocus lens") }
        state.withLock { $0.isFocusTriggered = true }
    }

    /// Paints pictures only while somebody looks at them.
    public func demandPixels(_ wanted: Bool) { state.withLock { $0.wantsPixels = wanted } }

    private func turn(_ begin: Instant, _ missed: Int) -> FrameLoop.Turn {
        let (orders, fault) = state.withLock { state in
            defer {
                state.pending = []
                state.isFocusTriggered = false
                if case .lost = state.fault { state.fault = .stalled }
            }
            return (state, state.fault)
        }
        switch fault {
        case .stalled: return FrameLoop.Turn(signal: nil, seconds: 0.1)
        case .lost(let reason): return FrameLoop.Turn(signal: .lost(reason), seconds: 0.01)
        case .none: break
        }
        return film.withLock { film in
            for (values, request) in orders.pending { film?.set(values, request: request) }
            if orders.isFocusTriggered { film?.triggerFocus() }
            return film?.turn(orders.light, begin: begin, wall: clock.wall, missed: missed, paints: orders.wantsPixels)
                ?? FrameLoop.Turn(signal: nil, seconds: 0.1)
        }
    }
}

// MARK: For rehearsals and tests

extension SimulatedCamera {
    /// Changes the light of the scene.
    package func illuminate(_ light: Light) { state.withLock { $0.light = light } }

    /// Goes away: the owner is told why, and no frame comes any more.
    package func fail(_ reason: String) { state.withLock { $0.fault = .lost(reason) } }

    /// Stops delivering without a word, as a sensor whose driver was unbound does.
    package func stall() { state.withLock { $0.fault = .stalled } }

    /// Picture buffers that frames hold.
    package var buffersInUse: Int { film.withLock { $0?.buffersInUse ?? 0 } }
}

extension SensorModel {
    fileprivate func capabilities(_ options: SimulationOptions) -> Capabilities {
        var limits = limits
        // What is chosen with the configuration is painted once and true for every frame; anything later would not show.
        if options.prepainted > 0 { limits = limits.filter { Catalog.controlsByKey[$0.key]?.cost == .reconfiguration } }
        return Capabilities(
            model: name, kind: "simulated", sensorWidth: width, sensorHeight: height, modes: readouts.map(\.mode), limits: limits,
            hasAutofocus: lens != nil, fieldOfView: fieldOfView)
    }
}
