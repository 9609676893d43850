import Foundation
import Glibc
import Testing

/// A command that ran to its end.
struct Ran: Sendable {
    let status: Int32
    let output: String
    let errors: String
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:] }
}

/// Runs a command to its end, or kills it when its time is up.
func run(_ command: String, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil, within seconds: Double = 60)
    async throws -> Ran
{
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command.hasPrefix("/") ? command : "/usr/bin/env")
    process.arguments = command.hasPrefix("/") ? arguments : [command] + arguments
    process.environment = Service.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let files = try (0..<2).map { _ in try Scratch.file() }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = files[0].handle
    process.standardError = files[1].handle
    try process.run()
    let deadline = ContinuousClock.now + .seconds(seconds)
    while process.isRunning && ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
    if process.isRunning {
        process.terminate()
        Issue.record("'\(command) \(arguments.joined(separator: " "))' did not end within \(seconds) s")
    }
    process.waitUntilExit()
    let texts = files.map { (try? String(contentsOfFile: $0.path, encoding: .utf8)) ?? "" }
    return Ran(status: process.terminationStatus, output: texts[0], errors: texts[1])
}

/// A process that goes on until it is ended.
final class Background: @unchecked Sendable {
    // Started and ended by the test that owns it.
    private let process = Process()
    let outputPath: String

    init(_ command: String, _ arguments: [String]) throws {
        let file = try Scratch.file()
        outputPath = file.path
        process.executableURL = URL(fileURLWithPath: command.hasPrefix("/") ? command : "/usr/bin/env")
        process.arguments = command.hasPrefix("/") ? arguments : [command] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = file.handle
        process.standardError = file.handle
        try process.run()
    }

    deinit { end(SIGKILL) }

    var isRunning: Bool { process.isRunning }
    /// Its status; nil while it runs.
    var endedWith: Int32? { process.isRunning ? nil : process.terminationStatus }
    var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }
    func signal(_ number: Int32) { if process.isRunning { kill(process.processIdentifier, number) } }
    /// Ends it and waits for it, so that its port is free.
    func end(_ number: Int32 = SIGTERM) {
        guard process.isRunning else { return }
        signal(SIGCONT)
        signal(number)
        process.waitUntilExit()
    }
}

/// Files and folders of a test.
enum Scratch {
    static func file() throws -> (path: String, handle: FileHandle) {
        let path = NSTemporaryDirectory() + "luneta-test-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: path))
        return (path, try #require(FileHandle(forWritingAtPath: path)))
    }

    static func folder() throws -> String {
        let path = NSTemporaryDirectory() + "luneta-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}

/// A port that nobody listens on.
enum FreePort {
    static func next() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        try #require(bound)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// Waits until something is so; fails when it is not in time.
func eventually(_ what: String, within seconds: Double, _ isSo: @Sendable () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
        if try await isSo() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    throw NotInTime(what: what, seconds: seconds)
}

struct NotInTime: Error, CustomStringConvertible {
    let what: String
    let seconds: Double
    var description: String { "not within \(seconds) s: \(what)" }
}
