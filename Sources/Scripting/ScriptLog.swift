public import Catalog
internal import Timing

/// A line of a script's own log.
public struct ScriptLogLine: Sendable, Equatable {
    /// How much it matters.
    public enum Level: String, Sendable, CaseIterable {
        /// For whoever writes the script.
        case debug
        /// What it does.
        case info
        /// What may need a look.
        case warn
        /// What went wrong.
        case error
    }

    /// The script.
    public let script: String
    /// How much it matters.
    public let level: Level
    /// What it says.
    public let text: String
    /// Values beside the text.
    public let fields: [String: Value]
    /// When, in seconds since 1970.
    public let time: Double
}

/// The log of one script over all its generations: the last lines for reading, every line to the host, floods cut off and counted.
final class ScriptLog: Sendable {
    private struct State {
        var lines: [ScriptLogLine] = []
        var rate: RateLimit
    }

    private let script: String
    private let kept: Int
    private let clock: any HostClock
    private let sink: @Sendable (ScriptLogLine) -> Void
    private let state: Mutex<State>

    init(_ script: String, _ limits: ScriptLimits, _ clock: any HostClock, sink: @escaping @Sendable (ScriptLogLine) -> Void) {
        self.script = script
        self.kept = limits.keptLogLines
        self.clock = clock
        self.sink = sink
        state = Mutex(State(rate: RateLimit(perSecond: limits.logLinesPerSecond)))
    }

    /// The last lines, oldest first.
    var lines: [ScriptLogLine] { state.withLock { $0.lines } }

    /// Writes a line, unless there were too many in this second.
    func write(_ level: ScriptLogLine.Level, _ text: String, _ fields: [String: Value] = [:]) {
        let now = clock.now
        let line = ScriptLogLine(script: script, level: level, text: String(text.prefix(4000)), fields: fields, time: clock.wall)
        let written = state.withLock { state -> [ScriptLogLine] in
            guard state.rate.admit(at: now) else { return [] }
            let lost = state.rate.takeRefused()
            let gap = ScriptLogLine(script: script, level: .warn, text: "\(lost) lines were left out", fields: [:], time: line.time)
            let new = lost > 0 ? [gap, line] : [line]
            state.lines = (state.lines + new).suffix(kept)
            return new
        }
        for line in written { sink(line) }
    }
}
