/// Writes compact JSON straight into bytes: no blank after `:` or `,`, members in the order of the calls.
public struct JSONWriter: ~Copyable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Creates a writer with room for `capacity` bytes.
    public init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    /// Writes an object whose members `content` writes.
    public mutating func object(_ content: (inout JSONWriter) -> Void) { enclosed("{", "}", content) }

    /// Writes a list whose elements `content` writes.
    public mutating func list(_ content: (inout JSONWriter) -> Void) { enclosed("[", "]", content) }

    private mutating func enclosed(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ content: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        content(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    /// Writes the name of the next value.
    public mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a document.
    public mutating func value(_ document: Document) {
        switch document {
        case .null: null()
        case .bool(let value): self.value(value)
        case .integer(let value): self.value(value)
        case .number(let value): self.value(value)
        case .text(let value): self.value(value)
        case .list(let elements): list { json in for element in elements { json.value(element) } }
        case .object(let members): object { json in for member in members { json.member(member.name, member.value) } }
        }
    }

    /// Writes `null`.
    public mutating func null() { plain("null") }
    /// Writes a truth value.
    public mutating func value(_ value: Bool) { plain(value ? "true" : "false") }
    /// Writes a whole number.
    public mutating func value(_ value: Int) { plain(String(value)) }
    /// Writes a number, `null` when it is not finite: JSON has no word for that.
    public mutating func value(_ value: Double) { plain(value.isFinite ? Value.plain(value) : "null") }
    /// Writes text.
    public mutating func value(_ value: String) {
        separate()
        quote(value)
    }

    private mutating func plain(_ word: String) {
        separate()
        bytes.append(contentsOf: word.utf8)
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20, 0x7F: escape(byte)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        case UInt8(ascii: "\r"): bytes += "\\r".utf8
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes += "\\u00".utf8
            bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}

extension JSONWriter {
    /// Writes a member; nil is `null`.
    public mutating func member(_ name: String, _ value: Bool?) {
        self.name(name)
        if let value { self.value(value) } else { null() }
    }
    /// Writes a member; nil is `null`.
    public mutating func member(_ name: String, _ value: Int?) {
        self.name(name)
        if let value { self.value(value) } else { null() }
    }
    /// Writes a member; nil is `null`.
    public mutating func member(_ name: String, _ value: Double?) {
        self.name(name)
        if let value { self.value(value) } else { null() }
    }
    /// Writes a member; nil is `null`.
    public mutating func member(_ name: String, _ value: String?) {
        self.name(name)
        if let value { self.value(value) } else { null() }
    }
    /// Writes a member.
    public mutating func member(_ name: String, _ value: Document) {
        self.name(name)
        self.value(value)
    }
}

extension Document {
    /// The document as compact JSON.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }
}
