internal import Catalog

/// What a Lua state calls: leaf functions that answer and never call back into the state.
protocol LuaHost: AnyObject {
    /// Carries out an operation on the arguments that `tape` holds.
    func call(_ operation: Int32, _ index: Int, _ tape: LuaTape) -> LuaAnswer
    /// Seconds since 1970 for `os.time` and `os.date`.
    var wall: Double { get }
}

/// An argument from a script.
enum LuaArgument {
    case value(Value)
    /// A function, kept under this number until it is dropped.
    case function(Int64)
    /// A thing of the host: its class and number.
    case object(Int, Int)
}

/// What an operation answers.
enum LuaAnswer {
    case nothing
    case value(Value)
    case object(Int, Int)
    /// `nil, problem`: an expected failure.
    case failure(Problem)
    /// Raises the problem at the line that called.
    case raise(Problem)
    /// Raises `bad argument #1 to 'every' (text)`.
    case misuse(Int, String)
    /// The caller waits until it is resumed.
    case wait
}

/// A name a script finds.
indirect enum LuaMember: Sendable {
    case value(Value)
    /// A function that calls the host.
    case operation(Int32, index: Int)
    /// A member that is read and written through the host; only in a proxy.
    case accessor(Int)
    /// A table whose unknown names are problems.
    case proxy(String, [String: LuaMember])
    /// A table whose names only the host knows.
    case openProxy(String)
    /// A plain table.
    case table([String: LuaMember])
}

/// How a run ended.
enum LuaRun: Equatable {
    /// It came to its end with these results.
    case done([Value])
    /// It waits; the number names it.
    case waiting(Int64)
    /// It raised.
    case failed(LuaFailure)
    /// It ran out of memory, used up its CPU time or was interrupted; nothing more may run.
    case spent(LuaFailure, Budget)

    /// Whether it has come to an end.
    var isOver: Bool { if case .waiting = self { false } else { true } }

    enum Budget { case memory, time, interrupted }
}

/// What was raised, and where.
struct LuaFailure: Error, Equatable {
    var problem: Problem
    var traceback: String
}
