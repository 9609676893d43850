internal import Foundation

/// The tuning file of the Raspberry Pi's image processing, by configuration or by the sensor's name.
public enum TuningFile {
    /// Where Raspberry Pi OS keeps them: the Pi 5's first, then the earlier boards'.
    public static let folders = ["/usr/share/libcamera/ipa/rpi/pisp", "/usr/share/libcamera/ipa/rpi/vc4"]

    /// What is asked for.
    public struct Choice: Sendable, Equatable {
        /// A file; nil leaves it to the other two.
        public var file: String?
        /// The sensor whose file is taken; nil leaves that to libcamera, which goes by the attached sensor.
        public var model: String?
        /// Whether the lens has no infrared filter, which takes a file of its own.
        public var isNoir: Bool

        /// Creates a choice; without one libcamera takes the attached sensor's file.
        public init(file: String? = nil, model: String? = nil, isNoir: Bool = false) {
            self.file = file
            self.model = model
            self.isNoir = isNoir
        }

        /// The file to take, nil for libcamera's own choice, and what is to be said about it.
        /// - Parameter root: the root of the file system; a test gives another.
        public func resolve(root: String = "/") -> (path: String?, warning: String?) {
            let exists = { (path: String) in FileManager.default.isReadableFile(atPath: root == "/" ? path : root + path) }
            if let file, exists(file) { return (file, nil) }
            let missing = file.map { "the tuning file '\($0)' cannot be read" }
            guard let model else { return (nil, missing.map { "\($0); libcamera chooses one by the sensor" }) }
            let name = model.hasSuffix("_noir") || !isNoir ? model : "\(model)_noir"
            let found = TuningFile.folders.map { "\($0)/\(name).json" }.first(where: exists)
            if let found { return (found, missing.map { "\($0); '\(found)' is taken" }) }
            let none = "there is no tuning file for '\(name)'"
            return (nil, "\(missing.map { "\($0), and " } ?? "")\(none); libcamera chooses one by the sensor")
        }
    }

    /// Whether this machine's libcamera has a pipeline that reads one.
    static var isUsed: Bool { FileManager.default.fileExists(atPath: "/usr/share/libcamera/ipa/rpi") }

    /// Makes the next start of libcamera take a file; nil leaves the choice to libcamera. To be called while no camera is open.
    /// - Throws: `unreadable` for a file that is not there.
    public static func use(_ path: String?) throws(CameraError) {
        guard let path else {
            unsetenv("LIBCAMERA_RPI_TUNING_FILE")
            return
        }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw .unreadable("the tuning file '\(path)' cannot be read; the library's are in \(folders.joined(separator: " and "))")
        }
        setenv("LIBCAMERA_RPI_TUNING_FILE", path, 1)
    }
}
