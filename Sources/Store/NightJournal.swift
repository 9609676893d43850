public import Catalog
internal import Foundation
internal import GRDB
internal import JSON
internal import Timing

/// What the light was and what was decided, second by second, in a SQLite file of its own: for rehearsing another script on a real night.
///
/// Rows wait in memory and are written together, about every ten seconds: a power cut costs those. What a full disk refuses is offered
/// again, and the oldest is forgotten when it becomes too much.
public final class NightJournal: Sendable {
    private struct State {
        var frames: [JournalFrame] = []
        var entries: [JournalEntry] = []
        var queue: DatabaseQueue?
        var lastRefusal: String?
        var tidied = 0.0
    }

    /// An hour of frames and a good many events: a few hundred KB.
    private static let most = 3600
    /// Seconds between two looks for what is old enough to go.
    private static let tidying = 3600.0

    private let path: String
    private let days: Int
    private let facts: [String: String]
    private let report: @Sendable (String) -> Void
    private let state = Mutex(State())
    private let writing = Mutex(())

    /// Creates a journal; the file is made with the first rows.
    /// - Parameters:
    ///   - days: for how long rows are kept.
    ///   - facts: what a rehearsal has to know beside: `latitude`, `longitude`, `zone`, `camera`.
    ///   - report: is told once why rows cannot be written, and when they can again.
    public init(path: String, days: Int, facts: [String: String], report: @escaping @Sendable (String) -> Void) {
        self.path = path
        self.days = days
        self.facts = facts
        self.report = report
    }

    /// Notes a frame; of those in one second the last is kept. Any thread; never waits for the disk.
    public func note(_ frame: JournalFrame) {
        state.withLock { state in
            if let last = state.frames.last, last.time.rounded(.down) == frame.time.rounded(.down) { state.frames.removeLast() }
            state.frames.append(frame)
            if state.frames.count > NightJournal.most { state.frames.removeFirst(NightJournal.most / 10) }
        }
    }

    /// Notes an entry. Any thread; never waits for the disk.
    public func note(_ entry: JournalEntry) {
        state.withLock { state in
            state.entries.append(entry)
            if state.entries.count > NightJournal.most { state.entries.removeFirst(NightJournal.most / 10) }
        }
    }

    /// Writes what waits. One thread at a time does so, and may wait for the disk.
    /// - Parameter wall: the time now, in seconds since 1970.
    public func flush(at wall: Double) {
        writing.withLock { _ in
            let (frames, entries) = state.withLock { ($0.frames, $0.entries) }
            guard !frames.isEmpty || !entries.isEmpty else { return }
            do {
                try write(frames, entries, at: wall)
                state.withLock { state in
                    // What came meanwhile stays.
                    state.frames.removeFirst(min(frames.count, state.frames.count))
                    state.entries.removeFirst(min(entries.count, state.entries.count))
                }
                tell(nil)
            } catch {
                tell("\(error)")
            }
        }
    }

    private func tell(_ refusal: String?) {
        let isNews = state.withLock { state in
            defer { state.lastRefusal = refusal }
            return (state.lastRefusal == nil) != (refusal == nil)
        }
        guard isNews else { return }
        report(refusal.map { "the journal '\(path)' cannot be written: \($0)" } ?? "the journal '\(path)' is written again")
    }

    private func write(_ frames: [JournalFrame], _ entries: [JournalEntry], at wall: Double) throws {
        let queue = try queue()
        let isDue = state.withLock { wall - $0.tidied >= NightJournal.tidying }
        try queue.write { database in
            for frame in frames { try NightJournal.insert(frame, database) }
            for entry in entries { try NightJournal.insert(entry, database) }
            guard isDue else { return }
            let oldest = wall - Double(days) * 86_400
            try database.execute(sql: "DELETE FROM frame WHERE time < ?", arguments: [oldest])
            try database.execute(sql: "DELETE FROM entry WHERE time < ?", arguments: [oldest])
        }
        if isDue { state.withLock { $0.tidied = wall } }
    }

    private func queue() throws -> DatabaseQueue {
        if let queue = state.withLock({ $0.queue }) { return queue }
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(2)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try NightJournal.migrator.migrate(queue)
        try queue.write { database in
            for (name, value) in facts.sorted(by: { $0.key < $1.key }) {
                try database.execute(sql: "INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", arguments: [name, value])
            }
        }
        state.withLock { $0.queue = queue }
        return queue
    }

    private static func insert(_ frame: JournalFrame, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO frame (time, lux, kelvin, exposure, gain, luma) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [Int(frame.time), frame.lux, frame.colourTemperature, frame.exposureTime, frame.gain, frame.luma])
    }

    private static func insert(_ entry: JournalEntry, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO entry (time, kind, name, fields) VALUES (?, ?, ?, ?)",
            arguments: [entry.time, entry.kind, entry.name, try JSONEncoder.stored.encode(Stored(value: .table(entry.fields)))])
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("journal") { database in
            try database.create(table: "frame") { table in
                table.primaryKey("time", .integer)
                for name in ["lux", "kelvin", "exposure", "gain", "luma"] { table.column(name, .real) }
            }
            try database.create(table: "entry") { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("time", .double).notNull().indexed()
                table.column("kind", .text).notNull()
                table.column("name", .text).notNull()
                table.column("fields", .blob).notNull()
            }
            try database.create(table: "fact", options: .withoutRowID) { table in
                table.primaryKey("name", .text)
                table.column("value", .text).notNull()
            }
        }
        return migrator
    }
}

extension NightJournal {
    /// What a journal has between two times.
    public struct Pages: Sendable {
        /// The light, a row a second.
        public var frames: [JournalFrame] = []
        /// What happened and was decided.
        public var entries: [JournalEntry] = []
        /// What a rehearsal has to know beside.
        public var facts: [String: String] = [:]
    }

    /// Reads a journal, also while a service writes it.
    /// - Throws: `unknown` when there is no such file, `failed` when it is no journal.
    public static func read(_ path: String, from: Double, to: Double) throws(Problem) -> Pages {
        guard FileManager.default.fileExists(atPath: path) else { throw Problem(.unknown, "there is no journal '\(path)'") }
        do {
            return try DatabaseQueue(path: path).read { database in
                var pages = Pages()
                let range: StatementArguments = [from, to]
                pages.frames = try Row.fetchAll(
                    database, sql: "SELECT * FROM frame WHERE time >= ? AND time <= ? ORDER BY time", arguments: range
                ).map(frame)
                pages.entries = try Row.fetchAll(
                    database, sql: "SELECT * FROM entry WHERE time >= ? AND time <= ? ORDER BY time, id", arguments: range
                ).map(entry)
                for row in try Row.fetchAll(database, sql: "SELECT * FROM fact") { pages.facts[row["name"]] = row["value"] as String }
                return pages
            }
        } catch {
            throw Problem(.failed, "'\(path)' is no journal of Luneta: \(error)")
        }
    }

    private static func frame(_ row: Row) -> JournalFrame {
        JournalFrame(
            time: row["time"], lux: row["lux"], colourTemperature: row["kelvin"], exposureTime: row["exposure"], gain: row["gain"],
            luma: row["luma"])
    }

    private static func entry(_ row: Row) throws -> JournalEntry {
        let data: Data = row["fields"]
        let fields = try JSONDecoder.stored.decode(Stored.self, from: data).value.table ?? [:]
        return JournalEntry(time: row["time"], kind: row["kind"], name: row["name"], fields: fields)
    }
}
