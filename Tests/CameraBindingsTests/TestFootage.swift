import Foundation

/// Footage made for one test, in a folder of its own that goes with it.
final class TestFootage: Sendable {
    /// The file, or the folder of stills.
    let path: String
    private let folder: String

    private init(_ name: String) throws {
        folder = NSTemporaryDirectory() + "luneta-footage-" + UUID().uuidString
        path = name.isEmpty ? folder : folder + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A file with these bytes.
    static func file(_ name: String, _ bytes: Data) throws -> TestFootage {
        let footage = try TestFootage(name)
        try bytes.write(to: URL(fileURLWithPath: footage.path))
        return footage
    }

    /// An empty folder.
    static func emptyFolder() throws -> TestFootage { try TestFootage("") }

    /// A video from one of ffmpeg's test sources.
    static func video(_ source: String, name: String = "video.avi") throws -> TestFootage {
        let footage = try TestFootage(name)
        try ffmpeg(["-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", "-c:v", "mpeg4", "-q:v", "2", "-g", "10", footage.path])
        return footage
    }

    /// A folder of numbered stills from one of ffmpeg's test sources.
    static func stills(_ source: String, ending: String = "png") throws -> TestFootage {
        let footage = try TestFootage("")
        try ffmpeg(["-f", "lavfi", "-i", source, footage.path + "/still-%02d." + ending])
        return footage
    }

    /// The bytes of the file.
    var bytes: Data { get throws { try Data(contentsOf: URL(fileURLWithPath: path)) } }

    private static func ffmpeg(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ffmpeg", "-nostdin", "-v", "error", "-y"] + arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }
}
