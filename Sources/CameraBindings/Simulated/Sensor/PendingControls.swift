internal import Catalog

/// Control values on their way to the sensor, each due on a frame.
struct PendingControls: Sendable {
    private struct Entry: Sendable {
        let values: [String: Value]
        let request: UInt64
        let due: UInt64
    }

    private var entries: [Entry] = []

    /// Whether nothing is on its way.
    var isEmpty: Bool { entries.isEmpty }

    /// Sends values that shall be in force on frame `due`.
    mutating func add(_ values: [String: Value], request: UInt64, due: UInt64) {
        entries.append(Entry(values: values, request: request, due: due))
    }

    /// Takes what is due on a frame: the values, newer over older, and the newest request among them; nil when nothing is.
    mutating func take(on frame: UInt64) -> (values: [String: Value], request: UInt64)? {
        guard let first = entries.first, first.due <= frame else { return nil }
        let count = entries.prefix { $0.due <= frame }.count
        defer { entries.removeFirst(count) }
        return entries.prefix(count).reduce(into: ([:], 0)) { taken, entry in
            taken.0.merge(entry.values) { $1 }
            taken.1 = max(taken.1, entry.request)
        }
    }
}
