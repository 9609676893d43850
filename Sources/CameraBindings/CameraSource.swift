public import Timing

/// Opens the camera that a specification names.
///
/// - `sim`, `sim:MODEL`, `sim:MODEL?key=value&...`: a simulated camera (`imx708` without a model). Options: `lux=NUMBER` fixes the
///   illuminance, `scene=day|dusk|night|dim|still` picks a light by name, `seed=N` makes runs differ, `pace=0` lets frames come as
///   fast as they can be made, `prepainted=N` paints N frames once and shows them in turn.
/// - `footage:PATH`: a video file or a folder of stills, played as if it were live.
/// - `auto`: the best camera there is.
/// - `libcamera`, `libcamera:ID`: a camera of this machine.
public enum CameraSource {
    /// Opens a camera.
    /// - Throws: ``CameraError``, with a sentence that names what is allowed.
    public static func open(_ specification: String, clock: any HostClock) throws(CameraError) -> OpenedCamera {
        let parts = specification.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts.count > 1 ? parts[1] : nil
        switch parts[0] {
        case "sim": return OpenedCamera(camera: try simulated(rest ?? "", clock))
        case "footage": return OpenedCamera(camera: try footage(rest ?? "", clock))
        case "auto" where rest == nil: return try best(clock)
        case "libcamera": return OpenedCamera(camera: try LibcameraCamera(rest.map(String.init), clock: clock))
        default:
            throw .notFound("a camera must be 'auto', 'libcamera[:ID]', 'sim[:MODEL]' or 'footage:PATH', got '\(specification)'")
        }
    }

    /// The first camera of libcamera's; where there is none, a simulated one.
    private static func best(_ clock: any HostClock) throws(CameraError) -> OpenedCamera {
        do throws(CameraError) {
            return OpenedCamera(camera: try LibcameraCamera(clock: clock))
        } catch .notFound(let sentence) {
            let note = "\(sentence); 'auto' runs the simulated camera 'sim:imx708'"
            return OpenedCamera(camera: try SimulatedCamera(clock: clock), note: note)
        }
    }

    private static func simulated(_ text: Substring, _ clock: any HostClock) throws(CameraError) -> SimulatedCamera {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let model = parts.first.map(String.init) ?? ""
        let options = try SimulationOptions(parts.count > 1 ? parts[1] : "")
        return try SimulatedCamera(model.isEmpty ? "imx708" : model, options, clock: clock)
    }

    private static func footage(_ path: Substring, _ clock: any HostClock) throws(CameraError) -> FootageCamera {
        guard !path.isEmpty else { throw .notFound("'footage' needs a path: 'footage:PATH' with a video file or a folder of stills") }
        return try FootageCamera(path: String(path), clock: clock)
    }
}

/// A camera that was opened, with what its owner should tell people.
public struct OpenedCamera: Sendable {
    /// The camera.
    public let camera: any Camera
    /// What is not as it may have been expected, in one sentence; nil when there is nothing to say.
    public let note: String?

    /// Creates the result of opening.
    public init(camera: any Camera, note: String? = nil) {
        self.camera = camera
        self.note = note
    }
}
