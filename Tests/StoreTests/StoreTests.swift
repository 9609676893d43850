import Catalog
import Foundation
import Support
import Testing
import Timing

@testable import Store

struct StoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "luneta-store-\(UUID().uuidString)").path
    private let reports = Reports()

    private final class Reports: Sendable {
        let all = Mutex<[String]>([])
    }

    private func store() -> Store { Store(folder: folder) { [reports] text in reports.all.withLock { $0.append(text) } } }

    @Test func `what was written is there for the next process, as it was`() throws {
        let values: [String: Value] = [
            "whole": 2, "number": 2.0, "text": "é\u{0}", "list": [1, 2.5, true], "table": ["x": ["y": nil]], "infinite": .number(.infinity),
        ]
        try store().write(values, of: "garden")
        #expect(try store().values(of: "garden") == values)
        #expect(try store().values(of: "roof").isEmpty)
    }

    @Test func `null deletes a name and leaves the others`() throws {
        try store().write(["a": 1, "b": 2], of: "garden")
        try store().write(["a": .null], of: "garden")
        #expect(try store().values(of: "garden") == ["b": 2])
    }

    @Test func `a damaged file is put aside and said, and the service keeps things again`() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(repeating: 0x41, count: 8192).write(to: URL(fileURLWithPath: "\(folder)/luneta.sqlite"))
        try store().write(["a": 1], of: "garden")
        #expect(try store().values(of: "garden") == ["a": 1])
        #expect(FileManager.default.contents(atPath: "\(folder)/luneta.sqlite.broken")?.first == 0x41)
        #expect(reports.all.withLock { $0.first?.contains("is damaged") } == true)
    }

    @Test func `a folder that cannot be made is explained with the remedy`() {
        let store = Store(folder: "/proc/none/such") { _ in }
        #expect { try store.values(of: "garden") } throws: { "\($0)".contains("set 'luneta.state' to one that can") }
    }

    @Test(.enabled(if: getuid() == 0, "mounting takes root"))
    func `a full disk is explained with the remedy and what was written stays`() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let mount = try Process.run(URL(fileURLWithPath: "/bin/mount"), arguments: ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder])
        mount.waitUntilExit()
        try #require(mount.terminationStatus == 0)
        defer { try? Process.run(URL(fileURLWithPath: "/bin/umount"), arguments: ["-l", folder]).waitUntilExit() }
        let store = store()
        try store.write(["a": 1], of: "garden")
        let big = Value.text(String(repeating: "x", count: 400_000))
        #expect { try store.write(["big": big], of: "garden") } throws: { "\($0)".contains("make room on that disk") }
        #expect(try store.values(of: "garden") == ["a": 1])
    }
}
