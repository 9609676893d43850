internal import Catalog
internal import Foundation
internal import GRDB
internal import JSON
internal import Scripting
internal import Timing

/// What outlives the process, in one SQLite file.
///
/// A commit is on the disk when it returns (write-ahead log, `synchronous=FULL`): neither a killed process nor a power cut takes it back or
/// leaves half of it (sqlite.org/wal.html). The file is opened when it is first needed.
public final class Store: Sendable {
    private enum State {
        case closed
        case open(DatabaseQueue)
    }

    private let folder: String
    private let report: @Sendable (String) -> Void
    private let state = Mutex(State.closed)

    /// Creates a store in a folder, which is made when it is first needed.
    /// - Parameter report: is told what was found broken and what became of it.
    public init(folder: String, report: @escaping @Sendable (String) -> Void) {
        self.folder = folder
        self.report = report
    }

    /// The file.
    public var path: String { "\(folder)/luneta.sqlite" }

    /// The database, opened when it is not.
    func database() throws(Problem) -> DatabaseQueue {
        try state.withLock { state throws(Problem) in
            if case .open(let queue) = state { return queue }
            let queue = try open()
            state = .open(queue)
            return queue
        }
    }

    /// Does something with the database.
    /// - Throws: what SQLite says, with the remedy.
    func with<Answer: Sendable>(_ step: @Sendable (DatabaseQueue) throws -> Answer) throws(Problem) -> Answer {
        let queue = try database()
        do {
            return try step(queue)
        } catch {
            throw problem(error)
        }
    }

    private func open() throws(Problem) -> DatabaseQueue {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Problem(
                .failed, "the folder '\(folder)' cannot be made: \(error.localizedDescription); set 'luneta.state' to one that can")
        }
        do {
            return try Store.open(path)
        } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
            return try openAnew(error)
        } catch {
            throw problem(error)
        }
    }

    /// A file that is no database is put aside, so that the service can keep things again; nothing of it is deleted.
    private func openAnew(_ cause: DatabaseError) throws(Problem) -> DatabaseQueue {
        let aside = "\(path).broken"
        do {
            for ending in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + ending) {
                try? FileManager.default.removeItem(atPath: aside + ending)
                try FileManager.default.moveItem(atPath: path + ending, toPath: aside + ending)
            }
            report("'\(path)' is damaged (\(cause.message ?? "unreadable")); it is now '\(aside)', and what scripts kept begins anew")
            return try Store.open(path)
        } catch {
            throw problem(error)
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try migrator.migrate(queue)
        return queue
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("persist") { database in
            try database.create(table: "persist", options: .withoutRowID) { table in
                table.column("script", .text).notNull()
                table.column("name", .text).notNull()
                table.column("value", .blob).notNull()
                table.primaryKey(["script", "name"])
            }
        }
        return migrator
    }

    private func problem(_ error: any Error) -> Problem {
        guard let error = error as? DatabaseError else { return Problem(.failed, "'\(path)' cannot be used: \(error)") }
        let remedy =
            switch error.resultCode {
            case .SQLITE_FULL: "; make room on that disk"
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: "; let the service's user write there, or set 'luneta.state'"
            default: ""
            }
        return Problem(.failed, "'\(path)' cannot be written: \(error.message ?? "\(error.resultCode)")\(remedy)")
    }
}
