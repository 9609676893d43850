public import Catalog

/// A camera as the engine sees it: real, simulated or played from a file.
///
/// All of them pass `CameraConformance`. Every method may be called from any thread, one at a time (the engine serialises them); none
/// blocks longer than a device operation takes. Handlers run on the camera's own thread and must not block.
public protocol Camera: AnyObject, Sendable {
    /// What this camera is and can do; known once it is opened, changes only in ``configure(_:)``.
    var capabilities: Capabilities { get }

    /// Sets size, frame rate, sensor mode and orientation; the camera must be stopped.
    /// - Returns: what was granted, which may be less than was asked.
    /// - Throws: ``CameraError``.
    func configure(_ wanted: CameraConfiguration) throws(CameraError) -> CameraConfiguration

    /// Starts delivering frames, in order, until ``stop()``.
    /// - Throws: ``CameraError``.
    func start(_ deliver: @escaping @Sendable (CameraSignal) -> Void) throws(CameraError)

    /// Stops; no signal is delivered once it has returned. Stopping twice does nothing.
    func stop()

    /// Queues control values for the next request; later values replace earlier ones that were not yet sent.
    ///
    /// Values were checked by the Catalog and narrowed by ``Capabilities/limits``; those called `raw.NAME` by ``Capabilities/raw``. The
    /// frame whose metadata says `settledRequest >= request` is the first on which they are in force; it says so for every raw value that
    /// was ever set.
    func set(_ values: [String: Value], request: UInt64)

    /// Starts one focus scan.
    /// - Throws: `unsupported` without an autofocus lens.
    func triggerFocus() throws(CameraError)

    /// Says whether anybody looks at pixels; a camera that has to make them may save the work.
    func demandPixels(_ wanted: Bool)
}

extension Camera {
    /// Does nothing: most cameras deliver pixels whether somebody looks or not.
    public func demandPixels(_ wanted: Bool) {}
}

/// What a camera tells its owner.
public enum CameraSignal: Sendable {
    /// A frame.
    case frame(Frame)
    /// The camera is gone or stalled, and why; it must be opened anew.
    case lost(String)
}

/// How a camera shall run.
public struct CameraConfiguration: Sendable, Equatable {
    /// Width of the main stream in pixels; even.
    public var width: Int
    /// Height of the main stream in pixels; even.
    public var height: Int
    /// Frames a second.
    public var framerate: Double
    /// Index into ``Capabilities/modes``; nil leaves the choice to the camera.
    public var mode: Int?
    /// Mirror left to right.
    public var hflip: Bool
    /// Mirror top to bottom.
    public var vflip: Bool
    /// Clockwise turn in degrees, 0 or 180.
    public var rotation: Int
    /// `off`, `auto`, `sensor` or `single-exp`.
    public var hdr: String
    /// A tuning file; empty for the configured one. The camera was opened with it.
    public var tuning: String

    /// Creates a configuration.
    public init(
        width: Int = 1920, height: Int = 1080, framerate: Double = 30, mode: Int? = nil, hflip: Bool = false, vflip: Bool = false,
        rotation: Int = 0, hdr: String = "off", tuning: String = ""
    ) {
        self.width = width
        self.height = height
        self.framerate = framerate
        self.mode = mode
        self.hflip = hflip
        self.vflip = vflip
        self.rotation = rotation
        self.hdr = hdr
        self.tuning = tuning
    }
}

/// Why a camera did not do what was asked.
public enum CameraError: Error, Sendable, Equatable {
    /// There is no such camera; the text says what there is.
    case notFound(String)
    /// The source (a footage file, say) cannot be read; the text says why and what would do.
    case unreadable(String)
    /// The device refused; the text says what.
    case failed(String)
    /// This camera has no such part.
    case unsupported(String)
    /// The camera is there, but its library can take it in a new process only.
    case needsRestart(String)

    /// The sentence for people.
    public var sentence: String {
        switch self {
        case .notFound(let text), .unreadable(let text), .failed(let text), .unsupported(let text), .needsRestart(let text): text
        }
    }
}
