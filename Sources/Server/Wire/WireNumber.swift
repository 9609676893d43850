/// Reads numbers sent as text.
enum WireNumber {
    /// A decimal number with optional sign, fraction and exponent; blanks around it are ignored.
    static func number(_ text: String) -> Double? {
        let digits = trimmed(text)
        // Swift also reads hexadecimal numbers and the words for infinity, which are not numbers on the wire.
        guard digits.utf8.allSatisfy({ isDigit($0) || "+-.eE".utf8.contains($0) }) else { return nil }
        return Double(digits)
    }

    /// A whole number with optional sign; a fraction of zeros is ignored, as are blanks around it.
    static func integer(_ text: String) -> Double? {
        let parts = trimmed(text).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty else { return nil }
        if parts.count == 2, parts[1].isEmpty || parts[1].contains(where: { $0 != "0" }) { return nil }
        let digits = whole.first == "+" || whole.first == "-" ? whole.dropFirst() : whole
        guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit) else { return nil }
        return Double(whole)
    }

    private static func trimmed(_ text: String) -> Substring {
        let start = text.drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...last]
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
