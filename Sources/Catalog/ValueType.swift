/// What a control, a command's argument or an event's field accepts.
public enum ValueType: Sendable, Equatable {
    /// True or false.
    case bool
    /// A whole number within limits.
    case integer(ClosedRange<Int>, Unit)
    /// A finite number within limits.
    case number(ClosedRange<Double>, Unit)
    /// One of these words.
    case choice([String])
    /// One of these whole numbers.
    case numberChoice([Int], Unit)
    /// Text of at most so many characters.
    case text(maximum: Int)
    /// A window as `[x, y, width, height]` in fractions of the full picture, inside it.
    case window
    /// A picture size as `[width, height]` in pixels, or `"1280x720"`; both even, within limits.
    case size(ClosedRange<Int>)
    /// So many values of one type; an empty table counts as an empty list, since Lua cannot tell them apart.
    indirect case list(ValueType, count: ClosedRange<Int>)
    /// Any value that JSON can carry.
    case any
}

extension ValueType {
    /// The value in its canonical form, or the problem with it.
    ///
    /// Accepts an integral number for an integer, text with a unit for a time, `"WxH"` for a size.
    /// - Throws: ``Problem`` `out_of_range` or `wrong_type`, naming `key`.
    public func check(_ value: Value, key: String) throws(Problem) -> Value {
        switch self {
        case .bool:
            guard case .bool = value else { throw .wrongType(key, expected: "true or false", got: value) }
            return value
        case .integer(let range, let unit):
            return .integer(try whole(value, range, unit, key))
        case .number(let range, let unit):
            return .number(try number(value, range, unit, key))
        case .choice(let words):
            guard let word = value.string else { throw .wrongType(key, expected: "text", got: value) }
            guard words.contains(word) else { throw .notOneOf(key, words.map(Value.text), got: value) }
            return value
        case .numberChoice(let numbers, _):
            guard let number = value.int else { throw .wrongType(key, expected: "a whole number", got: value) }
            guard numbers.contains(number) else { throw .notOneOf(key, numbers.map(Value.integer), got: value) }
            return .integer(number)
        case .text(let maximum):
            guard let text = value.string else { throw .wrongType(key, expected: "text", got: value) }
            guard text.count <= maximum else { throw .tooLong(key, maximum: maximum, got: text.count) }
            return value
        case .window: return try window(value, key)
        case .size(let range): return try size(value, range, key)
        case .list(let element, let count): return try list(value, element, count, key)
        case .any: return value
        }
    }

    private func whole(_ value: Value, _ range: ClosedRange<Int>, _ unit: Unit, _ key: String) throws(Problem) -> Int {
        // A double has room for 53 bits: what came as a whole number is never turned into one.
        guard case .integer(let whole) = value else { return try whole(fromNumber: value, range, unit, key) }
        guard range.contains(whole) else { throw .outOfRange(key, whole: range, unit, got: value) }
        return whole
    }

    private func whole(fromNumber value: Value, _ range: ClosedRange<Int>, _ unit: Unit, _ key: String) throws(Problem) -> Int {
        guard let given = try plainNumber(value, unit, key) else { throw .notANumber(key, unit, got: value) }
        // A time written as text is rounded, a number with a fraction is a mistake.
        let number = value.string == nil ? given : given.rounded()
        guard let whole = Int(exactly: number), range.contains(whole) else {
            let isInside = number >= Double(range.lowerBound) && number <= Double(range.upperBound)
            throw isInside && number.rounded() != number
                ? .wrongType(key, expected: "a whole number", got: value) : .outOfRange(key, whole: range, unit, got: value)
        }
        return whole
    }

    private func number(_ value: Value, _ range: ClosedRange<Double>, _ unit: Unit, _ key: String) throws(Problem) -> Double {
        guard let number = try plainNumber(value, unit, key) else {
            throw .notANumber(key, unit, got: value)
        }
        guard number.isFinite, range.contains(number) else { throw .outOfRange(key, range, unit, got: value) }
        return number
    }

    private func plainNumber(_ value: Value, _ unit: Unit, _ key: String) throws(Problem) -> Double? {
        guard case .text(let text) = value else { return value.double }
        guard unit.isTime else { return nil }
        guard let seconds = TimeText.seconds(text) else { throw .wrongType(key, expected: "a time such as '20ms' or '1/50s'", got: value) }
        // A whole number of microseconds is what a sensor takes; '1/30s' is 33333.
        return unit == .microseconds ? (seconds * 1e6).rounded() : seconds
    }

    private func window(_ value: Value, _ key: String) throws(Problem) -> Value {
        let numbers = (value.list ?? []).compactMap(\.double)
        guard numbers.count == 4, value.list?.count == 4, numbers.allSatisfy(\.isFinite) else {
            throw .wrongType(key, expected: "four numbers [x, y, width, height]", got: value)
        }
        let fits = numbers[0] >= 0 && numbers[1] >= 0 && numbers[2] > 0 && numbers[3] > 0
        // Sums of decimal fractions such as 0.7 + 0.3 may end a rounding step above 1.
        guard fits, numbers[0] + numbers[2] <= 1 + 1e-9, numbers[1] + numbers[3] <= 1 + 1e-9 else { throw .outsidePicture(key, got: value) }
        return .list(numbers.map(Value.number))
    }

    private func size(_ value: Value, _ range: ClosedRange<Int>, _ key: String) throws(Problem) -> Value {
        let sides: [Int]
        if let text = value.string {
            sides = text.split(separator: "x").compactMap { Int($0) }
        } else {
            sides = (value.list ?? []).compactMap(\.int)
        }
        guard sides.count == 2 else { throw .wrongType(key, expected: "[width, height] or text such as '1280x720'", got: value) }
        guard sides.allSatisfy(range.contains) else {
            throw .outOfRange(key, Double(range.lowerBound)...Double(range.upperBound), .pixels, got: value)
        }
        guard sides.allSatisfy({ $0.isMultiple(of: 2) }) else { throw .oddSize(key, got: value) }
        return .list(sides.map(Value.integer))
    }

    private func list(_ value: Value, _ element: ValueType, _ count: ClosedRange<Int>, _ key: String) throws(Problem) -> Value {
        guard let values = value.list ?? (value == [:] ? [] : nil), count.contains(values.count) else {
            throw .wrongType(key, expected: "a list of \(ValueType.words(count, element))", got: value)
        }
        var checked: [Value] = []
        for (index, value) in values.enumerated() {
            do throws(Problem) {
                checked.append(try element.check(value, key: key))
            } catch {
                throw error.inElement(index + 1)
            }
        }
        return .list(checked)
    }
}

extension ValueType {
    /// A rectangle as `[x, y, width, height]` in pixels.
    public static func rectangle(_ range: ClosedRange<Int>) -> ValueType { .list(.integer(range, .pixels), count: 4...4) }

    /// The nearest value it accepts: numbers beyond its limits are cut, also those in a list; nil where cutting does not help.
    public func nearest(to value: Value) -> Value? {
        if let fine = try? check(value, key: "") { return fine }
        switch self {
        case .integer(let range, _):
            if let whole = value.int { return .integer(min(max(whole, range.lowerBound), range.upperBound)) }
            guard let number = value.double, number.isFinite else { return nil }
            return .integer(number < Double(range.lowerBound) ? range.lowerBound : range.upperBound)
        case .number(let range, _):
            guard let number = value.double, number.isFinite else { return nil }
            return .number(min(max(number, range.lowerBound), range.upperBound))
        case .list(let element, let count):
            guard let values = value.list, count.contains(values.count) else { return nil }
            let cut = values.compactMap(element.nearest)
            return cut.count == values.count ? .list(cut) : nil
        default: return nil
        }
    }

    /// Its limits as people read them, `1 to 10.66 ×`; for a list those of its elements; empty where there are none.
    public var limitsText: String {
        let unit = unit == .none ? "" : " \(unit.rawValue)"
        return switch self {
        case .integer(let range, _): "\(range.lowerBound) to \(range.upperBound)\(unit)"
        case .number(let range, _): "\(Value.plain(range.lowerBound)) to \(Value.plain(range.upperBound))\(unit)"
        case .list(let element, _): element.limitsText
        default: ""
        }
    }

    /// `2 numbers`, `0 to 4 lists of 4 whole numbers`.
    static func words(_ count: ClosedRange<Int>, _ element: ValueType) -> String {
        let number =
            count.upperBound == count.lowerBound
            ? "\(count.lowerBound)"
            : count.upperBound == .max ? "at least \(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
        return "\(number) \(element.plural)"
    }

    private var plural: String {
        switch self {
        case .bool: "truth values"
        case .integer, .numberChoice: "whole numbers"
        case .number: "numbers"
        case .choice, .text: "texts"
        case .window, .size, .any: "values"
        case .list(let element, let count): "lists of \(ValueType.words(count, element))"
        }
    }
}

extension ValueType {
    /// The unit of its number; `.none` where it has none.
    public var unit: Unit {
        switch self {
        case .integer(_, let unit), .number(_, let unit), .numberChoice(_, let unit): unit
        case .size: .pixels
        case .list(let element, _): element.unit
        default: .none
        }
    }

    /// The limits of its number, or nil.
    public var range: ClosedRange<Double>? {
        switch self {
        case .integer(let range, _): Double(range.lowerBound)...Double(range.upperBound)
        case .number(let range, _): range
        default: nil
        }
    }
}
