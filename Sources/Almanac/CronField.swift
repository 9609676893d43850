/// One of the five fields of a cron expression.
struct CronField: Hashable, Sendable {
    /// A bit for each value.
    private var bits: UInt64 = 0
    /// Whether it begins with a star, which is how cron tells "any" from "these", even in `*/2`.
    let isStarred: Bool

    func contains(_ value: Int) -> Bool { bits & 1 << UInt64(value) != 0 }

    /// The smallest value from one on.
    func first(from value: Int) -> Int? {
        guard value < 64 else { return nil }
        let rest = bits >> UInt64(value)
        return rest == 0 ? nil : value + rest.trailingZeroBitCount
    }
}

extension CronField {
    enum Unit: String, CaseIterable {
        case minute, hour
        case dayOfMonth = "day of month"
        case month
        case dayOfWeek = "day of week"

        var values: ClosedRange<Int> {
            switch self {
            case .minute: 0...59
            case .hour: 0...23
            case .dayOfMonth: 1...31
            case .month: 1...12
            case .dayOfWeek: 0...7
            }
        }

        /// From the lowest value on.
        var names: [String] {
            switch self {
            case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
            default: []
            }
        }

        var allowed: String {
            let numbers = "\(values.lowerBound) to \(values.upperBound)"
            guard let first = names.first, let last = names.last else { return numbers }
            return "\(numbers) or \(first) to \(last)"
        }
    }

    /// Reads a list of values, ranges and steps.
    init(_ text: Substring, _ unit: Unit, in expression: String) throws(AlmanacError) {
        isStarred = text.hasPrefix("*")
        for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
            let reader = CronEntry(text: entry, unit: unit, expression: expression)
            for value in try reader.values() { bits |= 1 << UInt64(value) }
        }
        // Sunday is both 0 and 7.
        if unit == .dayOfWeek && contains(7) { bits |= 1 }
    }
}
