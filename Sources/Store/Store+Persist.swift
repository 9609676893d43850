public import Catalog
internal import Foundation
internal import GRDB
internal import JSON
public import Scripting

extension Store: PersistBook {
    public func values(of script: String) throws(Problem) -> [String: Value] {
        try with { queue in
            try queue.read { database in
                let rows = try Row.fetchAll(database, sql: "SELECT name, value FROM persist WHERE script = ?", arguments: [script])
                return try rows.reduce(into: [:]) { values, row in
                    let data: Data = row["value"]
                    values[row["name"] as String] = try JSONDecoder.stored.decode(Stored.self, from: data).value
                }
            }
        }
    }

    public func write(_ changes: [String: Value], of script: String) throws(Problem) {
        try with { queue in
            try queue.write { database in
                for (name, value) in changes { try Store.write(value, name, script, database) }
            }
        }
    }

    private static func write(_ value: Value, _ name: String, _ script: String, _ database: Database) throws {
        guard value != .null else {
            return try database.execute(sql: "DELETE FROM persist WHERE script = ? AND name = ?", arguments: [script, name])
        }
        try database.execute(
            sql: "INSERT OR REPLACE INTO persist (script, name, value) VALUES (?, ?, ?)",
            arguments: [script, name, try JSONEncoder.stored.encode(Stored(value: value))])
    }
}
