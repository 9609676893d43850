internal import Catalog
internal import Engine
internal import Scripting
internal import Server

/// Joins the script host to the engine and to the server.
enum ScriptCommands {
    /// Lets the script host carry out the `script.*` commands of the Catalog.
    static func register(_ scripts: ScriptHost, on engine: Engine) {
        for command in Catalog.commands where command.key.hasPrefix("script.") {
            engine.handle(command.key) { (arguments, _) throws(Problem) in try await scripts.perform(command.key, arguments) }
        }
    }
}

/// The script host as the server sees it.
struct RemoteScripts: ScriptControl {
    let host: ScriptHost

    func list() -> [Value] { host.list().map(\.value) }
    func info(_ name: String) throws(Problem) -> Value { try host.info(name).value }
    func run(name: String, arguments: [String: Value]) async throws(Problem) -> Value { try await host.run(name, args: arguments).value }
    func run(source: String, name: String?, arguments: [String: Value]) async throws(Problem) -> Value {
        try await host.run(source: source, name: name, args: arguments).value
    }
    func shadow(_ name: String, source: String?, arguments: [String: Value]) async throws(Problem) -> Value {
        try await host.shadow(name, source: source, args: arguments)
    }
    func shadow(_ name: String) throws(Problem) -> Value { try host.shadowValue(name) }
    func endShadow(_ name: String) async throws(Problem) -> Value { try await host.endShadow(name) }
    func promote(_ name: String) async throws(Problem) -> Value { try await host.promote(name).value }
    func stop(_ name: String) async throws(Problem) -> Value { try await host.stop(name).value }
    func reload(_ name: String) async throws(Problem) -> Value { try await host.reload(name).value }
    func reloadAll() async -> [Value] { await host.reloadAll().map(\.value) }

    func source(_ name: String) throws(Problem) -> String { try host.source(name) }
    func save(_ name: String, source: String, mayReplace: (String?) throws(Problem) -> Void) async throws(Problem) -> Value {
        try await host.save(name, source: source, mayReplace: mayReplace).value
    }
    func delete(_ name: String, mayReplace: (String?) throws(Problem) -> Void) throws(Problem) {
        try host.delete(name, mayReplace: mayReplace)
    }
    func check(_ source: String) -> [Value] { host.check(source).map(\.value) }

    func log(_ name: String) throws(Problem) -> [Value] { try host.logLines(name).map(\.value) }
    func followLog(_ name: String, _ deliver: @escaping @Sendable (Value) -> Void) throws(Problem) -> Subscription {
        try host.followLog(name) { deliver($0.value) }
    }
    func evaluate(_ code: String, session: String) async throws(Problem) -> Value {
        try await host.evaluate(code, session: session).value
    }
}
