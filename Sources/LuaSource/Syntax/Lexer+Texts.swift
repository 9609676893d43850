extension Lexer {
    // MARK: Long brackets

    /// The number of equals signs between the two brackets that begin here, which are gone past; nil for a bracket of its own.
    mutating func longLevel() throws(SyntaxError) -> Int? {
        var level = 0
        while peek(1 + level) == "=" { level += 1 }
        if peek(1 + level) == "[" {
            at += level + 2
            return level
        }
        guard level > 0 else { return nil }
        let start = at
        throw mistake("invalid long string delimiter", from: start)
    }

    /// What stands up to the closing bracket of a level, which is gone past.
    mutating func longText(_ level: Int, called what: String) throws(SyntaxError) -> [UInt8] {
        let start = at
        while let next = peek() {
            if next == "]", isClosing(level) {
                let text = bytes[start..<at]
                at += level + 2
                return Lexer.withoutFirstBreak(text)
            }
            at += 1
        }
        throw SyntaxError(offset: start - level - 2, message: "unfinished long \(what)")
    }

    private func isClosing(_ level: Int) -> Bool {
        guard peek(1 + level) == "]" else { return false }
        return (0..<level).allSatisfy { peek(1 + $0) == "=" }
    }

    /// Line breaks inside stay as they are written, which matters to nobody here.
    private static func withoutFirstBreak(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard let first = text.first, first == 0x0A || first == 0x0D else { return Array(text) }
        let rest = text.dropFirst()
        if let second = rest.first, second != first, second == 0x0A || second == 0x0D { return Array(rest.dropFirst()) }
        return Array(rest)
    }

    // MARK: Quoted text

    mutating func quotedText() throws(SyntaxError) -> [UInt8] {
        let start = at
        let quote = bytes[start]
        at += 1
        var text: [UInt8] = []
        while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D {
            let byte = bytes[at]
            at += 1
            if byte == quote { return text }
            if byte == UInt8(ascii: "\\") { try escape(&text, start) } else { text.append(byte) }
        }
        throw mistake("unfinished string", from: start)
    }

    private mutating func escape(_ text: inout [UInt8], _ start: Int) throws(SyntaxError) {
        guard let letter = peek() else { throw mistake("unfinished string", from: start) }
        if letter.isDecimalDigit { return text.append(try decimalEscape(start)) }
        at += 1
        switch letter {
        case "x": text.append(try hexadecimalEscape(start))
        case "u": text += try scalarEscape(start)
        case "z": while peek()?.isLuaBlank == true { at += 1 }
        case "\n", "\r":
            if let next = peek(), next != letter, next == "\n" || next == "\r" { at += 1 }
            text.append(0x0A)
        default:
            guard let byte = Lexer.escapes[letter] else { throw mistake("invalid escape sequence", from: start) }
            text.append(byte)
        }
    }

    private static let escapes: [Unicode.Scalar: UInt8] = [
        "a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 0x5C, "\"": 0x22, "'": 0x27,
    ]

    /// `\65`: up to three digits.
    private mutating func decimalEscape(_ start: Int) throws(SyntaxError) -> UInt8 {
        var code: UInt32 = 0
        for _ in 0..<3 {
            guard let digit = peek(), digit.isDecimalDigit else { break }
            code = code * 10 + digit.value - 0x30
            at += 1
        }
        guard let byte = UInt8(exactly: code) else { throw mistake("decimal escape too large", from: start) }
        return byte
    }

    /// `\x41`: two digits.
    private mutating func hexadecimalEscape(_ start: Int) throws(SyntaxError) -> UInt8 {
        guard let high = peek()?.hexadecimalDigit, let low = peek(1)?.hexadecimalDigit else {
            throw mistake("hexadecimal digit expected", from: start)
        }
        at += 2
        return UInt8(high * 16 + low)
    }

    /// `\u{2014}`: a code below 2^31, in the oldest form of UTF-8, which has up to six bytes.
    private mutating func scalarEscape(_ start: Int) throws(SyntaxError) -> [UInt8] {
        guard take("{") else { throw mistake("missing '{' in \\u{xxxx}", from: start) }
        guard var code = peek()?.hexadecimalDigit else { throw mistake("hexadecimal digit expected", from: start) }
        at += 1
        while let digit = peek()?.hexadecimalDigit {
            guard code < 1 << 27 else { throw mistake("UTF-8 value too large", from: start) }
            code = code << 4 | digit
            at += 1
        }
        guard take("}") else { throw mistake("missing '}' in \\u{xxxx}", from: start) }
        return Lexer.encoded(code)
    }

    private static func encoded(_ code: UInt32) -> [UInt8] {
        guard code >= 0x80 else { return [UInt8(code)] }
        var (rest, room, tail) = (code, UInt32(0x3F), [UInt8]())
        repeat {
            tail.insert(UInt8(0x80 | rest & 0x3F), at: 0)
            rest >>= 6
            room >>= 1
        } while rest > room
        return [UInt8(truncatingIfNeeded: ~room << 1 | rest)] + tail
    }
}
