public import Catalog
public import LuaSource
internal import Timing

extension ScriptHost {
    /// A script's text: that of its file, or what a one-off was given.
    /// - Throws: `unknown`.
    public func source(_ name: String) throws(Problem) -> String {
        guard let script = known(name) else { return try folders.find(name).text }
        if script.info.path == nil { return script.text.source }
        // One whose file is gone still runs.
        return (try? folders.find(name).text) ?? script.text.source
    }

    /// Writes a script's file in the user's folder; one that runs is reloaded with the text first.
    /// - Parameter mayReplace: looks at the text there is, nil for none, while nobody else can write it.
    /// - Throws: what `mayReplace` throws; why the text does not load, with the traceback; or why it cannot be written: nothing has changed
    ///   on disk then.
    public func save(_ name: String, source: String, mayReplace: (String?) throws(Problem) -> Void) async throws(Problem) -> ScriptInfo {
        try ScriptFolders.check(name)
        try ScriptFolders.check(bytes: source.utf8.count, name)
        try claim(name)
        defer { unclaim(name) }
        try mayReplace(try? self.source(name))
        try refuseMistakes(in: source, name)
        let file = try folders.prepare(name, source)
        if let script = known(name), script.isRunning {
            do throws(Problem) {
                try await script.reload(try text(source, path: file.path, script.text.given), isNoted: false)
            } catch {
                file.discard()
                throw error
            }
        }
        try file.commit()
        return try info(name)
    }

    /// Deletes a script's file from the user's folder.
    /// - Throws: `unknown`, `denied` for one that comes with Luneta, `conflict` while it runs, or what `mayReplace` throws.
    public func delete(_ name: String, mayReplace: (String?) throws(Problem) -> Void) throws(Problem) {
        try claim(name)
        defer { unclaim(name) }
        let file = try folders.find(name)
        try mayReplace(file.text)
        if known(name)?.isRunning == true { throw Problem(.conflict, "script '\(name)' runs; stop it first", key: name) }
        try folders.delete(name)
    }

    /// Looks for mistakes in program text without running it; none is an empty list.
    public func check(_ source: String) -> [Finding] { ScriptCheck.findings(in: source) }

    /// Hands every line a script logs from now on to `deliver`, on its thread; `deliver` must not block.
    /// - Throws: `unknown`, or `conflict` for one that was never run.
    public func followLog(_ name: String, _ deliver: @escaping @Sendable (ScriptLogLine) -> Void) throws(Problem) -> Subscription {
        guard let script = known(name) else {
            _ = try folders.find(name)
            throw Problem(.conflict, "script '\(name)' was not run yet; it has no log", key: name)
        }
        return script.followLog(deliver)
    }

    private func refuseMistakes(in source: String, _ name: String) throws(Problem) {
        guard let mistake = ScriptCheck.mistakes(in: source, limits: limits).first else { return }
        throw Problem(.script, mistake.sentence(in: name), key: name)
    }

    private func claim(_ name: String) throws(Problem) {
        guard saving.withLock({ $0.insert(name).inserted }) else {
            throw Problem(.conflict, "somebody else is just writing script '\(name)'", key: name)
        }
    }

    private func unclaim(_ name: String) { saving.withLock { _ = $0.remove(name) } }
}

extension ScriptHost {
    /// Runs code in a session that lasts from turn to turn, and begins it when there is none. A session is a script of its name: it is
    /// listed, holds what it sets, and can be stopped.
    /// - Parameters:
    ///   - session: its name.
    ///   - patience: seconds after which a turn that still waits is answered as waiting.
    /// - Throws: `conflict` when another kind of script has the name, `budget` when there are too many.
    public func evaluate(_ code: String, session: String = "repl", patience: Double = 10) async throws(Problem) -> Evaluation {
        try ScriptFolders.check(session)
        try ScriptFolders.check(bytes: code.utf8.count, session)
        if known(session)?.isRunning != true { try await begin(session) }
        guard let script = known(session), script.text.isSession else {
            throw Problem(.conflict, "'\(session)' is a script; give the session another name", key: "session")
        }
        return await script.evaluate(code, patience: patience)
    }

    private func begin(_ session: String) async throws(Problem) {
        var text = try text("", path: nil, [:])
        text.isSession = true
        text.needs = .everything
        try await admit(session, text).run(text)
    }
}
