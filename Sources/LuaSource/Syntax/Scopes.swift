/// Which locals and labels a place in the text sees.
struct Scopes {
    /// The locals seen, from the outside in; those that a loop keeps for itself have no number.
    private var visible: [Visible] = []
    /// The local that a name means here, by the number of the name.
    private var meanings: [Int?]
    private var blocks: [Block] = []
    private var functions: [Function] = []
    private var labels: [Mark] = []
    private var jumps: [Mark] = []
    private let names: [String]

    init(names: [String]) {
        self.names = names
        meanings = Array(repeating: nil, count: names.count)
    }

    private struct Visible {
        let local: Int?
        let name: Int
        /// What the name meant before.
        let hidden: Int?
    }

    private struct Block {
        let isLoop: Bool
        let locals: Int
        let labels: Int
        let jumps: Int
    }

    private struct Function {
        let locals: Int
        let labels: Int
        let hasArguments: Bool
        let number: Int
    }

    /// A label, or a jump to one that has not come yet; without a name it is a `break`.
    private struct Mark {
        let name: Int?
        let offset: Int
        /// How many locals are seen there.
        var locals: Int
    }

    // MARK: Functions and blocks

    /// The number of the function around here.
    var function: Int { functions.last?.number ?? 0 }
    /// Whether `...` means something here.
    var hasArguments: Bool { functions.last?.hasArguments ?? false }

    mutating func beginFunction(_ number: Int, hasArguments: Bool) {
        functions.append(Function(locals: visible.count, labels: labels.count, hasArguments: hasArguments, number: number))
        beginBlock()
    }

    mutating func endFunction() throws(SyntaxError) {
        functions.removeLast()
        let block = close()
        if let lost = jumps[block.jumps...].first { throw unresolved(lost) }
    }

    mutating func beginBlock(isLoop: Bool = false) {
        blocks.append(Block(isLoop: isLoop, locals: visible.count, labels: labels.count, jumps: jumps.count))
    }

    mutating func endBlock() {
        let block = close()
        for index in block.jumps..<jumps.count { jumps[index].locals = block.locals }
    }

    private mutating func close() -> Block {
        let block = blocks.removeLast()
        while visible.count > block.locals {
            let last = visible.removeLast()
            if last.local != nil { meanings[last.name] = last.hidden }
        }
        labels.removeSubrange(block.labels...)
        if block.isLoop { jumps[block.jumps...].removeAll { $0.name == nil } }
        return block
    }

    // MARK: Locals

    /// How many locals of the function around here are seen.
    var localCount: Int { visible.count - (functions.last?.locals ?? 0) }

    /// Lets a name mean a local from here to the end of the block.
    mutating func declare(_ name: Int, _ local: Int) {
        visible.append(Visible(local: local, name: name, hidden: meanings[name]))
        meanings[name] = local
    }

    /// Counts locals that a loop keeps for itself.
    mutating func declareHidden(_ count: Int) {
        for _ in 0..<count { visible.append(Visible(local: nil, name: 0, hidden: nil)) }
    }

    /// The local that a name means here; nil for a global.
    func local(_ name: Int) -> Int? { meanings[name] }

    // MARK: Jumps

    /// Notes a jump; one back to a label that is seen is settled at once.
    mutating func jump(to name: Int?, at offset: Int) {
        if let name, label(name) != nil { return }
        jumps.append(Mark(name: name, offset: offset, locals: visible.count))
    }

    /// Adds a label; one at the end of its block counts as standing outside its locals.
    mutating func addLabel(_ name: Int, at offset: Int, isLast: Bool) throws(SyntaxError) {
        guard label(name) == nil else { throw SyntaxError(offset: offset, message: "the label '\(names[name])' is there already") }
        guard let block = blocks.last else { return }
        let label = Mark(name: name, offset: offset, locals: isLast ? block.locals : visible.count)
        for jump in jumps[block.jumps...] where jump.name == name && jump.locals < label.locals {
            let hidden = visible[jump.locals]
            let local = hidden.local == nil ? "a loop" : "local '\(names[hidden.name])'"
            throw SyntaxError(offset: jump.offset, message: "'goto \(names[name])' jumps into the scope of \(local)")
        }
        jumps[block.jumps...].removeAll { $0.name == name }
        labels.append(label)
    }

    private func label(_ name: Int) -> Mark? {
        labels[(functions.last?.labels ?? 0)...].first { $0.name == name }
    }

    private func unresolved(_ jump: Mark) -> SyntaxError {
        guard let name = jump.name else { return SyntaxError(offset: jump.offset, message: "'break' outside a loop") }
        return SyntaxError(offset: jump.offset, message: "no visible label '\(names[name])' for this 'goto'")
    }
}
