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
        case .any: return value
        }
    }

    private func whole(_ value: Value, _ range: ClosedRange<Int>, _ unit: Unit, _ key: String) throws(Problem) -> Int {
        let limits = Double(range.lowerBound)...Double(range.upperBound)
        let number = try number(value, limits, unit, key)
        if case .text = value { return Int(number.rounded()) }
        guard let whole = Int(exactly: number) else { throw .wrongType(key, expected: "a whole number", got: value) }
        return whole
    }

    private func number(_ value: Value, _ range: ClosedRange<Double>, _ unit: Unit, _ key: String) throws(Problem) -> Double {
        guard let number = try plainNumber(value, unit, key) else {
            throw .wrongType(key, expected: unit.isTime ? "a number or text such as '20ms'" : "a number", got: value)
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
}

extension ValueType {
    /// The unit of its number; `.none` where it has none.
    public var unit: Unit {
        switch self {
        case .integer(_, let unit), .number(_, let unit), .numberChoice(_, let unit): unit
        case .size: .pixels
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
