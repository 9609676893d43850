import Foundation

/// The ffmpeg command line as an RTSP server that takes one publisher and decodes what it sends.
final class ListeningServer {
    let port: Int
    private let process = Process()
    private let output = FileManager.default.temporaryDirectory.appending(path: "luneta-listen-\(UUID().uuidString)")

    /// Starts it and waits until it listens.
    init(port: Int = Ports.free()) throws {
        self.port = port
        process.executableURL = URL(filePath: "/usr/bin/ffmpeg")
        process.arguments = [
            "-y", "-nostdin", "-loglevel", "error", "-threads", "1", "-fflags", "nobuffer", "-probesize", "32", "-rtsp_flags",
            "listen", "-rtsp_transport", "tcp", "-i", "rtsp://127.0.0.1:\(port)/cam", "-fps_mode", "passthrough", "-flush_packets", "1",
            "-f", "framecrc",
            output.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        guard eventually(within: 5, { Ports.isListening(port) }) != nil else { throw NotListening(what: "ffmpeg") }
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: output)
    }

    var url: String { "rtsp://127.0.0.1:\(port)/cam" }

    /// Frames decoded so far, as far as they were written out.
    var frames: Int {
        let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").count { !$0.hasPrefix("#") }
    }

    /// Width and height of what came, such as `320x240`.
    var size: String? {
        let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").first { $0.hasPrefix("#dimensions 0: ") }.map { String($0.dropFirst(15)) }
    }

    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
