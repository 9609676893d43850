/// A value whose members keep their order: what replies and generated files are written from.
///
/// `JSONEncoder` cannot write them: its keyed containers are dictionaries, so the order of members is lost or alphabetical, and clients
/// of the reference service look for `"status":"ok"` at the front.
public indirect enum Document: Sendable, Equatable {
    /// Nothing.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// A number; written as null when it is not finite.
    case number(Double)
    /// Text.
    case text(String)
    /// Elements in order.
    case list([Document])
    /// Members in order.
    case object([Member])

    /// A named element.
    public struct Member: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: Document

        /// Creates a member.
        public init(_ name: String, _ value: Document) {
            self.name = name
            self.value = value
        }
    }
}

extension Value {
    /// The value as a document; the members of a table are in alphabetical order, since a table has none of its own.
    public var document: Document {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .text(let value): .text(value)
        case .list(let values): .list(values.map(\.document))
        case .table(let values): .object(values.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.document) })
        }
    }
}

extension Document {
    /// The members; empty for everything that is not an object.
    public var members: [Member] { if case .object(let members) = self { members } else { [] } }

    /// The member called `name`, or nil.
    public subscript(name: String) -> Document? { members.first { $0.name == name }?.value }
}

extension Document: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: Document...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, Document)...) { self = .object(elements.map { Member($0, $1) }) }
    public init(nilLiteral: ()) { self = .null }
}
