internal import Catalog

/// Reads Lua 5.4, with the scopes of its names, into a chunk; stops at the first mistake as Lua's own compiler does.
struct Parser {
    let text: SourceText
    let list: TokenList
    var next = 0
    var chunk = Chunk()
    var scopes: Scopes
    /// The number of the name `self`, where the text has it.
    let selfName: Int?
    private var depth = 0

    /// The chunk of a text.
    /// - Throws: the first mistake.
    static func parse(_ text: SourceText) throws(SyntaxError) -> Chunk {
        var parser = Parser(text)
        parser.chunk.functions.append(Chunk.Function())
        parser.scopes.beginFunction(0, hasArguments: true)
        try parser.block()
        guard parser.kind == .endOfText else { throw parser.expected("<eof>") }
        try parser.scopes.endFunction()
        return parser.chunk
    }

    private init(_ text: SourceText) {
        self.text = text
        list = Lexer.words(of: text.bytes)
        scopes = Scopes(names: list.names)
        selfName = list.names.firstIndex(of: "self")
    }

    // MARK: Words

    var token: Token { list.tokens[next] }
    var kind: Token.Kind { token.kind }
    var offset: Int { Int(token.offset) }

    /// Goes past a word; the last one stays.
    mutating func advance() { if next + 1 < list.tokens.count { next += 1 } }

    /// Goes past the next word if it is of a kind.
    mutating func take(_ wanted: Token.Kind) -> Bool {
        guard kind == wanted else { return false }
        advance()
        return true
    }

    mutating func expect(_ wanted: Token.Kind) throws(SyntaxError) {
        guard take(wanted) else { throw expected("'\(wanted.rawValue)'") }
    }

    /// Expects the word that closes what began at `opening`.
    mutating func expect(_ wanted: Token.Kind, toClose opener: Token.Kind, at opening: Int) throws(SyntaxError) {
        guard !take(wanted) else { return }
        let line = text.line(opening)
        guard line != text.line(offset) else { throw expected("'\(wanted.rawValue)'") }
        throw mistake("'\(wanted.rawValue)' expected (to close '\(opener.rawValue)' at line \(line))")
    }

    /// Goes past a name and gives its number.
    mutating func name() throws(SyntaxError) -> Int {
        guard kind == .name else { throw expected("a name") }
        defer { advance() }
        return Int(token.value)
    }

    func spelling(_ name: Int) -> String { list.names[name] }

    // MARK: Mistakes

    func expected(_ what: String) -> SyntaxError { mistake("\(what) expected") }

    /// A mistake at the next word, unless that word cannot even be read.
    func mistake(_ message: String) -> SyntaxError {
        if kind == .mistake, let unreadable = list.mistake { return unreadable }
        return SyntaxError(offset: offset, message: "\(message) near \(nearWord)")
    }

    private var nearWord: String {
        guard kind != .endOfText else { return kind.rawValue }
        switch kind {
        case .name: return "'\(spelling(Int(token.value)).prefix(40))'"
        case .string: return "a text"
        case .number: return "a number"
        default: return "'\(kind.rawValue)'"
        }
    }

    // MARK: Depth

    /// Lua's compiler goes no deeper.
    private static let deepest = 199

    /// Notes one level of nesting more.
    mutating func descend() throws(SyntaxError) {
        depth += 1
        guard depth <= Parser.deepest else {
            throw SyntaxError(offset: offset, message: "nested too deeply: more than \(Parser.deepest) levels")
        }
    }

    /// Notes that so many levels have ended.
    mutating func ascend(_ levels: Int = 1) { depth -= levels }

    // MARK: Locals

    /// The most locals of a function that Lua takes.
    private static let mostLocals = 200

    /// Makes a local that no name means yet.
    mutating func makeLocal(_ name: Int, value: Chunk.Node? = nil, isConstant: Bool = false) -> Int {
        if spelling(name) == "_ENV" { chunk.hasOpenGlobals = true }
        chunk.locals.append(Chunk.Local(name: spelling(name), value: value, isConstant: isConstant))
        return chunk.locals.count - 1
    }

    /// Lets a name mean a local from here on.
    mutating func declare(_ name: Int, _ local: Int) throws(SyntaxError) {
        try checkRoom(for: 1)
        scopes.declare(name, local)
    }

    /// Makes sure that a function gets no more locals than Lua takes.
    func checkRoom(for count: Int) throws(SyntaxError) {
        guard scopes.localCount + count <= Parser.mostLocals else {
            throw SyntaxError(offset: offset, message: "too many local variables in one function, the limit is \(Parser.mostLocals)")
        }
    }
}
