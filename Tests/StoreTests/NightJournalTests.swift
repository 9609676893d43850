import Catalog
import Foundation
import Testing
import Timing

@testable import Store

struct NightJournalTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "luneta-journal-\(UUID().uuidString)/journal.sqlite").path
    private let reports = Reports()

    private final class Reports: Sendable {
        let all = Mutex<[String]>([])
    }

    private func journal(days: Int = 7, path: String? = nil) -> NightJournal {
        NightJournal(path: path ?? self.path, days: days, facts: ["zone": "Europe/Berlin"]) { [reports] text in
            reports.all.withLock { $0.append(text) }
        }
    }

    private func frame(_ time: Double, lux: Double = 5) throws -> JournalFrame {
        var report = FrameReport()
        (report.lux, report.exposureTime, report.analogueGain, report.colourTemperature) = (lux, 20_000, 2.5, 4000)
        return try #require(JournalFrame(report, time: time))
    }

    private func read(from: Double = 0, to: Double = 1e12) throws -> NightJournal.Pages { try NightJournal.read(path, from: from, to: to) }

    @Test func `a row a second is kept, the last of each, with events and decisions in order`() throws {
        let journal = journal()
        for step in 0..<60 { journal.note(try frame(1000 + Double(step) / 20, lux: Double(step))) }
        journal.note(JournalEntry(time: 1001.5, kind: "event", name: "motion.started", fields: ["zone": 3]))
        journal.note(JournalEntry(time: 1002.5, kind: "push", name: "profile:night", fields: ["exposure.value": 1.5]))
        journal.flush(at: 1003)
        let pages = try read()
        #expect(pages.frames.map(\.time) == [1000, 1001, 1002] && pages.frames.map(\.lux) == [19, 39, 59])
        #expect(pages.frames[0].exposureTime == 20_000 && pages.frames[0].gain == 2.5 && pages.frames[0].luma == nil)
        #expect(pages.entries.map(\.name) == ["motion.started", "profile:night"])
        #expect(pages.entries[1].fields == ["exposure.value": 1.5] && pages.facts == ["zone": "Europe/Berlin"])
        #expect(try read(from: 1001, to: 1001.9).frames.count == 1)
    }

    @Test func `a night takes less than a kilobyte a second`() throws {
        let journal = journal()
        for second in 0..<3000 {
            journal.note(try frame(Double(second), lux: Double(second) * 1.1))
            if second % 60 == 0 {
                journal.note(JournalEntry(time: Double(second), kind: "event", name: "still.taken", fields: ["path": "a/b/c.jpg"]))
            }
            if second % 10 == 0 { journal.flush(at: Double(second)) }
        }
        journal.flush(at: 3000)
        let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        #expect(size < 3000 * 100, "\(size) bytes")
    }

    @Test func `what is older than so many days goes`() throws {
        let journal = journal(days: 1)
        journal.note(try frame(10))
        journal.note(JournalEntry(time: 10, kind: "event", name: "x", fields: [:]))
        journal.flush(at: 20)
        journal.note(try frame(200_000))
        journal.flush(at: 200_000)
        #expect(try read().frames.map(\.time) == [200_000] && read().entries.isEmpty)
    }

    @Test func `a disk that takes nothing is told once; what waits is written when it takes things again`() throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        try "a file where the folder should be".write(toFile: folder, atomically: true, encoding: .utf8)
        let journal = journal()
        journal.note(try frame(1))
        journal.flush(at: 2)
        journal.note(try frame(2))
        journal.flush(at: 3)
        #expect(reports.all.withLock { $0.count } == 1)
        try FileManager.default.removeItem(atPath: folder)
        journal.flush(at: 4)
        #expect(try read().frames.map(\.time) == [1, 2])
        #expect(reports.all.withLock { $0.last?.hasSuffix("is written again") } == true)
    }

    @Test func `it can be read while it is written`() throws {
        let journal = journal()
        journal.note(try frame(1))
        journal.flush(at: 1)
        #expect(try read().frames.count == 1)
        journal.note(try frame(2))
        journal.flush(at: 2)
        #expect(try read().frames.count == 2)
    }

    @Test func `a file that is none, or not there, is told`() throws {
        #expect(throws: Problem.self) { try read() }
        try FileManager.default.createDirectory(
            atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(repeating: 0x41, count: 5000).write(to: URL(filePath: path))
        #expect(throws: Problem.self) { try read() }
    }
}
