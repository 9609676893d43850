import Foundation

/// A media server that stays: `standin.py`, which takes one publisher after another.
final class MediaServer {
    let port = Ports.free()
    private let process = Process()

    /// Starts it and waits until it listens.
    init() throws {
        let peers = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let rigs = peers.appending(path: "../../EndToEndTests/rigs").standardized
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [rigs.appending(path: "standin.py").path, "--port", "\(port)"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        guard eventually(within: 10, { Ports.isListening(port) }) != nil else { throw NotListening(what: "standin.py") }
    }

    deinit {
        thaw()
        signal(SIGKILL)
        process.waitUntilExit()
    }

    var url: String { "rtsp://127.0.0.1:\(port)/cam" }

    func freeze() { signal(SIGSTOP) }

    func thaw() { signal(SIGCONT) }

    private func signal(_ number: Int32) {
        if process.isRunning { Glibc.kill(process.processIdentifier, number) }
    }
}
