public import Catalog

extension ScriptHost {
    /// Carries out a command of the `script` topic, with arguments that the Catalog has checked; the reply as a table or a list.
    /// - Throws: `unknown` for another command, and whatever the command throws.
    public func perform(_ command: String, _ arguments: [String: Value]) async throws(Problem) -> Value {
        let name = arguments["name"]?.string
        switch command {
        case "script.list": return .list(list().map(\.value))
        case "script.run": return try await run(arguments, name).value
        case "script.stop": return try await stop(name ?? "").value
        case "script.reload":
            guard let name else { return .list(await reloadAll().map(\.value)) }
            return try await reload(name).value
        default: throw .unknown("command", command)
        }
    }

    private func run(_ arguments: [String: Value], _ name: String?) async throws(Problem) -> ScriptInfo {
        let args = arguments["args"] ?? [:]
        // An empty table of a script arrives as either.
        guard let args = args.table ?? (args == [] ? [:] : nil) else { throw .wrongType("args", expected: "a table", got: args) }
        if let source = arguments["source"]?.string { return try await run(source: source, name: name, args: args) }
        guard let name else { throw Problem(.wrongType, "'script.run' needs 'name' or 'source'", key: "name") }
        return try await run(name, args: args)
    }
}
