internal import CCamera
internal import Catalog
internal import Glibc
internal import Timing

/// libcamera itself, and the cameras it finds on this machine.
///
/// There can be one camera manager in a process; everybody who needs it shares it, and it ends with the last of them. It holds no
/// camera by itself.
///
/// `@unchecked Sendable`: `manager` is called under `calls` only.
public final class LibcameraLibrary: @unchecked Sendable {
    /// A camera of this machine.
    public struct Listing: Sendable, Equatable {
        /// libcamera's name for the device, the same after a restart.
        public var id: String
        /// The sensor's or the device's own name.
        public var model: String
        /// `front`, `back` or `external`; nil when it is not known.
        public var location: String?
        /// How it is mounted, in degrees.
        public var rotation: Int

        /// Creates a listing.
        public init(id: String, model: String, location: String? = nil, rotation: Int = 0) {
            self.id = id
            self.model = model
            self.location = location
            self.rotation = rotation
        }
    }

    private static let current = Mutex(Current())
    private struct Current: @unchecked Sendable {
        /// The one manager, and how many of us use it.
        var manager: OpaquePointer?
        var users = 0
        /// A camera that must never be touched again, and the device nodes there were when that was found.
        var abandoned: (camera: NativeCamera, nodes: Set<String>)?
    }

    private let manager: OpaquePointer
    private static let calls = Mutex(())

    /// Counted rather than held weakly: the next manager may start only once the last one has really stopped.
    private init() throws(CameraError) {
        manager = try LibcameraLibrary.current.withLock { (current) throws(CameraError) in
            if let abandoned = current.abandoned {
                throw LibcameraLibrary.absence(of: abandoned.camera.id, since: abandoned.nodes)
            }
            let manager = if let running = current.manager { running } else { try LibcameraLibrary.start() }
            current.manager = manager
            current.users += 1
            return manager
        }
    }

    deinit {
        LibcameraLibrary.current.withLock { current in
            current.users -= 1
            guard current.users == 0 else { return }
            ccam_manager_stop(current.manager)
            current.manager = nil
        }
    }

    private static func start() throws(CameraError) -> OpaquePointer {
        // What libcamera tells is for its developers; warnings and errors are for everybody. Who sets these wants them otherwise.
        setenv("LIBCAMERA_LOG_LEVELS", "*:WARN", 0)
        setenv("LIBCAMERA_LOG_NO_COLOR", "1", 0)
        var manager: OpaquePointer?
        let status = ccam_manager_start(&manager)
        guard status == 0, let manager else { throw .failed("libcamera did not start: \(NativeStatus.sentence(status))") }
        return manager
    }

    /// libcamera, which runs as long as anybody holds what this returns.
    /// - Throws: `failed` when libcamera does not start; once a camera was abandoned `notFound` until its driver is back, and then
    ///   `needsRestart`.
    public static func shared() throws(CameraError) -> LibcameraLibrary { try LibcameraLibrary() }

    /// Gives up a camera whose driver went away under it.
    ///
    /// libcamera (0.0.3 to 0.7.2) ends the process on an assertion when such a camera is stopped, or when its driver comes back. Left
    /// alone it does no harm; another process can take the camera once the driver is back.
    static func abandon(_ camera: NativeCamera) {
        current.withLock { $0.abandoned = (camera, DeviceNodes.present) }
    }

    private static func absence(of id: String, since nodes: Set<String>) -> CameraError {
        guard DeviceNodes.present.subtracting(nodes).isEmpty else {
            return .needsRestart("the driver of the camera '\(id)' is back, and libcamera takes it in a new process only")
        }
        return .notFound("the driver of the camera '\(id)' is gone")
    }

    /// The version that runs, such as `v0.7.2`.
    public static var version: String { String(cString: ccam_version()) }

    /// Every control this version knows, whether or not a camera reports it.
    static let knownControls: [NativeControl] = {
        var count = 0
        guard let controls = ccam_known_controls(&count) else { return [] }
        return (0..<count).map { NativeControl(controls[$0]) }
    }()

    /// The cameras there are now.
    public var cameras: [Listing] {
        LibcameraLibrary.calls.withLock { _ in
            var count = 0
            guard let listings = ccam_manager_list(manager, &count) else { return [] }
            return (0..<count).map { Listing(listings[$0]) }
        }
    }

    /// Takes a camera for this process.
    /// - Throws: `notFound` without such a camera, `failed` when another process has it.
    func open(_ id: String) throws(CameraError) -> OpaquePointer {
        let (status, camera) = LibcameraLibrary.calls.withLock { _ in
            var camera: OpaquePointer?
            let status = ccam_camera_open(manager, id, &camera)
            return (status, camera.map(SendablePointer.init))
        }
        if let camera { return camera.pointer }
        switch -status {
        case ENODEV: throw .notFound("libcamera has no camera '\(id)'")
        case EBUSY:
            throw .failed("the camera '\(id)' is in use; 'luneta doctor' says by which process")
        default: throw .failed("the camera '\(id)' could not be opened: \(NativeStatus.sentence(status))")
        }
    }
}

/// A pointer that is handed from one owner to the next.
private struct SendablePointer: @unchecked Sendable { let pointer: OpaquePointer }

extension LibcameraLibrary.Listing {
    fileprivate init(_ listing: ccam_listing) {
        let places = ["front", "back", "external"]
        let place = Int(listing.location)
        self.init(
            id: String(cString: listing.id), model: String(cString: listing.model),
            location: places.indices.contains(place) ? places[place] : nil, rotation: Int(listing.rotation))
    }
}

/// Negative errno values in words.
enum NativeStatus {
    static func sentence(_ status: Int32) -> String { String(cString: strerror(-status)) }
}
