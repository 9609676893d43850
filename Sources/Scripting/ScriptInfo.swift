public import Catalog

/// Where a script is in its life; the raw value is what programs see.
public enum ScriptState: String, Sendable {
    /// Its main chunk runs for the first time; nobody sees its values yet.
    case loading
    /// It has timers, handlers or waits.
    case running
    /// It came to its end; the values it set stay until it is stopped or run again.
    case done
    /// It was stopped, or never run; it holds nothing.
    case stopped
    /// It did not load or used up a budget; it holds nothing.
    case failed
}

/// A script as people and clients see it.
public struct ScriptInfo: Sendable {
    /// Its name, without `.lua`.
    public let name: String
    /// Where it is in its life.
    public var state: ScriptState
    /// How many times it was loaded and taken into service.
    public var generation: Int
    /// What its header says.
    public var header: ScriptHeader
    /// The values of its parameters.
    public var args: [String: Value]
    /// Timers that are pending.
    public var timers: Int
    /// When the next of them is due by the wall clock, in seconds since 1970; nil when none is in sight.
    public var nextTimer: Double?
    /// Handlers of events.
    public var handlers: Int
    /// Coroutines that wait.
    public var waits: Int
    /// Bytes its Lua values take.
    public var memoryBytes: Int
    /// Seconds of CPU time this generation has used.
    public var cpuSeconds: Double
    /// Errors that ended a handler but not the script.
    public var errors: Int
    /// What went wrong last; the sentence ends with the traceback.
    public var lastProblem: Problem?
    /// Seconds until the host starts it again; nil while it is not going to.
    public var restartsIn: Double?
    /// The file it came from; nil for a one-off.
    public var path: String?

    /// The script as a table, for replies.
    public var value: Value {
        var fields: [String: Value] = [
            "name": .text(name), "state": .text(state.rawValue), "generation": .integer(generation), "about": .text(header.about),
            "needs": .list(header.needs.map(Value.text)), "parameters": .list(header.parameters.map(\.value)), "args": .table(args),
            "timers": .integer(timers), "handlers": .integer(handlers), "waits": .integer(waits), "memory_bytes": .integer(memoryBytes),
            "cpu_seconds": .number(cpuSeconds), "errors": .integer(errors),
        ]
        fields["next_timer"] = nextTimer.map(Value.number)
        fields["restarts_in"] = restartsIn.map(Value.number)
        fields["path"] = path.map(Value.text)
        fields["last_problem"] = lastProblem.map { ["code": .text($0.code.rawValue), "sentence": .text($0.sentence)] }
        return .table(fields)
    }
}
