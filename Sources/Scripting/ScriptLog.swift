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

    /// The line as a table, for replies.
    public var value: Value {
        ["time": .number(time), "level": .text(level.rawValue), "text": .text(text), "fields": .table(fields)]
    }
}

/// The log of one script over all its generations: the last lines for reading, every line to the host, floods cut off and counted.
final class ScriptLog: Sendable {
    private struct State {
        var lines: [ScriptLogLine] = []
        var rate: RateLimit
        /// Lines written since the script was known.
        var count = 0
        var followers: [Int: @Sendable (ScriptLogLine) -> Void] = [:]
        var nextFollower = 0
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

    /// Lets so many lines a second pass from now on.
    func limit(perSecond: Int) { state.withLock { $0.rate.perSecond = Double(perSecond) } }

    /// The last lines, oldest first.
    var lines: [ScriptLogLine] { state.withLock { $0.lines } }

    /// How many lines were written so far.
    var count: Int { state.withLock { $0.count } }

    /// The lines after the first so many, as far as they are kept.
    func lines(since mark: Int) -> [ScriptLogLine] { state.withLock { Array($0.lines.suffix(max(0, $0.count - mark))) } }

    /// Hands every line from now on to `deliver`, on the script's thread.
    func follow(_ deliver: @escaping @Sendable (ScriptLogLine) -> Void) -> Subscription {
        let number = state.withLock { state in
            state.nextFollower += 1
            state.followers[state.nextFollower] = deliver
            return state.nextFollower
        }
        return Subscription { [weak self] in
            let gone = self?.state.withLock { $0.followers.removeValue(forKey: number) }
            _ = gone  // released outside the lock
        }
    }

    /// Writes a line, unless there were too many in this second.
    func write(_ level: ScriptLogLine.Level, _ text: String, _ fields: [String: Value] = [:]) {
        let now = clock.now
        let line = ScriptLogLine(script: script, level: level, text: String(text.prefix(4000)), fields: fields, time: clock.wall)
        let (written, followers) = state.withLock { state -> ([ScriptLogLine], [@Sendable (ScriptLogLine) -> Void]) in
            guard state.rate.admit(at: now) else { return ([], []) }
            let lost = state.rate.takeRefused()
            let gap = ScriptLogLine(script: script, level: .warn, text: "\(lost) lines were left out", fields: [:], time: line.time)
            let new = lost > 0 ? [gap, line] : [line]
            state.lines = (state.lines + new).suffix(kept)
            state.count += new.count
            return (new, Array(state.followers.values))
        }
        for line in written {
            sink(line)
            for follower in followers { follower(line) }
        }
    }
}
