public import Catalog
public import Timing

/// A video file or a folder of stills, played for ever as if it were live.
///
/// The source's own rate is its rate in time: slower footage is repeated without being decoded again, faster footage is thinned out.
/// The picture is cut to the shape that was asked for, never letterboxed.
public final class FootageCamera: Camera {
    private struct State {
        var pending: [(values: [String: Value], request: UInt64)] = []
        var wantsPixels = true
        var isRunning = false
        var isLost = false
    }

    /// A fixed list: what can be done with finished pictures.
    private static let controls = [
        "image.brightness", "image.contrast", "image.saturation", "geometry.roi", "geometry.hflip", "geometry.vflip", "geometry.rotation",
        "stream.size",
    ]
    private static let fastest = 120.0

    /// The footage's size as if it were a sensor, and the controls that finished pictures allow.
    public let capabilities: Capabilities
    private let loop: FrameLoop
    private let state = Mutex(State())
    // Held by the loop's thread for the length of a turn, and by `configure` and `stop` while there is no such thread.
    private let projector: Mutex<Projector>

    /// Opens footage.
    /// - Throws: `unreadable`, saying why and what would do.
    public init(path: String, clock: any HostClock) throws(CameraError) {
        let opened = try Reel(path: path)
        capabilities = FootageCamera.capabilities(width: opened.width, height: opened.height)
        projector = Mutex(Projector(opened, limits: capabilities.limits))
        loop = FrameLoop(clock: clock)
    }

    deinit { loop.stop() }

    private static func capabilities(width: Int, height: Int) -> Capabilities {
        var limits = Dictionary(uniqueKeysWithValues: controls.compactMap { key in Catalog.controlsByKey[key].map { (key, $0.type) } })
        limits["stream.framerate"] = .number(0.1...fastest, .framesPerSecond)
        return Capabilities(
            model: "footage", kind: "footage", sensorWidth: width, sensorHeight: height,
            modes: [SensorMode(width: width, height: height, maximumFramerate: fastest, bitDepth: 8, about: "footage")], limits: limits,
            hasAutofocus: false)
    }

    /// Sets size, frame rate and orientation.
    /// - Throws: `failed` while it runs or without memory for the buffers.
    public func configure(_ wanted: CameraConfiguration) throws(CameraError) -> CameraConfiguration {
        guard !state.withLock({ $0.isRunning }) else { throw .failed("stop the camera before configuring it") }
        let granted = FootageCamera.grant(wanted)
        try projector.withLock { (projector) throws(CameraError) in try projector.configure(granted) }
        return granted.configuration
    }

    private static func grant(_ wanted: CameraConfiguration) -> GrantedConfiguration {
        var granted = wanted
        var reasons: [String: String] = [:]
        granted.fitSize(width: 4608, height: 4608)
        if granted.width != wanted.width || granted.height != wanted.height {
            reasons["stream.size"] = "footage is given in even sizes from 64x64 to 4608x4608"
        }
        granted.framerate = max(0.1, min(wanted.framerate, fastest))
        if granted.framerate != wanted.framerate { reasons["stream.framerate"] = "footage is played at 0.1 to \(Value.plain(fastest)) fps" }
        granted.mode = 0
        granted.hdr = "off"
        return GrantedConfiguration(configuration: granted, reasons: reasons)
    }

    /// Starts playing, where it was stopped.
    /// - Throws: `failed` when it was not configured or plays already.
    public func start(_ deliver: @escaping @Sendable (CameraSignal) -> Void) throws(CameraError) {
        guard projector.withLock({ $0.isReady }) else { throw .failed("configure the camera before starting it") }
        let turn: FrameLoop.Maker = { [weak self] begin, missed in
            self?.turn(begin, missed) ?? FrameLoop.Turn(signal: nil, seconds: 1)
        }
        guard loop.start(turn, deliver) else { throw .failed("the camera runs already") }
        state.withLock { $0.isRunning = true }
    }

    /// Stops playing.
    public func stop() {
        loop.stop()
        projector.withLock { $0.rest() }
        state.withLock { $0.isRunning = false }
    }

    /// Queues values for the next frame.
    public func set(_ values: [String: Value], request: UInt64) { state.withLock { $0.pending.append((values, request)) } }

    /// Footage was focused when it was taken.
    /// - Throws: `unsupported`, always.
    public func triggerFocus() throws(CameraError) { throw .unsupported("footage has no lens to focus") }

    /// Decodes pictures only while somebody looks at them; the footage stands still meanwhile.
    public func demandPixels(_ wanted: Bool) { state.withLock { $0.wantsPixels = wanted } }

    /// Picture buffers that frames hold, and one while the camera plays.
    package var buffersInUse: Int { projector.withLock { $0.buffersInUse } }

    private func turn(_ begin: Instant, _ missed: Int) -> FrameLoop.Turn {
        let orders = state.withLock { state in
            defer { state.pending = [] }
            return state
        }
        guard !orders.isLost else { return FrameLoop.Turn(signal: nil, seconds: 0.1) }
        return projector.withLock { projector in
            for (values, request) in orders.pending { projector.set(values, request: request) }
            do throws(CameraError) {
                return try projector.turn(begin, missed: missed, shows: orders.wantsPixels)
            } catch {
                state.withLock { $0.isLost = true }
                return FrameLoop.Turn(signal: .lost(error.sentence), seconds: 0.01)
            }
        }
    }
}
