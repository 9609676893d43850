internal import Foundation

/// What libcamera has and finds on this machine, for a diagnosis.
public struct LibcameraInspection: Sendable, Equatable {
    /// A camera with what keeps it from being used.
    public struct Camera: Sendable, Equatable {
        /// What libcamera says of it.
        public var listing: LibcameraLibrary.Listing
        /// Why it cannot be taken now; nil when it can.
        public var problem: String?

        /// Creates a camera of a diagnosis.
        public init(listing: LibcameraLibrary.Listing, problem: String? = nil) {
            self.listing = listing
            self.problem = problem
        }
    }

    /// The version that runs, such as `v0.7.2`.
    public var version: String
    /// The pipeline handlers it was built with.
    public var pipelines: [String]
    /// The cameras it finds.
    public var cameras: [Camera]
    /// Why libcamera did not start; nil when it did.
    public var problem: String?

    /// Creates the result of an inspection.
    public init(version: String, pipelines: [String] = [], cameras: [Camera] = [], problem: String? = nil) {
        self.version = version
        self.pipelines = pipelines
        self.cameras = cameras
        self.problem = problem
    }

    /// Starts libcamera and takes each camera for a moment. To be called before anything else uses libcamera in this process.
    public static func run() -> LibcameraInspection {
        var inspection = LibcameraInspection(version: LibcameraLibrary.version)
        // Which pipelines it was built with libcamera tells nowhere but in its log.
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("luneta-libcamera-\(UUID().uuidString).log")
        defer { try? FileManager.default.removeItem(at: log) }
        setenv("LIBCAMERA_LOG_FILE", log.path, 1)
        setenv("LIBCAMERA_LOG_LEVELS", "Camera:DEBUG,*:ERROR", 1)
        do throws(CameraError) {
            let library = try LibcameraLibrary.shared()
            for listing in library.cameras { inspection.cameras.append(Camera(listing: listing, problem: problem(listing, library))) }
        } catch {
            inspection.problem = error.sentence
        }
        inspection.pipelines = pipelines((try? String(contentsOf: log, encoding: .utf8)) ?? "")
        return inspection
    }

    private static func problem(_ listing: LibcameraLibrary.Listing, _ library: LibcameraLibrary) -> String? {
        do throws(CameraError) {
            _ = try NativeCamera(listing.id, in: library)
            return nil
        } catch {
            return error.sentence
        }
    }

    /// The pipeline handlers a log names: `Found registered pipeline handler 'PipelineHandlerVimc'` in 0.0.3, `'vimc'` later.
    static func pipelines(_ log: String) -> [String] {
        let names = log.matches(of: /registered pipeline handler '(?:PipelineHandler)?([^']+)'/).map { String($0.1).lowercased() }
        return Array(Set(names)).sorted()
    }
}
