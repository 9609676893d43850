import Catalog
import Timing

@testable import Server

/// A script host in memory that knows one script.
final class FakeScripts: ScriptControl {
    private let state = Mutex<(calls: [String], isRunning: Bool)>(([], false))

    /// What was asked for, in order.
    var calls: [String] { state.withLock { $0.calls } }

    func list() -> [Value] { [["name": "night", "state": "stopped"]] }

    func info(_ name: String) throws(Problem) -> Value {
        guard name == "night" else { throw .unknown("script", name, among: ["night"]) }
        return ["name": "night", "state": .text(state.withLock { $0.isRunning } ? "running" : "stopped")]
    }

    func run(name: String, arguments: [String: Value]) async throws(Problem) -> Value {
        _ = try info(name)
        let wasRunning = state.withLock { state in
            defer { state.isRunning = true }
            state.calls.append("run \(name) \(Value.table(arguments))")
            return state.isRunning
        }
        if wasRunning { throw Problem(.conflict, "the script '\(name)' runs already; stop it first", key: name) }
        return try info(name)
    }

    func run(source: String, name: String?, arguments: [String: Value]) async throws(Problem) -> Value {
        state.withLock { $0.calls.append("source \(name ?? "-") \(source.utf8.count)") }
        if source == "bad(" { throw Problem(.script, "bad.lua:1: unexpected symbol near <eof>\nstack traceback:", key: name) }
        return ["name": .text(name ?? "oneoff"), "state": "running"]
    }

    func shadow(_ name: String, source: String?, arguments: [String: Value]) async throws(Problem) -> Value {
        state.withLock { $0.calls.append("shadow \(name) \(source ?? "-") \(Value.table(arguments))") }
        return ["name": .text(name), "state": "running", "changes": []]
    }

    func shadow(_ name: String) throws(Problem) -> Value {
        guard calls.contains(where: { $0.hasPrefix("shadow \(name)") }) else { throw .unknown("dry run", name) }
        return ["name": .text(name), "changes": []]
    }

    func endShadow(_ name: String) async throws(Problem) -> Value { try shadow(name) }

    func promote(_ name: String) async throws(Problem) -> Value {
        _ = try shadow(name)
        state.withLock { $0.calls.append("promote \(name)") }
        return ["name": .text(name), "state": "running"]
    }

    func stop(_ name: String) async throws(Problem) -> Value {
        state.withLock { state in
            state.calls.append("stop \(name)")
            state.isRunning = false
        }
        return try info(name)
    }

    func reload(_ name: String) async throws(Problem) -> Value {
        state.withLock { $0.calls.append("reload \(name)") }
        return try info(name)
    }

    func reloadAll() async -> [Value] { list() }

    func source(_ name: String) throws(Problem) -> String {
        _ = try info(name)
        return "-- night"
    }

    func save(_ name: String, source: String, mayReplace: (String?) throws(Problem) -> Void) async throws(Problem) -> Value {
        try mayReplace(name == "night" ? "-- night" : nil)
        return ["name": .text(name), "state": "stopped"]
    }

    func delete(_ name: String, mayReplace: (String?) throws(Problem) -> Void) throws(Problem) {
        try mayReplace(try source(name))
    }

    func check(_ source: String) -> [Value] { [] }

    func log(_ name: String) throws(Problem) -> [Value] { [] }

    func followLog(_ name: String, _ deliver: @escaping @Sendable (Value) -> Void) throws(Problem) -> Subscription {
        _ = try info(name)
        return Subscription {}
    }

    func evaluate(_ code: String, session: String) async throws(Problem) -> Value { ["ok": true] }
}
