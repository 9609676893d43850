/// A piece of a page. Text that is put into one by interpolation is escaped; only literals and other pieces are taken as they are.
public struct HTML: Sendable, Equatable {
    /// The markup.
    public let text: String

    private init(markup: String) { text = markup }

    /// Text with its parts between backticks as code.
    static func prose(_ text: String) -> HTML {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        return HTML(joining: parts.map { index, part in index % 2 == 1 ? "<code>\(String(part))</code>" : "\(String(part))" })
    }

    /// Pieces one after the other.
    init(joining pieces: [HTML]) { text = pieces.map(\.text).joined() }

    /// A table under a row of headings; nothing without rows.
    static func table(_ headings: [String], _ rows: [[HTML]]) -> HTML {
        guard !rows.isEmpty else { return "" }
        let head = HTML(joining: headings.map { "<th>\($0)</th>" })
        let body = HTML(joining: rows.map { row in "<tr>\(HTML(joining: row.map { "<td>\($0)</td>" }))</tr>\n" })
        return "<div class=\"wide\"><table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)</tbody>\n</table></div>\n"
    }
}

extension HTML: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self.init(markup: value) }
    public init(stringInterpolation: StringInterpolation) { self.init(markup: stringInterpolation.text) }

    /// Escapes what is put in.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        public mutating func appendLiteral(_ literal: String) { text += literal }
        /// Puts a piece in as it is.
        public mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
        /// Puts text in, escaped for content and quoted attributes.
        public mutating func appendInterpolation(_ plain: String) {
            for character in plain.unicodeScalars {
                switch character {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                default: text.unicodeScalars.append(character)
                }
            }
        }
    }
}
