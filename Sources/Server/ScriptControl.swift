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

    /// Begins a dry run of a script of the script folder, or of a text.
    /// - Throws: `unknown`, or `script` with the traceback when it does not load.
    func shadow(_ name: String, source: String?, arguments: [String: Value]) async throws(Problem) -> Value

    /// What a dry run would have done so far.
    /// - Throws: `unknown` when there is none.
    func shadow(_ name: String) throws(Problem) -> Value

    /// Ends a dry run.
    /// - Throws: `unknown` when there is none.
    func endShadow(_ name: String) async throws(Problem) -> Value

    /// Runs for real what is in a dry run.
    /// - Throws: `unknown` when there is none, or `script` with the traceback when it does not load.
    func promote(_ name: String) async throws(Problem) -> Value

    /// Loads a script anew; the old generation keeps running when the new one fails.
    /// - Throws: `unknown`, or `script` with the traceback.
    func reload(_ name: String) async throws(Problem) -> Value

    /// Loads every running script anew; one that fails keeps its old generation.
    func reloadAll() async -> [Value]

    /// A script's text.
    /// - Throws: `unknown`.
    func source(_ name: String) throws(Problem) -> String

    /// Replaces a script's text on disk, and reloads the script if it runs.
    /// - Parameter mayReplace: looks at the text there is, nil for none, while nobody else can write it.
    /// - Throws: what `mayReplace` throws, `script` with the place or traceback; nothing has changed then.
    func save(_ name: String, source: String, mayReplace: (String?) throws(Problem) -> Void) async throws(Problem) -> Value

    /// Deletes a script's file.
    /// - Throws: `unknown`, `denied`, `conflict` while it runs, or what `mayReplace` throws.
    func delete(_ name: String, mayReplace: (String?) throws(Problem) -> Void) throws(Problem)

    /// What is wrong in program text, or probably is, as tables with `message`, `line`, `column`, `severity` (`error` or `warning`) and
    /// perhaps a `suggestion`.
    func check(_ source: String) -> [Value]

    /// The last lines of a script's log, oldest first, as tables.
    /// - Throws: `unknown`.
    func log(_ name: String) throws(Problem) -> [Value]

    /// Hands every line a script logs from now on to `deliver`, which must not block.
    /// - Throws: `unknown`, or `conflict` for one that was never run.
    func followLog(_ name: String, _ deliver: @escaping @Sendable (Value) -> Void) throws(Problem) -> Subscription

    /// Runs one turn of a session.
    /// - Throws: `conflict` when a script has the session's name.
    func evaluate(_ code: String, session: String) async throws(Problem) -> Value
}
