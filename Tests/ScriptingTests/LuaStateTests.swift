import Catalog
import Testing

@testable import Scripting

/// A host that answers a call with what it was given.
private final class Echo: LuaHost {
    var wall: Double { 1_770_000_000 }
    private(set) var functions: [Int64] = []

    func call(_ operation: Int32, _ index: Int, _ tape: LuaTape) -> LuaAnswer {
        let arguments = tape.takeArguments()
        functions += arguments.compactMap { if case .function(let function) = $0 { function } else { nil } }
        switch index {
        case 1: return .failure(Problem(.timeout, "too late", key: "k", given: 3))
        case 2: return .raise(Problem(.unknown, "nobody knows"))
        case 3: return .misuse(2, "something else")
        case 4: return tape.canWait ? .wait : .raise(Problem(.conflict, "cannot wait"))
        default:
            guard case .value(let value)? = arguments.first else { return .nothing }
            return .value(value)
        }
    }

    static func state(_ limits: ScriptLimits = .standard) throws -> (Echo, LuaState) {
        let echo = Echo()
        let state = try LuaState(limits, StopFlag(), host: echo)
        let names = ["echo", "fail", "raise", "misuse", "wait"]
        let members = names.enumerated().map { ($1, LuaMember.operation(16, index: $0)) }
        try state.setGlobals(Dictionary(uniqueKeysWithValues: members), fallback: [:])
        return (echo, state)
    }
}

/// Runs text in a state of its own.
private func run(_ source: String) throws -> LuaRun {
    let (echo, state) = try Echo.state()
    defer { withExtendedLifetime(echo) {} }
    return state.start(try state.load(source, name: "test"))
}

@Test(
    arguments: [
        .null, true, false, 0, -1, .integer(.max), .integer(.min), 0.5, -0.0, .number(.infinity), .number(.leastNonzeroMagnitude), "",
        "é\u{0}\n🎈",
        .text(String(repeating: "x", count: 100_000)), [1, 2.5, "three", [true, [:]]],
        ["a": ["b": ["c": [1, 2, 3]]], "": .text("empty name")],
    ] as [Value])
func `a value comes back from Lua as it went there`(_ value: Value) throws {
    let (echo, state) = try Echo.state()
    defer { withExtendedLifetime(echo) {} }
    let function = try state.load("local v = ... return echo(v)", name: "test")
    #expect(state.start(function, value) == .done(value == .null ? [.null] : [value]))
}

@Test func `whole numbers and fractions stay what they are`() throws {
    #expect(try run("return echo(3), echo(3.0), math.type(echo(3)), math.type(echo(3.0))") == .done([3, 3.0, "integer", "float"]))
}

@Test func `text that is not UTF-8 is repaired on the way out, not refused`() throws {
    #expect(try run("return echo('a\\xffb')") == .done(["a\u{FFFD}b"]))
}

@Test(arguments: [
    ("{ [1] = 1, [3] = 3 }", "a table whose keys are neither all text nor 1 to n without holes"), ("{ [1.5] = 1 }", "a table whose keys"),
    ("coroutine.create(print)", "a coroutine"), ("{ { print } }", "a function"), ("{ [{}] = 1 }", "a table whose keys"),
    ("(function() local t = {} t[1] = t return t end)()", "a table nested too deeply or in itself"),
    ("(function() local t = {} for i = 1, 600000 do t[i] = i end return t end)()", "more than fits into one call"),
])
func `what no value can carry is refused with its reason`(_ expression: String, _ words: String) throws {
    guard case .failed(let failure) = try run("echo(\(expression))") else { return #expect(Bool(false)) }
    #expect(failure.problem.sentence.contains("bad argument #1 to 'echo' (\(words)"))
}

@Test func `an expected failure is nil and a problem with its members`() throws {
    #expect(
        try run("local v, p = fail() return v, p.code, p.key, p.given, tostring(p), p .. '!'")
            == .done([.null, "timeout", "k", 3, "too late", "too late!"]))
}

@Test func `a raised problem keeps its code through pcall and error`() throws {
    #expect(
        try run("local ok, p = pcall(raise) return ok, p.code, select(2, pcall(error, p)).code") == .done([false, "unknown", "unknown"]))
    guard case .failed(let failure) = try run("\nraise()") else { return #expect(Bool(false)) }
    #expect(failure.problem.sentence == "test:2: nobody knows")
    #expect(failure.traceback == "stack traceback:\n\t[C]: in global 'raise'\n\ttest:2: in main chunk")
}

@Test func `misuse is worded as Lua does`() throws {
    guard case .failed(let failure) = try run("misuse()") else { return #expect(Bool(false)) }
    #expect(failure.problem.sentence == "test:1: bad argument #2 to 'misuse' (something else)")
}

@Test func `a wait goes on with what it waited for`() throws {
    let (echo, state) = try Echo.state()
    defer { withExtendedLifetime(echo) {} }
    guard case .waiting(let thread) = state.start(try state.load("local v = wait() return v, (coroutine.wrap(wait)())", name: "test"))
    else {
        return #expect(Bool(false))
    }
    #expect(state.resume(thread, .value("one")) == .waiting(thread))
    #expect(state.resume(thread, .value("two")) == .done(["one", "two"]))
}

@Test func `many coroutines wait at once and collecting garbage harms none`() throws {
    let (echo, state) = try Echo.state()
    defer { withExtendedLifetime(echo) {} }
    let function = try state.load("local v = {} local n = wait() for i = 1, 1000 do v[i] = { i } end return n", name: "test")
    let threads = (0..<200).compactMap { _ in if case .waiting(let thread) = state.start(function) { thread } else { nil } }
    for (number, thread) in threads.enumerated().reversed() {
        #expect(state.resume(thread, .value(.integer(number))) == .done([.integer(number)]))
    }
}

@Test func `a call that is refused keeps none of the functions it was given`() throws {
    let (echo, state) = try Echo.state()
    _ = state.start(try state.load("pcall(raise, function() end) echo(function() end)", name: "test"))
    #expect(echo.functions.count == 2)
    #expect(state.start(echo.functions[1]) == .done([]))
    guard case .failed = state.start(echo.functions[0]) else { return #expect(Bool(false)) }
}

@Test func `an error while the stack is full is reported`() throws {
    guard case .spent(let failure, _) = try run("local function f() return 1 + f() end return f()") else { return #expect(Bool(false)) }
    #expect(failure.traceback.hasPrefix("stack traceback:"))
}

@Test func `text that does not parse says where`() throws {
    let (echo, state) = try Echo.state()
    defer { withExtendedLifetime(echo) {} }
    let failure = #expect(throws: LuaFailure.self) { try state.load("x = = 1", name: "test") }
    #expect(failure?.problem.sentence == "test:1: unexpected symbol near '='")
    #expect(throws: LuaFailure.self) { try state.load("\u{1B}Lua", name: "test") }
}

@Test func `a state frees what it used`() throws {
    let (echo, state) = try Echo.state()
    defer { withExtendedLifetime(echo) {} }
    let before = state.memory
    let function = try state.load("local t = {} for i = 1, 1000 do t[i] = ('x'):rep(100) .. i end", name: "test")
    for _ in 0..<200 { #expect(state.start(function) == .done([])) }
    #expect(state.memory < before + 2_000_000)
    #expect(before < 60_000)
}
