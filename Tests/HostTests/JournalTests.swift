import Foundation
import Testing

@testable import luneta

/// The journal of a unit, from a file that systemd's own tool has made.
struct JournalTests {
    private func journal(_ entries: [(unit: String, priority: Int, text: String)]) throws -> String {
        let folder = NSTemporaryDirectory() + "luneta-journal-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var text = ""
        for (index, entry) in entries.enumerated() {
            text += "__REALTIME_TIMESTAMP=\(1_700_000_000_000_000 + index)\n__MONOTONIC_TIMESTAMP=\(1000 + index)\n"
            text +=
                "_BOOT_ID=3ce1a2f4e6b04ac1a1d7ab6b4f8c7e11\n_SYSTEMD_UNIT=\(entry.unit)\nPRIORITY=\(entry.priority)\nMESSAGE=\(entry.text)\n\n"
        }
        try text.write(toFile: "\(folder)/export", atomically: true, encoding: .utf8)
        let tool = Process()
        tool.executableURL = URL(fileURLWithPath: "/lib/systemd/systemd-journal-remote")
        tool.arguments = ["--output=\(folder)/test.journal", "\(folder)/export"]
        tool.standardError = FileHandle.nullDevice
        try tool.run()
        tool.waitUntilExit()
        try #require(tool.terminationStatus == 0)
        return folder
    }

    private func lines(_ folder: String, count: Int = 100) -> [[String]] {
        var lines: [[String]] = []
        Journal.read(unit: "luneta.service", folder: folder, count: count) { lines.append([$0, $1]) }
        return lines
    }

    @Test func `the unit's own lines come oldest first, with the level they say or the journal's`() throws {
        let folder = try journal([
            ("luneta.service", 6, "2026-11-23T17:45:30.004Z WARNING luneta: slow"), ("ssh.service", 3, "not ours"),
            ("luneta.service", 3, "Segmentation fault"), ("luneta.service", 5, "Started"),
        ])
        #expect(
            lines(folder) == [
                ["WARNING", "2026-11-23T17:45:30.004Z WARNING luneta: slow"], ["ERROR", "Segmentation fault"], ["NOTICE", "Started"],
            ])
        #expect(lines(folder, count: 2).map { $0[1] } == ["Segmentation fault", "Started"])
    }

    @Test func `a journal that is not there is no lines`() { #expect(lines("/nowhere").isEmpty) }
}
