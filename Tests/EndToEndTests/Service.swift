import Foundation
import FoundationNetworking
import Testing

/// A running `luneta`, on a port of its own.
final class Service: @unchecked Sendable {
    // `process` is only started and ended, from the test that owns it; everything else is immutable.
    let port: Int
    private let process = Process()
    private let log: FileHandle
    let logPath: String

    /// Starts it and waits until `/health` answers.
    init(
        camera: String, rtsp: String = "rtsp://127.0.0.1:1/cam", environment: [String: String] = [:], scripts: String? = nil,
        port: Int? = nil
    ) async throws {
        self.port = try port ?? FreePort.next()
        logPath = NSTemporaryDirectory() + "luneta-\(self.port).log"
        try Data().write(to: URL(fileURLWithPath: logPath))
        log = try #require(FileHandle(forWritingAtPath: logPath))
        process.executableURL = Service.binary
        process.arguments = ["run", "--camera", camera, "--port", String(self.port)] + (scripts.map { ["--scripts", $0] } ?? [])
        process.environment = Service.environment.merging(["CAMERA_RTSP_URL": rtsp, "LUNETA_STATE": try Scratch.folder()]) { $1 }.merging(
            environment
        ) { $1 }
        process.standardOutput = log
        process.standardError = log
        try process.run()
        try await eventually("the service answers", within: 20) { await (try? self.get("/health"))?.status == 200 }
    }

    deinit { if process.isRunning { process.terminate() } }

    var processIdentifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var output: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

    /// The signal that ended it; nil while it runs and when it ended by itself.
    var endedBy: Int32? { !process.isRunning && process.terminationReason == .uncaughtSignal ? process.terminationStatus : nil }

    /// Ends it the way an operator does, and says how it ended.
    @discardableResult func stop() async throws -> Int32 {
        process.terminate()
        try await eventually("the service ends", within: 5) { !self.process.isRunning }
        return process.terminationStatus
    }

    // MARK: Requests

    struct Answer {
        let status: Int
        let body: Data
        let seconds: Double
        var text: String { String(decoding: body, as: UTF8.self) }
        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
    }

    func get(_ path: String) async throws -> Answer { try await send("GET", path, nil) }
    @discardableResult func post(_ path: String, _ body: String = "{}") async throws -> Answer { try await send("POST", path, body) }
    @discardableResult func patch(_ path: String, _ body: String) async throws -> Answer { try await send("PATCH", path, body) }

    private func send(_ method: String, _ path: String, _ body: String?) async throws -> Answer {
        var request = URLRequest(url: URL(string: "http://127.0.0.1:\(port)\(path)")!)
        request.httpMethod = method
        request.timeoutInterval = 20
        if let body {
            request.httpBody = Data(body.utf8)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        let start = ContinuousClock.now
        let (data, response) = try await URLSession.shared.data(for: request)
        let seconds = Double((ContinuousClock.now - start) / .nanoseconds(1)) / 1e9
        return Answer(status: (response as? HTTPURLResponse)?.statusCode ?? 0, body: data, seconds: seconds)
    }

    // MARK: Where it is

    /// The binary that was built beside this test bundle.
    static var binary: URL {
        Bundle.allBundles.compactMap(\.executableURL).first { $0.path.hasSuffix(".xctest") }?.deletingLastPathComponent()
            .appendingPathComponent("luneta")
            ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("luneta")
    }

    /// The test's own environment without settings that would reach the service.
    static var environment: [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CAMERA_") && !$0.key.hasPrefix("LUNETA_") }
    }
}
