/// Writes a document as YAML 1.2 in block style.
enum YAML {
    /// The document as text that ends with a line feed.
    static func text(_ document: Document) -> String {
        var lines: [String] = []
        write(document, indent: 0, into: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func write(_ document: Document, indent: Int, into lines: inout [String]) {
        let margin = String(repeating: "  ", count: indent)
        switch document {
        case .object(let members) where !members.isEmpty:
            for member in members { write(member.value, under: "\(margin)\(scalar(member.name)):", indent: indent + 1, into: &lines) }
        case .list(let elements) where !elements.isEmpty:
            for element in elements { writeElement(element, margin: margin, indent: indent, into: &lines) }
        default:
            lines.append(margin + inline(document))
        }
    }

    private static func write(_ document: Document, under head: String, indent: Int, into lines: inout [String]) {
        guard isBlock(document) else { return lines.append("\(head) \(inline(document))") }
        lines.append(head)
        write(document, indent: indent, into: &lines)
    }

    private static func writeElement(_ element: Document, margin: String, indent: Int, into lines: inout [String]) {
        var block: [String] = []
        write(element, indent: indent + 1, into: &block)
        // The first line of a block shares the line of its dash.
        lines.append(margin + "- " + block[0].dropFirst(2 * (indent + 1)))
        lines += block.dropFirst()
    }

    private static func isBlock(_ document: Document) -> Bool {
        switch document {
        case .object(let members): !members.isEmpty
        // Lists of plain values, such as words to choose from, read better on one line.
        case .list(let elements): elements.contains { !isScalar($0) }
        default: false
        }
    }

    private static func isScalar(_ document: Document) -> Bool {
        switch document {
        case .list, .object: false
        default: true
        }
    }

    private static func inline(_ document: Document) -> String {
        switch document {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): Value.plain(value)
        case .text(let value): scalar(value)
        case .list(let elements): "[" + elements.map(inline).joined(separator: ", ") + "]"
        case .object(let members): "{" + members.map { "\(scalar($0.name)): \(inline($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    /// Text without quotes where every YAML reader takes it for text, otherwise as a JSON string, which is YAML too.
    private static func scalar(_ text: String) -> String {
        let isPlain = text.first?.isLetter == true && text.utf8.allSatisfy(isSafe) && text.last != " "
        return isPlain && !reserved.contains(text.lowercased()) ? text : String(decoding: Document.text(text).json, as: UTF8.self)
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: " "), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ";"): true
        default: false
        }
    }

    private static let reserved: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
}

extension Document {
    /// The document as YAML.
    public var yaml: String { YAML.text(self) }
}
