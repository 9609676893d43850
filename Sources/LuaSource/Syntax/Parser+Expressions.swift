internal import Catalog

extension Parser {
    typealias Node = Chunk.Node

    /// Expressions with commas between them.
    mutating func expressions() throws(SyntaxError) -> [Node] {
        var nodes = [try expression()]
        while take(.comma) { nodes.append(try expression()) }
        return nodes
    }

    /// An expression whose operators hold more strongly than `limit`.
    mutating func expression(above limit: Int = 0) throws(SyntaxError) -> Node {
        try descend()
        var node = kind.isUnary ? try unary() : try simple()
        while let priority = kind.priority, priority.left > limit {
            let (symbol, start) = (kind, Int(chunk[node].offset))
            advance()
            let right = try expression(above: priority.right)
            if symbol == .and || symbol == .or {
                chunk[node].uses.insert(.probe)
                chunk[right].uses.insert(.probe)
            }
            node = chunk.add(folded(node, symbol, right), at: start)
        }
        ascend()
        return node
    }

    private mutating func unary() throws(SyntaxError) -> Node {
        let (symbol, start) = (kind, offset)
        advance()
        let operand = try expression(above: Token.Kind.unaryPriority)
        if symbol == .not { chunk[operand].uses.insert(.probe) }
        guard symbol == .minus, case .literal(let value) = chunk[operand].kind, let negative = Folding.negated(value) else {
            return chunk.add(.unknown, at: start)
        }
        return chunk.add(.literal(negative), at: start)
    }

    private func folded(_ left: Node, _ symbol: Token.Kind, _ right: Node) -> Chunk.Expression.Kind {
        guard case .literal(let a) = chunk[left].kind, case .literal(let b) = chunk[right].kind else { return .unknown }
        return Folding.result(a, symbol, b).map { .literal($0) } ?? .unknown
    }

    private mutating func simple() throws(SyntaxError) -> Node {
        let start = offset
        switch kind {
        case .number: return literal(list.numbers[Int(token.value)])
        case .string: return textLiteral()
        case .nil: return literal(.null)
        case .true: return literal(true)
        case .false: return literal(false)
        case .dots:
            guard scopes.hasArguments else { throw mistake("cannot use '...' outside a function that takes it") }
            advance()
            return chunk.add(.arguments, at: start)
        case .openCurly: return try table()
        case .function:
            advance()
            return try functionBody(at: start)
        default: return try suffixedExpression()
        }
    }

    private mutating func literal(_ value: Value) -> Node {
        let node = chunk.add(.literal(value), at: offset)
        advance()
        return node
    }

    private mutating func textLiteral() -> Node {
        let node = chunk.add(list.texts[Int(token.value)].map { .literal(.text($0)) } ?? .unknown, at: offset)
        advance()
        return node
    }

    // MARK: Names, members, calls

    /// A name or an expression in parentheses, with all that follows it: `a.b[1]:c(2) "d"`.
    mutating func suffixedExpression() throws(SyntaxError) -> Node {
        var node = try primary()
        while true {
            switch kind {
            case .dot:
                advance()
                node = member(of: node, try name())
            case .openSquare: node = try element(of: node)
            case .colon:
                advance()
                node = try call(member(of: node, try name()), isMethod: true)
            case .openRound, .string, .openCurly: node = try call(node, isMethod: false)
            default: return node
            }
        }
    }

    private mutating func primary() throws(SyntaxError) -> Node {
        let start = offset
        switch kind {
        case .name: return variable(try name(), at: start)
        case .openRound:
            advance()
            let node = try expression()
            try expect(.closeRound, toClose: .openRound, at: start)
            chunk[node].uses.insert(.parenthesised)
            return node
        default: throw mistake("unexpected symbol")
        }
    }

    /// A local or a global.
    mutating func variable(_ name: Int, at start: Int) -> Node {
        if let local = scopes.local(name) { return chunk.add(.local(local), at: start) }
        let spelling = spelling(name)
        if spelling == "_ENV" { chunk.hasOpenGlobals = true }
        return chunk.add(.global(spelling), at: start)
    }

    /// A member by the name that has just been gone past.
    mutating func member(of base: Node, _ name: Int) -> Node {
        chunk[base].uses.insert(.base)
        return chunk.add(.member(of: base, spelling(name)), at: Int(list.tokens[next - 1].offset))
    }

    private mutating func element(of base: Node) throws(SyntaxError) -> Node {
        let start = offset
        advance()
        let index = try expression()
        try expect(.closeSquare, toClose: .openSquare, at: start)
        guard case .literal(.text(let name)) = chunk[index].kind else { return chunk.add(.element(of: base), at: start) }
        chunk[base].uses.insert(.base)
        return chunk.add(.member(of: base, name), at: Int(chunk[index].offset))
    }

    private mutating func call(_ callee: Node, isMethod: Bool) throws(SyntaxError) -> Node {
        let start = offset
        var arguments: [Node] = []
        switch kind {
        case .string: arguments = [textLiteral()]
        case .openCurly: arguments = [try table()]
        case .openRound:
            advance()
            if kind != .closeRound { arguments = try expressions() }
            try expect(.closeRound, toClose: .openRound, at: start)
        default: throw expected("the arguments of a call")
        }
        chunk[callee].uses.insert(.callee)
        return chunk.add(.call(callee, arguments, isMethod: isMethod), at: Int(chunk[callee].offset))
    }

    // MARK: Functions and tables

    /// Parameters and body of a function.
    mutating func functionBody(at start: Int, isMethod: Bool = false) throws(SyntaxError) -> Node {
        let opening = offset
        try expect(.openRound)
        let (names, hasArguments) = try parameters()
        try expect(.closeRound)
        let number = chunk.functions.count
        chunk.functions.append(Chunk.Function())
        scopes.beginFunction(number, hasArguments: hasArguments)
        if isMethod { try declareSelf() }
        for name in names { try declare(name, makeLocal(name)) }
        try block()
        try expect(.end, toClose: .function, at: opening)
        try scopes.endFunction()
        return chunk.add(.function(number), at: start)
    }

    /// The object of a method; where nobody names it, it only counts.
    private mutating func declareSelf() throws(SyntaxError) {
        guard let own = selfName else { return scopes.declareHidden(1) }
        try declare(own, makeLocal(own))
    }

    private mutating func parameters() throws(SyntaxError) -> (names: [Int], hasArguments: Bool) {
        var names: [Int] = []
        guard kind != .closeRound else { return (names, false) }
        repeat {
            if take(.dots) { return (names, true) }
            names.append(try name())
        } while take(.comma)
        return (names, false)
    }

    private mutating func table() throws(SyntaxError) -> Node {
        let start = offset
        advance()
        var table = Chunk.Table()
        while kind != .closeCurly {
            try addField(to: &table)
            guard take(.comma) || take(.semicolon) else { break }
        }
        try expect(.closeCurly, toClose: .openCurly, at: start)
        chunk.tables.append(table)
        return chunk.add(.table(chunk.tables.count - 1), at: start)
    }

    private mutating func addField(to table: inout Chunk.Table) throws(SyntaxError) {
        let start = offset
        if kind == .name, list.tokens[next + 1].kind == .assign {
            let name = spelling(try name())
            advance()
            table.fields.append(Chunk.Field(name: name, offset: start, value: try expression()))
        } else if kind == .openSquare {
            try addIndexedField(to: &table)
        } else {
            let value = try expression()
            if case .arguments = chunk[value].kind { table.isComplete = false }
            if case .call = chunk[value].kind { table.isComplete = false }
            table.fields.append(Chunk.Field(name: nil, offset: start, value: value))
        }
    }

    private mutating func addIndexedField(to table: inout Chunk.Table) throws(SyntaxError) {
        let start = offset
        advance()
        let index = try expression()
        try expect(.closeSquare, toClose: .openSquare, at: start)
        try expect(.assign)
        let value = try expression()
        guard case .literal(.text(let name)) = chunk[index].kind else {
            table.isComplete = false
            return
        }
        table.fields.append(Chunk.Field(name: name, offset: Int(chunk[index].offset), value: value))
    }
}
