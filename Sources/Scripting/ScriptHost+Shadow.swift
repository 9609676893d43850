public import Catalog
internal import Timing

/// A script in a dry run.
struct Shadow: Sendable {
    let script: Script
    let records: ShadowRecords
    /// When it was begun, in seconds since 1970.
    let since: Double

    /// The dry run as a table, for replies.
    var value: Value {
        guard case .table(var fields) = script.info.value else { return .null }
        fields["since"] = .number(since)
        fields["count"] = .integer(records.count)
        fields["changes"] = .list(records.kept.map(\.value))
        fields["log"] = .list(script.lines.map(\.value))
        return .table(fields)
    }
}

/// Dry runs: a script sees live events and time, and what it would change is only noted. One of the same name may run meanwhile.
extension ScriptHost {
    /// Begins the dry run of a script of the folders, or of a text; an older dry run of that name is over.
    /// - Throws: `unknown`, or `script` with the traceback when it does not load.
    public func shadow(_ name: String, source: String? = nil, args: [String: Value] = [:]) async throws(Problem) -> Value {
        try ScriptFolders.check(name)
        if let source { try ScriptFolders.check(bytes: source.utf8.count, name) }
        let text = if let source { try text(source, path: nil, args) } else { try text(try folders.find(name), args) }
        let shadow = makeShadow(name, text)
        try await shadow.script.run(text)
        let former = shadows.withLock { shadows in
            defer { shadows[name] = shadow }
            return shadows[name]
        }
        try? await former?.script.stop()
        return shadow.value
    }

    /// What the dry run of a script would have done so far.
    /// - Throws: `unknown` when there is none.
    public func shadowValue(_ name: String) throws(Problem) -> Value { try shadowing(name).value }

    /// Ends the dry run of a script.
    /// - Throws: `unknown` when there is none.
    public func endShadow(_ name: String) async throws(Problem) -> Value {
        let shadow = try shadowing(name)
        try await shadow.script.stop()
        shadows.withLock { if $0[name]?.script === shadow.script { $0[name] = nil } }
        return shadow.value
    }

    /// Runs what was in a dry run: it replaces the script of its name if that runs. The dry run is over when it has loaded.
    /// - Throws: `unknown` when there is none, or why it does not load; all is as it was then.
    public func promote(_ name: String) async throws(Problem) -> ScriptInfo {
        let text = try shadowing(name).script.text
        let script = try admit(name, text)
        if script.isRunning { try await script.reload(text) } else { try await script.run(text) }
        _ = try? await endShadow(name)
        return script.info
    }

    /// Ends every dry run.
    func endShadows() async {
        for name in shadows.withLock({ $0.keys.sorted() }) { _ = try? await endShadow(name) }
    }

    private func shadowing(_ name: String) throws(Problem) -> Shadow {
        guard let shadow = shadows.withLock({ $0[name] }) else {
            throw Problem(.unknown, "there is no dry run of '\(name)'; begin one with POST /v1/scripts/\(name)/run?shadow=1", key: name)
        }
        return shadow
    }

    private func makeShadow(_ name: String, _ text: Script.Text) -> Shadow {
        var services = services(name, isKept: false)
        services.log = ScriptLog("\(name), dry run", limits, clock, sink: log)
        let records = ShadowRecords(clock, services.log)
        // It begins with what the script keeps, and keeps nothing.
        try? services.persist.keep(PersistStore(name, book: book).values)
        services.surface = ShadowSurface(services.surface, clock, records)
        services.web = ShadowWeb(real: services.web, records: records)
        return Shadow(script: Script(name, text, services), records: records, since: clock.wall)
    }
}
