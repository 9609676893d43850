public import Catalog

/// All that the server knows of the script host.
public protocol ScriptControl: Sendable {
    /// Every script, as tables.
    func list() -> [Value]

    /// One script.
    /// - Throws: `unknown`.
    func info(_ name: String) throws(Problem) -> Value

    /// Runs a script of the script folder.
    /// - Throws: `unknown`, `conflict` when it runs already, `script` with the traceback when it does not load.
    func run(name: String, arguments: [String: Value]) async throws(Problem) -> Value

    /// Runs a one-off from its source; nil lets the host name it.
    /// - Throws: `conflict`, or `script` with the traceback when it does not load.
    func run(source: String, name: String?, arguments: [String: Value]) async throws(Problem) -> Value

    /// Stops a script.
    /// - Throws: `unknown`, or `conflict` when it does not run.
    func stop(_ name: String) async throws(Problem) -> Value

    /// Loads a script anew; the old generation keeps running when the new one fails.
    /// - Throws: `unknown`, or `script` with the traceback.
    func reload(_ name: String) async throws(Problem) -> Value
}
