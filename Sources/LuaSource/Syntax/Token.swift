/// One word of Lua.
struct Token {
    let kind: Kind
    /// Its first byte.
    let offset: Int32
    /// Its name, text or number, as an index into the list of them.
    let value: Int32

    /// What it is; the raw value is how messages call it.
    enum Kind: String {
        case and, `break`, `do`, `else`, elseif, end, `false`, `for`, function, goto, `if`, `in`, local, `nil`, not, or, `repeat`, `return`
        case then, `true`, until, `while`

        case plus = "+"
        case minus = "-"
        case star = "*"
        case slash = "/"
        case doubleSlash = "//"
        case percent = "%"
        case caret = "^"
        case hash = "#"
        case ampersand = "&"
        case tilde = "~"
        case bar = "|"
        case shiftLeft = "<<"
        case shiftRight = ">>"
        case equal = "=="
        case notEqual = "~="
        case less = "<"
        case greater = ">"
        case atMost = "<="
        case atLeast = ">="
        case assign = "="
        case openRound = "("
        case closeRound = ")"
        case openCurly = "{"
        case closeCurly = "}"
        case openSquare = "["
        case closeSquare = "]"
        case semicolon = ";"
        case colon = ":"
        case doubleColon = "::"
        case comma = ","
        case dot = "."
        case concatenate = ".."
        case dots = "..."

        case name = "<name>"
        case string = "<string>"
        case number = "<number>"
        case endOfText = "<eof>"
        /// What cannot be read; the mistake says why.
        case mistake = "<mistake>"
    }
}

extension Token.Kind {
    /// The reserved words.
    static let words: [String: Token.Kind] = Dictionary(
        uniqueKeysWithValues: [
            .and, .break, .do, .else, .elseif, .end, .false, .for, .function, .goto, .if, .in, .local, .nil, .not, .or, .repeat, .return,
            .then, .true, .until, .while,
        ].map { ($0.rawValue, $0) })

    /// How strongly a binary operator holds what is left and right of it; nil for every other word.
    var priority: (left: Int, right: Int)? {
        switch self {
        case .or: (1, 1)
        case .and: (2, 2)
        case .less, .greater, .atMost, .atLeast, .notEqual, .equal: (3, 3)
        case .bar: (4, 4)
        case .tilde: (5, 5)
        case .ampersand: (6, 6)
        case .shiftLeft, .shiftRight: (7, 7)
        case .concatenate: (9, 8)
        case .plus, .minus: (10, 10)
        case .star, .slash, .doubleSlash, .percent: (11, 11)
        case .caret: (14, 13)
        default: nil
        }
    }

    /// How strongly a unary operator holds its operand.
    static let unaryPriority = 12

    /// Whether it is an operator before one operand.
    var isUnary: Bool { self == .not || self == .minus || self == .tilde || self == .hash }
}

/// Why text is not Lua, and where.
struct SyntaxError: Error {
    let offset: Int
    let message: String
}
