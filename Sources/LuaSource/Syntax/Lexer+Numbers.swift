internal import Catalog

extension Lexer {
    /// A number; takes all that may belong to one, as Lua does, so that `3x` and `1..2` are malformed.
    mutating func number() throws(SyntaxError) -> Value {
        let start = at
        let isHexadecimal = peek() == "0" && (peek(1) == "x" || peek(1) == "X")
        at += isHexadecimal ? 2 : 1
        let exponents: [Unicode.Scalar] = isHexadecimal ? ["p", "P"] : ["e", "E"]
        while let next = peek() {
            if exponents.contains(next) {
                at += 1
                if peek() == "+" || peek() == "-" { at += 1 }
            } else if next.hexadecimalDigit != nil || next == "." {
                at += 1
            } else {
                break
            }
        }
        if peek()?.isLuaLetter == true { at += 1 }
        let text = bytes[start..<at]
        guard let value = isHexadecimal ? Lexer.hexadecimal(text.dropFirst(2)) : Lexer.decimal(text) else {
            throw mistake("malformed number", from: start)
        }
        return value
    }

    /// The digits before the point, those after it, and the exponent.
    private struct Parts {
        var whole: ArraySlice<UInt8>
        var fraction: ArraySlice<UInt8> = []
        var exponent: ArraySlice<UInt8> = []
        var isInteger = true

        /// Nil when it is no number.
        init?(_ text: ArraySlice<UInt8>, mark: Unicode.Scalar, isDigit: (Unicode.Scalar) -> Bool) {
            whole = text.prefix { isDigit(Unicode.Scalar($0)) }
            var rest = text[whole.endIndex...]
            if rest.first == UInt8(ascii: ".") {
                fraction = rest.dropFirst().prefix { isDigit(Unicode.Scalar($0)) }
                rest = rest[fraction.endIndex...]
                isInteger = false
            }
            guard !whole.isEmpty || !fraction.isEmpty else { return nil }
            guard let first = rest.first else { return }
            guard UInt8(ascii: mark) == first | 0x20 else { return nil }
            exponent = rest.dropFirst()
            isInteger = false
            let digits = exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-") ? exponent.dropFirst() : exponent
            guard !digits.isEmpty, digits.allSatisfy({ Unicode.Scalar($0).isDecimalDigit }) else { return nil }
        }
    }

    private static func decimal(_ text: ArraySlice<UInt8>) -> Value? {
        guard let parts = Parts(text, mark: "e", isDigit: \.isDecimalDigit) else { return nil }
        let digits = String(decoding: text, as: UTF8.self)
        if parts.isInteger, let whole = Int(digits) { return .integer(whole) }
        let head = parts.whole.isEmpty ? "0" : String(decoding: parts.whole, as: UTF8.self)
        let tail = parts.fraction.isEmpty ? "0" : String(decoding: parts.fraction, as: UTF8.self)
        let exponent = parts.exponent.isEmpty ? "" : "e" + String(decoding: parts.exponent, as: UTF8.self)
        return .number(Double("\(head).\(tail)\(exponent)") ?? .infinity)
    }

    /// Whole numbers wrap around at 64 bits; digits beyond what a double holds only count for the size.
    private static func hexadecimal(_ text: ArraySlice<UInt8>) -> Value? {
        guard let parts = Parts(text, mark: "p", isDigit: { $0.hexadecimalDigit != nil }) else { return nil }
        let digits = (parts.whole + parts.fraction).compactMap { Unicode.Scalar($0).hexadecimalDigit }
        if parts.isInteger {
            return .integer(Int(bitPattern: digits.reduce(0) { $0 << 4 | UInt($1) }))
        }
        let mantissa = digits.reduce(0.0) { $0 * 16 + Double($1) }
        guard mantissa > 0 else { return .number(0) }
        let exponent = Double(String(decoding: parts.exponent, as: UTF8.self)) ?? 0
        let scale = min(max(exponent - Double(4 * parts.fraction.count), -4000), 4000)
        return .number(mantissa * Double(sign: .plus, exponent: Int(scale), significand: 1))
    }
}
