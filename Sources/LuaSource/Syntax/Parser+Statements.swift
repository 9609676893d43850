extension Parser {
    // MARK: Blocks

    /// Statements up to the end of a block; nothing may follow a `return`.
    mutating func block() throws(SyntaxError) {
        while !isBlockEnd(orUntil: true) {
            let isLast = kind == .return
            try descend()
            try statement()
            ascend()
            if isLast { return }
        }
    }

    func isBlockEnd(orUntil: Bool) -> Bool {
        switch kind {
        case .else, .elseif, .end, .endOfText: true
        case .until: orUntil
        default: false
        }
    }

    /// A block with a scope of its own.
    private mutating func scope(isLoop: Bool = false) throws(SyntaxError) {
        scopes.beginBlock(isLoop: isLoop)
        try block()
        scopes.endBlock()
    }

    // MARK: Statements

    private mutating func statement() throws(SyntaxError) {
        let start = offset
        switch kind {
        case .semicolon: advance()
        case .if: try ifStatement()
        case .while: try whileLoop()
        case .do:
            advance()
            try scope()
            try expect(.end, toClose: .do, at: start)
        case .for: try forLoop()
        case .repeat: try repeatLoop()
        case .function: try functionStatement()
        case .local:
            advance()
            if take(.function) { try localFunction() } else { try localStatement() }
        case .doubleColon: try label()
        case .return: try returnStatement()
        case .break:
            advance()
            scopes.jump(to: nil, at: start)
        case .goto:
            advance()
            scopes.jump(to: try name(), at: start)
        default: try callOrAssignment()
        }
    }

    private mutating func ifStatement() throws(SyntaxError) {
        let start = offset
        repeat {
            advance()
            _ = try expression()
            try expect(.then)
            try scope()
        } while kind == .elseif
        if take(.else) { try scope() }
        try expect(.end, toClose: .if, at: start)
    }

    private mutating func whileLoop() throws(SyntaxError) {
        let start = offset
        advance()
        _ = try expression()
        try expect(.do)
        try scope(isLoop: true)
        try expect(.end, toClose: .while, at: start)
    }

    /// The condition sees the locals of the body.
    private mutating func repeatLoop() throws(SyntaxError) {
        let start = offset
        advance()
        scopes.beginBlock(isLoop: true)
        scopes.beginBlock()
        try block()
        try expect(.until, toClose: .repeat, at: start)
        _ = try expression()
        scopes.endBlock()
        scopes.endBlock()
    }

    private mutating func forLoop() throws(SyntaxError) {
        let start = offset
        advance()
        scopes.beginBlock(isLoop: true)
        var names = [try name()]
        switch kind {
        case .assign:
            advance()
            _ = try expression()
            try expect(.comma)
            _ = try expression()
            if take(.comma) { _ = try expression() }
            try checkRoom(for: 3)
            scopes.declareHidden(3)
        case .comma, .in:
            while take(.comma) { names.append(try name()) }
            try expect(.in)
            _ = try expressions()
            try checkRoom(for: 4)
            scopes.declareHidden(4)
        default: throw expected("'=' or 'in'")
        }
        try loopBody(names)
        try expect(.end, toClose: .for, at: start)
        scopes.endBlock()
    }

    private mutating func loopBody(_ names: [Int]) throws(SyntaxError) {
        try expect(.do)
        scopes.beginBlock()
        for name in names { try declare(name, makeLocal(name)) }
        try block()
        scopes.endBlock()
    }

    private mutating func returnStatement() throws(SyntaxError) {
        advance()
        if !isBlockEnd(orUntil: true), kind != .semicolon {
            for value in try expressions() where mayBeFunction(value) { chunk.functions[scopes.function].mayReturnFunction = true }
        }
        _ = take(.semicolon)
    }

    private func mayBeFunction(_ node: Chunk.Node) -> Bool {
        switch chunk[node].kind {
        case .literal, .table: false
        default: true
        }
    }

    /// Empty statements and more labels may follow a label that counts as the last of its block.
    private mutating func label() throws(SyntaxError) {
        let start = offset
        advance()
        let name = try name()
        try expect(.doubleColon)
        while kind == .semicolon || kind == .doubleColon {
            try descend()
            try statement()
            ascend()
        }
        try scopes.addLabel(name, at: start, isLast: isBlockEnd(orUntil: false))
    }

    // MARK: Locals and functions

    private mutating func localFunction() throws(SyntaxError) {
        let name = try name()
        let local = makeLocal(name)
        try declare(name, local)
        chunk.locals[local].value = try functionBody(at: offset)
    }

    private mutating func localStatement() throws(SyntaxError) {
        var names: [Int] = []
        var attributes: [String?] = []
        repeat {
            names.append(try name())
            attributes.append(try attribute())
            try checkRoom(for: names.count)
        } while take(.comma)
        guard attributes.count(where: { $0 == "close" }) <= 1 else { throw mistake("more than one '<close>' in a 'local'") }
        let values = take(.assign) ? try expressions() : []
        for (index, name) in names.enumerated() {
            let local = makeLocal(name, value: self.value(index, of: values), isConstant: attributes[index] != nil)
            try declare(name, local)
        }
    }

    private mutating func attribute() throws(SyntaxError) -> String? {
        guard take(.less) else { return nil }
        let attribute = spelling(try name())
        try expect(.greater)
        guard attribute == "const" || attribute == "close" else { throw mistake("unknown attribute '\(attribute.prefix(40))'") }
        return attribute
    }

    /// `function a.b:c() end` is an assignment.
    private mutating func functionStatement() throws(SyntaxError) {
        advance()
        var target = variable(try name(), at: Int(list.tokens[next - 1].offset))
        var isMethod = false
        while !isMethod, kind == .dot || kind == .colon {
            isMethod = kind == .colon
            advance()
            target = member(of: target, try name())
        }
        let function = try functionBody(at: offset, isMethod: isMethod)
        try assign([target], [function])
    }

    // MARK: Assignments

    private mutating func callOrAssignment() throws(SyntaxError) {
        let first = try suffixedExpression()
        guard kind == .assign || kind == .comma else {
            guard case .call = chunk[first].kind, !chunk[first].uses.contains(.parenthesised) else { throw mistake("syntax error") }
            return
        }
        try checkTarget(first)
        var targets = [first]
        while take(.comma) {
            let target = try suffixedExpression()
            try checkTarget(target)
            targets.append(target)
            // Lua's compiler nests once for every target but the first.
            try descend()
        }
        try expect(.assign)
        let values = try expressions()
        ascend(targets.count - 1)
        try assign(targets, values)
    }

    private func checkTarget(_ node: Chunk.Node) throws(SyntaxError) {
        if !chunk[node].uses.contains(.parenthesised) {
            switch chunk[node].kind {
            case .local, .global, .member, .element: return
            default: break
            }
        }
        throw mistake("syntax error")
    }

    private mutating func assign(_ targets: [Chunk.Node], _ values: [Chunk.Node]) throws(SyntaxError) {
        for (index, target) in targets.enumerated() {
            chunk[target].uses.insert(.target)
            if case .local(let local) = chunk[target].kind {
                guard !chunk.locals[local].isConstant else {
                    throw SyntaxError(
                        offset: Int(chunk[target].offset), message: "cannot assign to the constant '\(chunk.locals[local].name.prefix(40))'"
                    )
                }
                chunk.locals[local].isReassigned = true
            }
            noteMutation(target)
            chunk.assignments.append(Chunk.Assignment(target: target, value: value(index, of: values)))
        }
    }

    private mutating func noteMutation(_ target: Chunk.Node) {
        switch chunk[target].kind {
        case .member(let base, _), .element(let base):
            if case .local(let local) = chunk[base].kind { chunk.locals[local].isMutated = true }
        default: break
        }
    }

    /// The expression that gives value number `index`; nil when there is none, or when a call gives several.
    private func value(_ index: Int, of values: [Chunk.Node]) -> Chunk.Node? {
        guard index < values.count else { return nil }
        return values[index]
    }
}
