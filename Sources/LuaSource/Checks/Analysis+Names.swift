internal import Catalog

extension Analysis {
    /// A global that nobody defines.
    mutating func reportUnknown(_ name: String, at node: Chunk.Node) {
        guard findings.hasRoom else { return }
        // Thousands of globals are not a script that somebody wrote.
        let near = nearest(name, among: offered(surface.globals) + (globals.assigned.count <= 200 ? Array(globals.assigned) : []))
        // A module may set globals, although it had better return a table.
        let severity: Finding.Severity = globals.read.contains("require") ? .warning : .error
        findings.add(severity, at: Int(chunk[node].offset), "unknown name '\(short(name))'\(question(near))", suggestion: near)
    }

    private func offered(_ members: [String: ScriptSurface.Member]) -> [String] {
        members.filter { !$0.value.isAbsent }.map(\.key)
    }

    /// A name that a table of the host or of Lua's library does not have.
    mutating func reportUnknown(_ name: String, in table: ScriptSurface.Table, at node: Chunk.Node) {
        guard findings.hasRoom else { return }
        let near = nearest(name, in: table)
        let question = question(near.map { "\(table.key).\($0)" })
        report(node, "there is no \(table.noun) '\(table.key).\(short(name))'\(question)", suggestion: near)
    }

    /// The running host compares whole keys in its own tables, which is more generous.
    private func nearest(_ name: String, in table: ScriptSurface.Table) -> String? {
        let names = offered(table.members)
        guard table.isSealed else { return nearest(name, among: names) }
        let prefix = table.key + "."
        return nearest(prefix + name, among: names.map { prefix + $0 }).map { String($0.dropFirst(prefix.count)) }
    }

    /// A key in a table of values that is no control.
    mutating func reportUnknownControl(_ key: String, at offset: Int) {
        guard findings.hasRoom else { return }
        let near = nearest(key, among: surface.controls.keys)
        findings.add(.error, at: offset, "there is no control '\(short(key))'\(question(near))", suggestion: near)
    }

    /// Whether there may be a control of that key.
    func mayExist(control key: String) -> Bool { surface.controls[key] != nil || key.hasPrefix("raw.") }

    /// A function that is never called, whose name is nearly one that the host calls.
    mutating func checkSelftest() {
        guard !globals.assigned.contains("selftest") else { return }
        for assignment in chunk.assignments {
            guard case .global(let name) = chunk[assignment.target].kind, !globals.read.contains(name), surface.globals[name] == nil,
                let value = assignment.value, case .function = chunk[value].kind, nearest(name, among: ["selftest"]) != nil
            else { continue }
            findings.add(
                .warning, at: Int(chunk[assignment.target].offset), "nobody calls '\(name)'; did you mean 'selftest'?",
                suggestion: "selftest")
        }
    }

    func question(_ near: String?) -> String { near.map { "; did you mean '\($0)'?" } ?? "" }

    /// A name as messages show it.
    func short(_ name: String) -> String { name.utf8.count <= 100 ? name : String(name.prefix(60)) + "…" }
}
