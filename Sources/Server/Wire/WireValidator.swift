internal import Catalog

/// Checks a body against the members of an operation, as leniently as the reference service does and in its validator's words.
struct WireValidator {
    private var violations: [Violation] = []
    private var members: [String: Value] = [:]

    /// The members with their defaults.
    /// - Throws: 422 with the list of everything that is wrong.
    static func members(of body: WireBody, for operation: Operation) throws(Refusal) -> [String: Value] {
        switch operation.body {
        case .none: return [:]
        case .controls: return try table(body, of: operation, required: true)
        case .source:
            if case .source(let text) = body { return ["source": .text(text)] }
            var validator = WireValidator()
            let table = try table(body, of: operation, required: true)
            validator.check(WireField("source", "", .text), in: table, at: "body")
            return try validator.result()
        case .fields(let fields, let required):
            let table = try table(body, of: operation, required: required)
            var validator = WireValidator()
            for field in fields { validator.check(field, in: table, at: "body") }
            if operation.isStrict { validator.refuseOthers(than: fields.map(\.name), in: table) }
            return try validator.result()
        }
    }

    /// What a query says, with the defaults; of two equal names the last counts, and unknown ones are ignored.
    /// - Throws: 422 with the list of everything that is wrong.
    static func query(_ parameters: [(name: String, value: String)], for operation: Operation) throws(Refusal) -> [String: Value] {
        let table = Dictionary(parameters.map { ($0.name, Value.text($0.value)) }) { $1 }
        var validator = WireValidator()
        for field in operation.query { validator.check(field, in: table, at: "query") }
        return try validator.result()
    }

    private func result() throws(Refusal) -> [String: Value] {
        guard violations.isEmpty else { throw Refusal(violations) }
        return members
    }

    private static func table(_ body: WireBody, of operation: Operation, required: Bool) throws(Refusal) -> [String: Value] {
        switch body {
        case .absent where !required: return [:]
        case .absent, .json(.null): throw Refusal([.missing(["body"], input: .null)])
        case .json(.table(let table)): return table
        case .json(let value): throw Refusal([.notAnObject(value.document)])
        case .other(let text), .source(let text):
            throw Refusal([.notAnObject(.text(text), isHinted: operation.isStrict && text.first == "{")])
        }
    }

    private mutating func refuseOthers(than names: [String], in table: [String: Value]) {
        for (name, value) in table.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
            violations.append(.unknown(["body", .text(name)], input: value.document, known: names))
        }
    }

    private mutating func check(_ field: WireField, in table: [String: Value], at place: String) {
        guard let value = table[field.name] else {
            members[field.name] = field.standard
            if field.standard == nil { violations.append(.missing([.text(place), .text(field.name)], input: Value.table(table).document)) }
            return
        }
        if value == .null, field.isNullable {
            members[field.name] = .null
            return
        }
        do throws(Breach) {
            members[field.name] = try field.type.parse(value)
        } catch {
            violations.append(
                Violation(
                    type: error.type, place: [.text(place), .text(field.name)], message: error.message, input: value.document,
                    context: error.context))
        }
    }
}

/// Why a value is not what a type accepts.
struct Breach: Error {
    let type: String
    let message: String
    var context: Document?
}

extension WireType {
    /// The value in its canonical form.
    fileprivate func parse(_ value: Value) throws(Breach) -> Value {
        switch self {
        case .boolean: return .bool(try boolean(value))
        case .integer(let bounds): return try bounds.check(try integer(value))
        case .number(let bounds): return try bounds.check(.number(try number(value)))
        case .text:
            guard case .text = value else { throw Breach(type: "string_type", message: "Input should be a valid string") }
            return value
        case .object:
            guard case .table = value else { throw Breach(type: "dict_type", message: "Input should be a valid dictionary") }
            return value
        }
    }

    private func boolean(_ value: Value) throws(Breach) -> Bool {
        let unclear = Breach(type: "bool_parsing", message: "Input should be a valid boolean, unable to interpret input")
        switch value {
        case .bool(let value): return value
        case .text(let word):
            guard let value = WireType.words[word.lowercased()] else { throw unclear }
            return value
        case .integer, .number:
            guard let number = value.int else { throw Breach(type: "bool_type", message: "Input should be a valid boolean") }
            guard number == 0 || number == 1 else { throw unclear }
            return number == 1
        default: throw Breach(type: "bool_type", message: "Input should be a valid boolean")
        }
    }

    private static let words: [String: Bool] = [
        "0": false, "off": false, "f": false, "false": false, "n": false, "no": false,
        "1": true, "on": true, "t": true, "true": true, "y": true, "yes": true,
    ]

    /// A whole number; one beyond 64 bits stays a `number`, which no limit lets pass.
    private func integer(_ value: Value) throws(Breach) -> Value {
        switch value {
        case .integer: return value
        case .number(let number):
            guard number.rounded() == number else {
                throw Breach(type: "int_from_float", message: "Input should be a valid integer, got a number with a fractional part")
            }
            return value.int.map(Value.integer) ?? value
        case .text(let text):
            guard let number = WireNumber.integer(text) else {
                throw Breach(type: "int_parsing", message: "Input should be a valid integer, unable to parse string as an integer")
            }
            return Int(exactly: number).map(Value.integer) ?? .number(number)
        default: throw Breach(type: "int_type", message: "Input should be a valid integer")
        }
    }

    private func number(_ value: Value) throws(Breach) -> Double {
        if let number = value.double { return number }
        guard case .text(let text) = value else { throw Breach(type: "float_type", message: "Input should be a valid number") }
        guard let number = WireNumber.number(text) else {
            throw Breach(type: "float_parsing", message: "Input should be a valid number, unable to parse string as a number")
        }
        guard number.isFinite else { throw Breach(type: "finite_number", message: "Input should be a finite number") }
        return number
    }
}

extension WireType.Bounds {
    /// The value, when it lies within the limits.
    fileprivate func check(_ value: Value) throws(Breach) -> Value {
        guard let number = value.double else { return value }
        if let maximum, number > maximum { throw breach("less_than_equal", "less than or equal to", "le", maximum) }
        if let minimum, number < minimum { throw breach("greater_than_equal", "greater than or equal to", "ge", minimum) }
        if let above, number <= above { throw breach("greater_than", "greater than", "gt", above) }
        return value
    }

    private func breach(_ type: String, _ words: String, _ name: String, _ bound: Double) -> Breach {
        Breach(type: type, message: "Input should be \(words) \(Value.plain(bound))", context: .object([.init(name, .number(bound))]))
    }
}
