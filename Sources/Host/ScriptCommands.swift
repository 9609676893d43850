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
    func stop(_ name: String) async throws(Problem) -> Value { try await host.stop(name).value }
    func reload(_ name: String) async throws(Problem) -> Value { try await host.reload(name).value }
}
