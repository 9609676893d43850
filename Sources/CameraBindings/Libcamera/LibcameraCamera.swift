internal import CCamera
public import Catalog
public import Timing

/// A camera that libcamera drives.
public final class LibcameraCamera: Camera {
    /// What a configuration came to.
    private struct Configured: Sendable {
        var granted: GrantedConfiguration
        var wish: NativeWish
        var layout: PictureLayout
        var low: PictureLayout?
        var buffers: NativeBuffers
        var converter: PictureConverter?
        var controls: Mutex<LiveControls>
        var reading: FrameReading
    }

    private struct State: Sendable {
        var capabilities: Capabilities
        var configured: Configured?
        var running: Capture.Running?
    }

    private let camera: NativeCamera
    private let clock: any HostClock
    private let description: CameraDescription
    private let state: Mutex<State>
    private let numbering = Mutex(FrameNumbering())
    private let wantsPixels = Mutex(true)

    /// Opens a camera.
    /// - Parameter id: libcamera's name for it; nil takes the first there is.
    /// - Throws: `notFound` without such a camera, naming those there are; `failed` when it is busy or refuses.
    public init(_ id: String? = nil, clock: any HostClock) throws(CameraError) {
        let library = try LibcameraLibrary.shared()
        let listings = library.cameras
        guard let listing = id.map({ id in listings.first { $0.id == id } }) ?? listings.first else {
            throw .notFound(LibcameraCamera.missing(id, among: listings))
        }
        camera = try NativeCamera(listing.id, in: library)
        self.clock = clock
        description = try CameraDescription(camera, listing)
        state = Mutex(State(capabilities: description.capabilities(camera)))
    }

    deinit { stop() }

    private static func missing(_ id: String?, among listings: [LibcameraLibrary.Listing]) -> String {
        guard let id, !listings.isEmpty else { return "libcamera \(LibcameraLibrary.version) finds no camera; 'luneta doctor' says why" }
        return "libcamera has no camera '\(id)'; it has \(listings.map { "'\($0.id)'" }.joined(separator: ", "))"
    }

    /// What the camera is and can do; limits may change with the configuration.
    public var capabilities: Capabilities { state.withLock { $0.capabilities } }

    /// Configures streams, sensor mode and orientation, and makes the buffers.
    /// - Throws: `failed` while it runs, or when libcamera refuses.
    public func configure(_ wanted: CameraConfiguration) throws(CameraError) -> CameraConfiguration {
        guard state.withLock({ $0.running == nil }) else { throw .failed("stop the camera before configuring it") }
        let wish = description.withAnalysis(try description.wish(wanted), camera)
        let controls = state.withLock { $0.configured?.controls }
        let configured = if let kept = kept(wish) { kept } else { try renew(wish) }
        let map = description.map(camera)
        let granted = description.grant(wanted, configured.layout, map)
        let (limits, raw) = (description.limits(map), description.raw(camera))
        let live = LiveControls(map, limits: limits, granted: granted, after: controls?.withLock { $0 })
        state.withLock { state in
            var configured = configured
            configured.granted = granted
            configured.controls = Mutex(live)
            state.configured = configured
            state.capabilities.limits = limits
            state.capabilities.raw = raw
        }
        return granted.configuration
    }

    /// What is configured already, when it is the same: a frame rate alone needs no new buffers.
    private func kept(_ wish: NativeWish) -> Configured? { state.withLock { $0.configured?.wish == wish ? $0.configured : nil } }

    /// Configures libcamera anew; what was there goes first, because boards with little contiguous memory cannot hold both.
    private func renew(_ wish: NativeWish) throws(CameraError) -> Configured {
        state.withLock { $0.configured = nil }
        let grant = try camera.configure(wish)
        let layout = PictureLayout(grant.video)
        let converter = layout.format == nil ? try PictureConverter(layout) : nil
        let buffers = NativeBuffers(try camera.makeBuffers(description.memory))
        let granted = GrantedConfiguration(configuration: CameraConfiguration(), reasons: [:])
        let map = description.map(camera)
        return Configured(
            granted: granted, wish: wish, layout: layout, low: grant.low.width > 0 ? PictureLayout(grant.low) : nil, buffers: buffers,
            converter: converter,
            controls: Mutex(LiveControls(map, limits: [:], granted: granted, after: nil)), reading: FrameReading(camera.controls))
    }

    /// Starts the camera and the thread that waits for its frames.
    /// - Throws: `failed` when it was not configured, runs already, or does not start.
    public func start(_ deliver: @escaping @Sendable (CameraSignal) -> Void) throws(CameraError) {
        let (configured, isRunning) = state.withLock { ($0.configured, $0.running != nil) }
        guard let configured else { throw .failed("configure the camera before starting it") }
        guard !isRunning else { throw .failed("the camera runs already") }
        let parts = Capture.Parts(
            camera: camera, buffers: configured.buffers, layout: configured.layout, low: configured.low, converter: configured.converter,
            reading: configured.reading, controls: configured.controls, numbering: numbering, wantsPixels: wantsPixels,
            framerate: configured.granted.configuration.framerate, clock: clock)
        let running = try Capture.start(parts, deliver)
        state.withLock { $0.running = running }
    }

    /// Stops the camera.
    public func stop() {
        let running = state.withLock { state in
            defer { state.running = nil }
            return state.running
        }
        running?.stop()
    }

    /// Queues values for the next request.
    public func set(_ values: [String: Value], request: UInt64) {
        state.withLock { $0.configured?.controls }?.withLock { $0.set(values, request: request) }
    }

    /// Starts one focus scan.
    /// - Throws: `unsupported` without an autofocus lens.
    public func triggerFocus() throws(CameraError) {
        let (controls, model, hasAutofocus) = state.withLock {
            ($0.configured?.controls, $0.capabilities.model, $0.capabilities.hasAutofocus)
        }
        guard hasAutofocus else { throw .unsupported("'\(model)' has no autofocus lens") }
        controls?.withLock { $0.triggerFocus() }
    }

    /// Pictures that have to be converted are, only while somebody looks.
    public func demandPixels(_ wanted: Bool) { wantsPixels.withLock { $0 = wanted } }

    /// Buffers that frames hold.
    package var buffersInUse: Int { state.withLock { $0.configured?.buffers.held ?? 0 } }
}
