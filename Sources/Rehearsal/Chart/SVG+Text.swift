extension SVG {
    /// Text as XML may hold it; what XML forbids even when escaped becomes U+FFFD.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\t", "\n", "\r": " "
            case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
            default: String(scalar)
            }
        }.joined()
    }

    /// About how wide words come out in a sans-serif face; Chinese, Japanese and Korean are wider.
    static func width(_ text: String, size: Int = 11) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 1 : 0.57) } * Double(size)
    }

    /// As much of a text as there is room for.
    static func fitted(_ text: String, _ room: Double, size: Int = 11) -> String {
        guard width(text, size: size) > room else { return text }
        var kept = text
        while !kept.isEmpty, width(kept + "…", size: size) > room { kept.removeLast() }
        return kept + "…"
    }
}

extension Double {
    /// With one decimal, in no language; a millionth of the picture is off the picture.
    var fixed: String {
        let tenths = Int((Swift.max(-1e7, Swift.min(isNaN ? 0 : self * 10, 1e7))).rounded())
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}

extension Int {
    /// With commas between the thousands.
    var grouped: String {
        let digits = Array(String(self))
        return digits.indices.map { ($0 > 0 && (digits.count - $0).isMultiple(of: 3) ? "," : "") + String(digits[$0]) }.joined()
    }
}
