/// What one script may use.
public struct ScriptLimits: Sendable {
    /// Bytes of all Lua values together.
    public var memoryBytes = 32 << 20
    /// Bytes of the longest text.
    public var textBytes = 1 << 20
    /// Seconds of CPU time between two waits.
    public var runSeconds = 0.1
    /// Timers that are pending at once.
    public var timers = 1000
    /// Handlers of events.
    public var handlers = 1000
    /// Coroutines that wait at once.
    public var waits = 1000
    /// Events that wait for the script.
    public var events = 256
    /// Log lines a second; more are counted and left out.
    public var logLinesPerSecond = 100
    /// Events a script may emit in a second.
    public var emitsPerSecond = 100
    /// Log lines that are kept for reading.
    public var keptLogLines = 200
    /// Scripts at once, in all states.
    public var scripts = 1000

    /// Creates the standard limits.
    public init() {}

    /// 32 MB, texts up to 1 MB and 100 ms of CPU time a run.
    public static let standard = ScriptLimits()
}
