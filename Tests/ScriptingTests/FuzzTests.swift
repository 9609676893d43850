import Catalog
import Foundation
import Support
import Testing

@testable import LuaSource
@testable import Scripting

/// Texts that nobody would write, against everything that reads scripts. A failure is a crash, or a reader that disagrees with Lua.
///
/// `LUNETA_FUZZ_SECONDS` says how long (`make fuzz` runs for ten minutes), `LUNETA_FUZZ_SEED` where to begin. What ran when the process
/// died is in `/tmp/luneta-fuzz.lua`.
@Suite(.serialized) struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = Double(environment["LUNETA_FUZZ_SECONDS"] ?? "") ?? 3
    private static let seed = UInt64(environment["LUNETA_FUZZ_SEED"] ?? "") ?? UInt64.random(in: 1...UInt64.max)
    private static let last = "/tmp/luneta-fuzz.lua"

    /// Runs something on generated texts until the time is over.
    private func run(_ name: String, _ generate: (inout TextFuzzer) -> String, _ body: (String) throws -> Void) async rethrows {
        var fuzzer = TextFuzzer(seed: Self.seed)
        let end = ContinuousClock.now + .seconds(Self.seconds)
        var count = 0
        while ContinuousClock.now < end || count < 300 {
            let text = generate(&fuzzer)
            try? text.write(toFile: Self.last, atomically: false, encoding: .utf8)
            try body(text)
            count += 1
            // The other tests want to go on too.
            if count.isMultiple(of: 50) { await Task.yield() }
        }
        print("\(name): \(count) texts, seed \(Self.seed)")
        try? FileManager.default.removeItem(atPath: Self.last)
    }

    @Test func `no header crashes its reader`() async {
        await run("header", { $0.header() }) { text in
            if let header = try? HeaderParser.parse(text) {
                _ = try? header.arguments([:])
                _ = header.budget.limits(from: .standard)
            }
        }
    }

    @Test func `no text crashes the check, and what Lua compiles has no syntax error for it`() async {
        await run("check", { $0.program() }) { text in
            _ = ScriptCheck.findings(in: text)
            guard ScriptCheck.mistakes(in: text, limits: .standard).isEmpty else { return }
            #expect(throws: Never.self, "\(text)") { _ = try Parser.parse(SourceText(Array(text.utf8))) }
        }
    }

    @Test func `no program, and no call of the host, does more than fail`() async throws {
        var limits = ScriptLimits.standard
        limits.runSeconds = 0.02
        limits.memoryBytes = 4 << 20
        try await run("calls", { $0.isEven ? $0.calls() : $0.program() }) { text in
            let bench = try Bench(text, limits: limits, name: "fuzz")
            bench.begin()
            for _ in 0..<20 where !bench.runner.isOver {
                _ = bench.runner.pump()
                bench.clock.advance(by: 0.5)
            }
            #expect(bench.runner.statistics.memoryBytes <= limits.memoryBytes + 1024)
            bench.runner.end(.ended)
        }
    }
}

/// Makes texts that are nearly scripts.
struct TextFuzzer: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64, by Sebastiano Vigna (public domain algorithm).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    var isEven: Bool { state & 1 == 0 }

    private mutating func pick<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &self)] }

    private mutating func repeated(_ most: Int, _ separator: String, _ make: (inout TextFuzzer) -> String) -> String {
        let count = Int.random(in: 0...most, using: &self)
        return (0..<count).map { _ in make(&self) }.joined(separator: separator)
    }

    // MARK: Headers

    private static let words = [
        "dark", "number", "5", "lux", "\"below\"", "0..1000", "1e309..2", "..", "-1..-2", "nan..inf", "duration", "5m", "choice", "a|b",
        "|",
        "bool", "true", "text", "\"", "\"\"", "integer", "9223372036854775808", "-0", "control", "exposure.*", "*", "**", ";", "http",
        "still",
        "memory", "64MB", "run", "1e400", "timers", "ä", "\u{0}", "\r", "\t", "---@", "1d", "x", "us",
    ]

    mutating func header() -> String {
        repeated(6, "\n") { fuzzer in
            let tag = fuzzer.pick(["script", "about", "needs", "param", "restart", "budget", "type", ""])
            return "---@\(tag) " + fuzzer.repeated(8, " ") { $0.pick(Self.words) }
        }
    }

    // MARK: Programs

    private static let sources = hostileScripts.filter { $0.fate == .harmless || $0.source.utf8.count < 200 }.map { Array($0.source.utf8) }

    private static let tokens = [
        "local", "function", "end", "if", "then", "else", "while", "do", "for", "in", "repeat", "until", "return", "goto", "::a::", "break",
        "nil", "true", "not", "and", "or", "(", ")", "{", "}", "[", "]", "[[", "]]", "--[[", "--", "'", "\"", "\\", "=", "==", "~=", "..",
        "...", "<const>", "<close>", ":", ";", ",", "#", "-", "//", ">>", "~", "0x1p4", "1e", "0x", "9e999", "x", "camera", "print", "_ENV",
        "exposure", ".", "gain", "every", "\n", " ", "\u{1b}", "\u{0}", "ä",
    ]

    /// A script with mistakes in it.
    mutating func program() -> String {
        if Bool.random(using: &self) { return header() + "\n" + repeated(40, " ") { $0.pick(Self.tokens) } }
        var bytes = pick(Self.sources)
        for _ in 0..<Int.random(in: 1...4, using: &self) { mutate(&bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0...bytes.count, using: &self)
        switch Int.random(in: 0..<4, using: &self) {
        case 0: bytes.insert(UInt8.random(in: 0...255, using: &self), at: place)
        case 1: bytes.insert(contentsOf: Array(pick(Self.tokens).utf8), at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...8, using: &self)))
        default: bytes.insert(contentsOf: pick(Self.sources).prefix(Int.random(in: 0...40, using: &self)), at: place)
        }
    }

    // MARK: Calls

    private static let functions =
        Catalog.functions.map(\.name) + Catalog.commands.map { $0.key.hasPrefix("focus") ? "camera.\($0.key)" : $0.key }
        + [
            "require", "print", "log.info", "coroutine.wrap", "string.rep", "string.format", "table.concat", "os.date", "load",
            "setmetatable",
        ]

    private static let arguments = [
        "nil", "true", "0", "-1", "1", "1e308", "-1e308", "0/0", "1/0", "math.maxinteger", "math.mininteger", "0.5", "''", "'x'", "'5m'",
        "'civil_dusk'", "'22:30'", "'* * * * *'", "'exposure.gain'", "'night'", "('x'):rep(1000)", "'\\0'", "'\\xff'", "{}", "{ 1, 2, 3 }",
        "{ ['exposure.gain'] = 2 }", "{ over = '1s' }", "{ over = -1, ['geometry.roi'] = { 0, 0, 1, 1 } }", "{ [1.5] = 2 }",
        "{ x = print }",
        "loop", "print", "function() error({}) end", "function() sleep(0.1) end", "coroutine.create(print)", "camera", "camera.exposure",
        "persist", "handle", "change", "{ timeout = '1s' }", "{ offset = '-15m' }", "{ path = 'x.jpg' }", "'http://127.0.0.1/'",
        "setmetatable({}, { __index = function() error('x') end })", "table.unpack({}, 1, 200)",
    ]

    /// Calls of everything there is with arguments that make no sense.
    mutating func calls() -> String {
        let start = """
            local loop = {} loop.loop = loop
            local handle = after('1h', print)
            local change = camera:apply{ ['exposure.gain'] = 2 }
            profile.define('night', { ['exposure.value'] = 1 })

            """
        return start
            + repeated(12, "\n") { fuzzer in
                let call = "\(fuzzer.pick(Self.functions))(" + fuzzer.repeated(4, ", ") { $0.pick(Self.arguments) } + ")"
                return fuzzer.pick(["pcall(function() return \(call) end)", "after(0, function() \(call) end)", "persist.x = \(call)"])
            }
    }
}
