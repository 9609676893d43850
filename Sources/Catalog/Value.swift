/// Anything a control holds, a command takes or an event carries.
///
/// The same value travels from Lua, REST and the configuration to the camera and back.
public enum Value: Sendable, Hashable {
    /// Nothing known or nothing set.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// A number; always finite in a valid change.
    case number(Double)
    /// Text in UTF-8.
    case text(String)
    /// Values in order.
    case list([Value])
    /// Values by name.
    case table([String: Value])
}

extension Value {
    /// The value as a number, from an integer too; nil for everything else.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The value as a whole number, from an integral `number` too; nil for everything else.
    public var int: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The text; nil for everything else.
    public var string: String? { if case .text(let value) = self { value } else { nil } }

    /// The truth value; nil for everything else.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The elements; nil for everything that is not a list.
    public var list: [Value]? { if case .list(let value) = self { value } else { nil } }

    /// The members; nil for everything that is not a table.
    public var table: [String: Value]? { if case .table(let value) = self { value } else { nil } }

    /// Whether two values mean the same: numbers within `tolerance` (relative), everything else exactly.
    public func matches(_ other: Value, tolerance: Double) -> Bool {
        if let a = double, let b = other.double {
            return abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-3)
        }
        if let a = list, let b = other.list {
            return a.count == b.count && zip(a, b).allSatisfy { $0.matches($1, tolerance: tolerance) }
        }
        return self == other
    }
}

extension Value: CustomStringConvertible {
    /// The value as people read it in a sentence: `20000`, `0.5`, `'long'`, `[0, 0, 1, 1]`.
    public var description: String {
        switch self {
        case .null: return "nothing"
        case .bool(let value): return value ? "true" : "false"
        case .integer(let value): return String(value)
        case .number(let value): return Value.plain(value)
        case .text(let value): return "'\(value)'"
        case .list(let values): return "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .table(let values):
            return "{" + values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }

    /// A number without a needless fraction: `2` for 2.0, `0.5` for 0.5.
    public static func plain(_ value: Double) -> String {
        if let whole = Int(exactly: value) { return String(whole) }
        return "\(value)"
    }
}

extension Value: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, Value)...) { self = .table(Dictionary(elements) { $1 }) }
    public init(nilLiteral: ()) { self = .null }
}
