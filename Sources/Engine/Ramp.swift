internal import Catalog
internal import Foundation
internal import Timing

/// A value on its way to another one, a step a frame.
struct Ramp: Sendable {
    /// How the way is divided.
    private enum Curve: Sendable {
        /// Equal steps.
        case linear
        /// Equal factors, which is what eyes and film see as equal steps of light.
        case stops
    }

    /// The largest step of one value in photographic stops. Time and gain may go together: both stay below 1/6 stop a frame, which nobody
    /// sees (a trained eye tells 1/3 stop apart in a still).
    static let largestStep = 0.08

    /// Where it ends.
    let target: Value
    private let from: [Double]
    private let to: [Double]
    private let curve: Curve
    private let isWhole: Bool
    fileprivate let seconds: Double
    /// The largest share of the way for one frame.
    private let stride: Double
    private var progress = 0.0

    /// Creates a ramp at its beginning; nil for values there is no way between.
    /// - Parameter seconds: how long it takes; longer when a frame would have to take too large a step.
    init?(_ control: Control, from: Value, to: Value, seconds: Double) {
        guard seconds > 0, let start = Ramp.numbers(from), let end = Ramp.numbers(to), start.count == end.count, start != end else {
            return nil
        }
        let unit = control.type.unit
        let isLight = unit.isTime || unit == .ratio
        // An upper limit of 0 means none: there is no way to it.
        guard !isLight || (start + end).allSatisfy({ $0 > 0 }) || control.type.range?.lowerBound != 0 else { return nil }
        let isInStops = isLight && (start + end).allSatisfy { $0 > 0 }
        let distance = zip(start, end).map { isInStops ? abs(log2($1 / $0)) : abs($1 - $0) }.max() ?? 0
        curve = isInStops ? .stops : .linear
        stride = isInStops || unit == .stops ? Ramp.largestStep / distance : 1
        if case .integer = control.type { isWhole = true } else { isWhole = false }
        (self.from, self.to, self.seconds, target) = (start, end, seconds, to)
    }

    /// Whether it has come to its end.
    var isOver: Bool { progress >= 1 }

    /// The value now.
    var value: Value {
        guard !isOver else { return target }
        let numbers = zip(from, to).map { from, to in
            let number = curve == .stops ? from * pow(to / from, progress) : from + (to - from) * progress
            return isWhole ? Value.integer(Int(number.rounded())) : .number(number)
        }
        return target.list == nil ? numbers[0] : .list(numbers)
    }

    /// Goes on by a frame.
    mutating func advance(seconds passed: Double) {
        progress = min(1, progress + min(max(0, passed) / seconds, stride))
    }

    private static func numbers(_ value: Value) -> [Double]? {
        if let number = value.double { return [number] }
        let numbers = value.list?.compactMap(\.double)
        return numbers?.count == value.list?.count ? numbers : nil
    }
}

/// The values that are on their way, by key.
struct Ramps: Sendable {
    private var ramps: [String: Ramp] = [:]
    private var last: Instant?

    var isEmpty: Bool { ramps.isEmpty }

    /// Seconds of the shortest way anything is on; nil when nothing is.
    var shortest: Double? { ramps.values.map(\.seconds).min() }

    /// What a key is to be now; nil when it is on no way.
    func value(_ key: String) -> Value? { ramps[key]?.value }

    /// Puts a key on its way.
    mutating func begin(_ key: String, _ ramp: Ramp, at now: Instant) {
        if ramps.isEmpty { last = now }
        ramps[key] = ramp
    }

    /// Takes a key off its way.
    mutating func cancel(_ key: String) { ramps[key] = nil }

    /// Goes on by a frame.
    /// - Returns: the values that have changed, and the keys that have arrived.
    mutating func step(_ now: Instant) -> (values: [String: Value], arrived: [String]) {
        let passed = last?.seconds(to: now) ?? 0
        last = now
        var (values, arrived): ([String: Value], [String]) = ([:], [])
        for (key, ramp) in ramps {
            var next = ramp
            next.advance(seconds: passed)
            ramps[key] = next.isOver ? nil : next
            if next.isOver { arrived.append(key) }
            if next.isOver || next.value != ramp.value { values[key] = next.value }
        }
        return (values, arrived)
    }
}
