internal import Catalog
internal import Timing

/// Something a script would have done.
struct ShadowRecord: Sendable {
    /// When, in seconds since 1970.
    let time: Double
    /// What: `set`, `release`, `push`, `pop`, `perform`, `emit` or `request`.
    let what: String
    /// The profile, command, topic or address it is about; nil for controls.
    let name: String?
    /// Controls, arguments or fields.
    let values: [String: Value]

    /// The record as a table, for replies.
    var value: Value {
        var fields: [String: Value] = ["time": .number(time), "what": .text(what), "values": .table(values)]
        fields["name"] = name.map(Value.text)
        return .table(fields)
    }

    /// The record as a line of the script's log.
    var line: String { "would \(what)" + (name.map { " \($0)" } ?? "") }
}

/// What a script would have done so far: the last records, and how many there were.
final class ShadowRecords: Sendable {
    private struct State {
        var kept: [ShadowRecord] = []
        var count = 0
    }

    private static let most = 500
    private let state = Mutex(State())
    private let clock: any HostClock
    private let log: ScriptLog

    init(_ clock: any HostClock, _ log: ScriptLog) {
        self.clock = clock
        self.log = log
    }

    var kept: [ShadowRecord] { state.withLock { $0.kept } }
    var count: Int { state.withLock { $0.count } }

    /// Notes something, and tells it in the script's log.
    func note(_ what: String, _ name: String? = nil, _ values: [String: Value] = [:]) {
        let record = ShadowRecord(time: clock.wall, what: what, name: name, values: values)
        state.withLock { state in
            state.kept = (state.kept + [record]).suffix(ShadowRecords.most)
            state.count += 1
        }
        log.write(.info, record.line, values)
    }
}
