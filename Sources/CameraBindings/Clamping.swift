internal import Catalog

/// Cuts asked-for values to what a camera takes, with the reason where one differs.
struct Clamping {
    private(set) var values: [String: Value] = [:]
    private(set) var reasons: [String: String] = [:]

    /// Takes every value whose key has a limit; keys without one are not supported and left out.
    /// - Parameter before: the values in force so far, which stay where a word is not among those allowed.
    init(_ asked: [String: Value], limits: [String: ValueType], before: [String: Value] = [:]) {
        for (key, type) in limits {
            guard let value = asked[key] ?? Catalog.controlsByKey[key]?.standard else { continue }
            take(key, value, type, before[key])
        }
    }

    private mutating func take(_ key: String, _ value: Value, _ type: ValueType, _ before: Value?) {
        if let checked = try? type.check(value, key: key) {
            values[key] = checked
        } else if let range = type.range, let number = value.double {
            let cut = max(range.lowerBound, min(number, range.upperBound))
            let end = number < range.lowerBound ? "starts at" : "ends at"
            set(key, type.number(cut), because: "this camera's '\(key)' \(end) \(Value.plain((cut * 100).rounded() / 100))")
        } else {
            set(key, before ?? Catalog.controlsByKey[key]?.standard ?? .null, because: "this camera does not take \(value) for '\(key)'")
        }
    }

    /// Sets a value and says why it differs from what was asked; nil when it does not differ in a way that matters.
    mutating func set(_ key: String, _ value: Value, because reason: String?) {
        values[key] = value
        reasons[key] = reason
    }
}

extension ValueType {
    fileprivate func number(_ value: Double) -> Value {
        if case .integer = self { .integer(Int(value)) } else { .number(value) }
    }
}
