internal import Catalog

/// The words of a text, in order, with what they say; ends with the end of the text or the first mistake.
struct TokenList {
    var tokens: [Token] = []
    /// Every name once.
    var names: [String] = []
    /// The texts of literals; nil for one that is not UTF-8.
    var texts: [String?] = []
    var numbers: [Value] = []
    /// What the last word is about, when it is a mistake.
    var mistake: SyntaxError?
}

/// Cuts text into words.
struct Lexer {
    let bytes: [UInt8]
    var at = 0
    private var list = TokenList()
    private var knownNames: [String: Int32] = [:]

    /// The words of a text.
    static func words(of bytes: [UInt8]) -> TokenList {
        var lexer = Lexer(bytes: bytes)
        lexer.list.tokens.reserveCapacity(bytes.count / 4)
        do throws(SyntaxError) {
            while try lexer.addWord() {}
        } catch {
            lexer.list.mistake = error
            lexer.list.tokens.append(Token(kind: .mistake, offset: Int32(error.offset), value: 0))
        }
        return lexer.list
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// The byte so many places ahead as a character; nil after the end.
    func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        at + ahead < bytes.count ? Unicode.Scalar(bytes[at + ahead]) : nil
    }

    /// Goes past a character if it is the next one.
    mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard peek() == wanted else { return false }
        at += 1
        return true
    }

    func mistake(_ message: String, from start: Int) -> SyntaxError {
        SyntaxError(offset: start, message: "\(message) near '\(excerpt(start))'")
    }

    /// The text from `start` on as a message shows it.
    private func excerpt(_ start: Int) -> String {
        let end = min(max(at, start + 1), bytes.count)
        guard end - start > 40 else { return String(decoding: bytes[min(start, end)..<end], as: UTF8.self) }
        return String(decoding: bytes[start..<start + 40], as: UTF8.self) + "…"
    }

    // MARK: Words

    /// Adds the next word; false after the last one.
    private mutating func addWord() throws(SyntaxError) -> Bool {
        try skipBlanks()
        let start = at
        guard let first = peek() else {
            add(.endOfText, start)
            return false
        }
        if first.isLuaLetter {
            addName(start)
        } else if first.isDecimalDigit || first == "." && peek(1)?.isDecimalDigit == true {
            list.numbers.append(try number())
            add(.number, start, list.numbers.count - 1)
        } else if first == "\"" || first == "'" {
            addText(try quotedText(), start)
        } else if first == "[", let level = try longLevel() {
            addText(try longText(level, called: "string"), start)
        } else {
            at += 1
            add(try symbol(first, start), start)
        }
        return true
    }

    private mutating func add(_ kind: Token.Kind, _ start: Int, _ value: Int = 0) {
        list.tokens.append(Token(kind: kind, offset: Int32(start), value: Int32(value)))
    }

    private mutating func addName(_ start: Int) {
        repeat { at += 1 } while peek()?.isLuaLetterOrDigit == true
        let name = String(decoding: bytes[start..<at], as: UTF8.self)
        if let word = Token.Kind.words[name] { return add(word, start) }
        if let known = knownNames[name] { return add(.name, start, Int(known)) }
        knownNames[name] = Int32(list.names.count)
        list.names.append(name)
        add(.name, start, list.names.count - 1)
    }

    private mutating func addText(_ text: [UInt8], _ start: Int) {
        list.texts.append(String(validating: text, as: UTF8.self))
        add(.string, start, list.texts.count - 1)
    }

    // MARK: Blanks

    private mutating func skipBlanks() throws(SyntaxError) {
        while let next = peek() {
            if next.isLuaBlank {
                at += 1
            } else if next == "-", peek(1) == "-" {
                at += 2
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(SyntaxError) {
        if peek() == "[", let level = try? longLevel() {
            _ = try longText(level, called: "comment")
        } else {
            while let next = peek(), next != "\n", next != "\r" { at += 1 }
        }
    }

    // MARK: Symbols

    private mutating func symbol(_ first: Unicode.Scalar, _ start: Int) throws(SyntaxError) -> Token.Kind {
        switch first {
        case "=": return take("=") ? .equal : .assign
        case "<": return take("=") ? .atMost : take("<") ? .shiftLeft : .less
        case ">": return take("=") ? .atLeast : take(">") ? .shiftRight : .greater
        case "~": return take("=") ? .notEqual : .tilde
        case "/": return take("/") ? .doubleSlash : .slash
        case ":": return take(":") ? .doubleColon : .colon
        case ".": return take(".") ? (take(".") ? .dots : .concatenate) : .dot
        default:
            guard let kind = Lexer.symbols[first] else { throw mistake("unexpected symbol", from: start) }
            return kind
        }
    }

    private static let symbols: [Unicode.Scalar: Token.Kind] = [
        "+": .plus, "-": .minus, "*": .star, "%": .percent, "^": .caret, "#": .hash, "&": .ampersand, "|": .bar, "(": .openRound,
        ")": .closeRound, "{": .openCurly, "}": .closeCurly, "[": .openSquare, "]": .closeSquare, ";": .semicolon, ",": .comma,
    ]
}

extension Unicode.Scalar {
    /// What a name begins with; Lua knows ASCII letters only.
    var isLuaLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_" }
    var isDecimalDigit: Bool { ("0"..."9").contains(self) }
    var isLuaLetterOrDigit: Bool { isLuaLetter || isDecimalDigit }
    var isLuaBlank: Bool { self == " " || ("\t"..."\r").contains(self) }

    /// What a hexadecimal digit counts; nil for everything else.
    var hexadecimalDigit: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "a"..."f": value - 0x61 + 10
        case "A"..."F": value - 0x41 + 10
        default: nil
        }
    }
}
