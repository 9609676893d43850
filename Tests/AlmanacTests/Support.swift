import Almanac
import Foundation

/// Seconds since 1970 of `2025-03-30T01:00:00Z`.
func seconds(_ stamp: String) throws -> Double { try Date(stamp, strategy: .iso8601).timeIntervalSince1970 }

/// The other way round.
func stamp(_ seconds: Double?) -> String { seconds.map { Date(timeIntervalSince1970: $0).formatted(.iso8601) } ?? "never" }

func zone(_ name: String) throws -> TimeZone {
    struct Unknown: Error {}
    guard let zone = TimeZone(identifier: name) else { throw Unknown() }
    return zone
}

/// The first times, each found from the one before.
func times(_ count: Int, after start: String, _ next: (Double) -> Double?) throws -> [String] {
    var found: [Double] = []
    while found.count < count, let time = next(try found.last ?? seconds(start)) { found.append(time) }
    return found.map { stamp($0) }
}

/// What an initialiser says when it refuses.
func sentence<Value>(_ make: () throws(AlmanacError) -> Value) -> String {
    do {
        _ = try make()
        return "accepted"
    } catch { return error.sentence }
}
