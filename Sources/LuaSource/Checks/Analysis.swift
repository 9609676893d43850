internal import Catalog

/// Compares a script with what the host offers.
///
/// It goes through the expressions once, in order: what an expression is made of comes before it, so its meaning is known.
struct Analysis {
    let chunk: Chunk
    let surface: ScriptSurface
    let text: SourceText
    var findings: Findings
    /// What each expression up to here stands for.
    var meanings: [ScriptSurface.Member] = []
    /// What may be touched; nil while that cannot be told.
    var needs: Needs?
    /// What has been compared with the needs.
    var checkedUses: Set<Needs.Use> = []
    /// The tables of values that have been checked.
    var checkedTables: Set<Int> = []
    /// The lines of the header that have been found missing.
    var missingLines: Set<String> = []
    /// How many more values may be looked at, so that tables used again and again take no time.
    var effort = 200_000
    let globals: Globals

    init(_ text: SourceText, _ chunk: Chunk, _ surface: ScriptSurface) {
        self.text = text
        self.chunk = chunk
        self.surface = surface
        findings = Findings(text)
        globals = Globals(chunk)
    }

    mutating func run(needs given: [String]) {
        needs = readNeeds(given)
        meanings.reserveCapacity(chunk.expressions.count)
        for node in chunk.expressions.indices {
            meanings.append(meaning(of: node))
            if case .call(let callee, let arguments, let isMethod) = chunk[node].kind {
                checkCall(of: callee, with: arguments, isMethod: isMethod)
            }
        }
        for assignment in chunk.assignments { checkAssignment(assignment) }
        checkSelftest()
    }

    // MARK: Meanings

    private mutating func meaning(of node: Chunk.Node) -> ScriptSurface.Member {
        switch chunk[node].kind {
        case .local(let local):
            guard let value = origin(of: local), value < node else { return .open }
            return meanings[value]
        case .global(let name): return global(name, at: node)
        case .member(let base, let name):
            if case .global("_G") = chunk[base].kind, !globals.assigned.contains("_G") { return field(name) }
            return member(name, of: meanings[base], at: node)
        default: return .open
        }
    }

    /// The expression a local stands for, as long as nothing else is assigned to it.
    func origin(of local: Int) -> Chunk.Node? { chunk.locals[local].isReassigned ? nil : chunk.locals[local].value }

    /// `_G.name` may be nil.
    private func field(_ name: String) -> ScriptSurface.Member {
        guard !globals.assigned.contains(name) else { return .open }
        return switch surface.globals[name] {
        case .absent, .later, nil: .open
        case let member?: member
        }
    }

    private mutating func global(_ name: String, at node: Chunk.Node) -> ScriptSurface.Member {
        guard !globals.assigned.contains(name) else { return .open }
        guard let member = surface.globals[name] else {
            if !chunk.hasOpenGlobals, !globals.isOpen { reportUnknown(name, at: node) }
            return .open
        }
        return checked(member, at: node)
    }

    private mutating func member(_ name: String, of base: ScriptSurface.Member, at node: Chunk.Node) -> ScriptSurface.Member {
        switch base {
        case .table(let table):
            if let member = table.members[name] { return checked(member, at: node) }
            if table.isSealed || !globals.added.contains("\(table.path).\(name)") { reportUnknown(name, in: table, at: node) }
            return .open
        case .rawControls: return .control("raw.\(name)")
        default: return .open
        }
    }

    /// Says what there is to say about naming a member.
    private mutating func checked(_ member: ScriptSurface.Member, at node: Chunk.Node) -> ScriptSurface.Member {
        let uses = chunk[node].uses
        switch member {
        case .later(let name):
            // Even asking whether it is there raises.
            report(node, "this version of luneta has no '\(name)'; it is planned for a later one")
            return .open
        case .absent(let name, let instead):
            if !uses.contains(.probe), !uses.contains(.target) { report(node, "scripts have no '\(name)': \(instead)") }
            return .open
        case .command(let command): use(.command(command.key), at: Int(chunk[node].offset))
        case .function(let function) where function.name.hasPrefix("http."):
            if !uses.contains(.callee), !uses.contains(.target) { use(.http(host: nil), at: Int(chunk[node].offset)) }
        default: break
        }
        return member
    }

    // MARK: Findings

    mutating func report(_ node: Chunk.Node, _ message: String, suggestion: String? = nil) {
        findings.add(.error, at: Int(chunk[node].offset), message, suggestion: suggestion)
    }

    /// The nearest of some names; nil where there is none or nobody would read it.
    func nearest(_ name: String, among names: some Sequence<String>) -> String? {
        guard findings.hasRoom, name.utf8.count <= 100 else { return nil }
        return Spelling.nearest(name, among: Array(names))
    }
}

/// The globals of a script, and what it does with them.
struct Globals {
    /// Those that it assigns.
    private(set) var assigned: Set<String> = []
    /// The functions assigned to each, by number; nil stands for something else.
    private(set) var functions: [String: [Int?]] = [:]
    /// The members that it gives to tables, as `string.trim`.
    private(set) var added: Set<String> = []
    private(set) var read: Set<String> = []
    /// Whether it uses the table of them as a whole, so that they may come from everywhere.
    private(set) var isOpen = false

    init(_ chunk: Chunk) {
        for expression in chunk.expressions {
            guard case .global(let name) = expression.kind else { continue }
            if !expression.uses.contains(.target) { read.insert(name) }
            if name == "_G", !expression.uses.contains(.base) { isOpen = true }
        }
        for assignment in chunk.assignments { add(assignment, chunk) }
    }

    private mutating func add(_ assignment: Chunk.Assignment, _ chunk: Chunk) {
        switch chunk[assignment.target].kind {
        case .global(let name): define(name, assignment, chunk)
        case .member(let base, let name):
            guard case .global(let table) = chunk[base].kind else { return addMember(name, of: base, chunk) }
            if table == "_G" { define(name, assignment, chunk) }
            added.insert("\(table).\(name)")
        default: break
        }
    }

    private mutating func define(_ name: String, _ assignment: Chunk.Assignment, _ chunk: Chunk) {
        assigned.insert(name)
        guard let value = assignment.value, case .function(let number) = chunk[value].kind else {
            return functions[name, default: []].append(nil)
        }
        functions[name, default: []].append(number)
    }

    /// `local text = string; function text.trim() end` adds to the table too.
    private mutating func addMember(_ name: String, of base: Chunk.Node, _ chunk: Chunk) {
        guard case .local(let local) = chunk[base].kind, let value = chunk.locals[local].value else { return }
        if case .global(let table) = chunk[value].kind { added.insert("\(table).\(name)") }
    }
}
