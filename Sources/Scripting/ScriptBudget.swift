internal import Catalog

/// What a script asks for beside the standard limits: the `---@budget` lines of its header.
///
///     ---@budget memory 64MB ; run 200ms ; timers 2000
public struct ScriptBudget: Sendable, Equatable {
    /// One thing that is limited.
    private struct Item: Sendable {
        let name: String
        let range: ClosedRange<Double>
        /// What the range is called in messages.
        let bounds: String
        let set: @Sendable (inout ScriptLimits, Double) -> Void
        var read: @Sendable (String) -> Double? = { Double($0) }
    }

    private static let items = [
        Item(
            name: "memory", range: 1_048_576...268_435_456, bounds: "1MB to 256MB", set: { $0.memoryBytes = Int($1) }, read: { bytes($0) }),
        Item(
            name: "run", range: 0.01...1, bounds: "10ms to 1s", set: { $0.runSeconds = $1 }, read: { TimeText.seconds($0) }),
        Item(name: "timers", range: 1...10_000, bounds: "1 to 10000", set: { $0.timers = Int($1) }),
        Item(name: "handlers", range: 1...10_000, bounds: "1 to 10000", set: { $0.handlers = Int($1) }),
        Item(name: "waits", range: 1...10_000, bounds: "1 to 10000", set: { $0.waits = Int($1) }),
        Item(name: "events", range: 1...10_000, bounds: "1 to 10000", set: { $0.events = Int($1) }),
        Item(name: "emits", range: 1...1000, bounds: "1 to 1000 a second", set: { $0.emitsPerSecond = Int($1) }),
        Item(name: "log", range: 1...1000, bounds: "1 to 1000 lines a second", set: { $0.logLinesPerSecond = Int($1) }),
    ]

    private var values: [String: Double] = [:]

    /// The budget of a script that asks for nothing.
    public init() {}

    /// Adds what one line asks for: names and values, separated by `;`.
    /// - Throws: `unknown` for a name, `outOfRange` for a value.
    mutating func add(_ line: String) throws(Problem) {
        for part in line.split(separator: ";") {
            let words = part.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let name = words.first else { continue }
            guard let item = ScriptBudget.items.first(where: { $0.name == name }) else {
                throw .unknown("budget", name, among: ScriptBudget.items.map(\.name))
            }
            guard words.count == 2, let value = item.read(words[1]), item.range.contains(value) else {
                let given = words.dropFirst().joined(separator: " ")
                throw Problem(.outOfRange, "'\(name)' must be \(item.bounds), got \(given.isEmpty ? "nothing" : given)", key: name)
            }
            values[name] = value
        }
    }

    /// Limits with what the script asks for.
    func limits(from standard: ScriptLimits) -> ScriptLimits {
        var limits = standard
        for item in ScriptBudget.items { if let value = values[item.name] { item.set(&limits, value) } }
        return limits
    }

    /// `64MB`, `512KB` or a number of bytes; K is 1024.
    private static func bytes(_ text: String) -> Double? {
        let units: [(String, Double)] = [("MB", 1_048_576), ("KB", 1024), ("M", 1_048_576), ("K", 1024), ("", 1)]
        guard let unit = units.first(where: { text.uppercased().hasSuffix($0.0) }) else { return nil }
        return Double(text.dropLast(unit.0.count)).map { $0 * unit.1 }
    }
}
