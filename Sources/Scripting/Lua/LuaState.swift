internal import CLua
internal import Catalog

/// One Lua state; belongs to the thread that uses it.
final class LuaState {
    private let handle: OpaquePointer
    private let tape: LuaTape
    private let flag: StopFlag
    private let link: HostLink

    /// Creates a state that calls `host`, which must outlive it.
    /// - Throws: `budget` when the limits are too small for the libraries.
    /// - Parameter seed: makes runs repeatable: random numbers, and the order in which `pairs` goes through a table.
    init(_ limits: ScriptLimits, _ flag: StopFlag, seed: UInt32? = nil, host: any LuaHost) throws(Problem) {
        link = HostLink(host)
        self.flag = flag
        var bounds = clua_limits(
            memory: limits.memoryBytes, text: limits.textBytes, run: Int64(limits.runSeconds * 1e9),
            is_repeatable: seed != nil, seed: seed ?? 0)
        let context = Unmanaged.passUnretained(link).toOpaque()
        guard let handle = clua_create(&bounds, flag.handle, callHost, readWall, context) else {
            throw Problem(.budget, "\(limits.memoryBytes) bytes are too few for a script")
        }
        self.handle = handle
        tape = LuaTape(handle: handle)
        link.tape = tape
    }

    deinit { clua_destroy(handle) }

    /// Bytes in use.
    var memory: Int { clua_memory(handle) }
    /// Seconds of CPU time of all runs.
    var cpuSeconds: Double { Double(clua_cpu(handle)) / 1e9 }

    // MARK: What a script finds

    /// Sets globals, and what answers names that are not set.
    /// - Throws: `budget` when they are more than the limits allow.
    func setGlobals(_ members: [String: LuaMember], fallback: [String: LuaMember]) throws(Problem) {
        tape.clear()
        tape.put(.table(members))
        tape.put(.table(fallback))
        guard !tape.isFull, clua_set_globals(handle) else {
            throw Problem(.budget, "what the host offers and its arguments do not fit into the script's memory")
        }
    }

    /// Sets the methods of a class of objects.
    /// - Throws: `budget` when they are more than the limits allow.
    func setClass(_ number: Int, _ name: String, _ methods: [String: LuaMember]) throws(Problem) {
        tape.clear()
        tape.put(.table(methods))
        guard clua_set_class(handle, Int64(number), name) else {
            throw Problem(.budget, "what the host offers does not fit into the script's memory")
        }
    }

    /// What a script may keep from one generation to the next.
    func setPersist(_ values: [String: Value]) -> Bool {
        tape.clear()
        tape.put(.table(values))
        return !tape.isFull && clua_set_persist(handle)
    }

    /// The persistent values, when they were used since the last call.
    /// - Throws: what cannot be kept.
    func takePersist() throws(Problem) -> [String: Value]? {
        guard clua_take_persist(handle) else { return nil }
        switch tape.takeValue() {
        case .table(let values): return values
        case .text(let wrong): throw Problem(.wrongType, "'persist' keeps what JSON can carry, got \(wrong)", key: "persist")
        default: return nil
        }
    }

    /// Makes the system's string library available as `stock`, for tests that compare with it.
    func setStockStrings() -> Bool { clua_set_stock_strings(handle) }

    // MARK: Runs

    /// Compiles text; `name` is what positions show.
    func load(_ source: String, name: String) throws(LuaFailure) -> Int64 {
        var source = source
        let function = source.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { clua_load(handle, $0.baseAddress, $0.count, name) }
        }
        guard function != 0 else { throw tape.takeFailure(.script) }
        return function
    }

    /// A function the script keeps in a global.
    func globalFunction(_ name: String) -> Int64? {
        let function = clua_global_function(handle, name)
        return function == 0 ? nil : function
    }

    /// Gives up a kept function.
    func drop(_ function: Int64) { clua_drop(handle, function) }

    /// Starts a kept function in a coroutine of its own.
    func start(_ function: Int64, _ argument: Value? = nil) -> LuaRun {
        tape.clear()
        if let argument { tape.put(argument) }
        if tape.isFull { return .failed(LuaFailure(problem: LuaTape.tooMuch, traceback: "")) }
        var thread: Int64 = 0
        let status = clua_start(handle, function, &thread)
        return run(status, thread)
    }

    /// Goes on with a coroutine whose wait returns `answer`.
    func resume(_ thread: Int64, _ answer: LuaAnswer) -> LuaRun {
        tape.clear()
        _ = tape.put(answer, orElse: .failure(LuaTape.tooMuch))
        return run(clua_resume(handle, thread), thread)
    }

    /// A result as a value; what the host cannot carry is named.
    private func plain(_ result: LuaArgument) -> Value {
        if case .value(let value) = result { value } else { "a thing of the host" }
    }

    private func run(_ status: clua_status, _ thread: Int64) -> LuaRun {
        switch status {
        case CLUA_DONE: .done(tape.takeArguments().map(plain))
        case CLUA_WAITING: .waiting(thread)
        case CLUA_FAILED: .failed(tape.takeFailure(.script))
        case CLUA_MEMORY: .spent(tape.takeFailure(.budget), .memory)
        case CLUA_OVERRUN: .spent(tape.takeFailure(.budget), .time)
        default: .spent(tape.takeFailure(.conflict), .interrupted)
        }
    }
}

/// What C hands back to find the host; unowned, because the host owns the state, and unsafe, because that is checked for each call otherwise.
private final class HostLink {
    unowned(unsafe) let host: any LuaHost
    var tape: LuaTape?

    init(_ host: any LuaHost) { self.host = host }
}

private func callHost(_ context: UnsafeMutableRawPointer?, _ operation: Int32, _ index: Int64) -> Int32 {
    guard let context else { preconditionFailure("a Lua state without a host") }
    let link = Unmanaged<HostLink>.fromOpaque(context).takeUnretainedValue()
    guard let tape = link.tape else { preconditionFailure("a Lua state calls before it is made") }
    return tape.put(link.host.call(operation, Int(index), tape), orElse: .raise(LuaTape.tooMuch))
}

private func readWall(_ context: UnsafeMutableRawPointer?) -> Double {
    guard let context else { return 0 }
    return Unmanaged<HostLink>.fromOpaque(context).takeUnretainedValue().host.wall
}
