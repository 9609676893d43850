internal import Glibc

/// A logarithmic axis with lines at whole powers of its base.
struct LogAxis: Equatable, Sendable {
    let base: Double
    /// The exponent of the lowest line.
    let low: Int
    /// From line to line, in exponents.
    let step: Int
    /// How many steps there are.
    let count: Int

    /// An axis as long as needed and no longer.
    /// - Parameters:
    ///   - limits: exponents that no axis exceeds.
    ///   - most: how many steps it may have.
    ///   - other: an axis whose lines are to be those of this one too.
    init(base: Double, values: [Double], within limits: ClosedRange<Int>, most: Int, beside other: LogAxis? = nil) {
        let span = LogAxis.span(base: base, values: values, within: limits)
        let length = span.upperBound - span.lowerBound
        self.base = base
        step = max(1, (length + most - 1) / most)
        count = other?.count ?? max(1, (length + step - 1) / step)
        low = other == nil ? span.upperBound - count * step : span.lowerBound
    }

    /// Exponents of the lines.
    var lines: [Int] { (0...count).map { low + $0 * step } }

    /// 0 at the lowest line, 1 at the highest; nil for what is no number. Nothing has no logarithm: it is below everything.
    func fraction(_ value: Double) -> Double? {
        guard value.isFinite else { return nil }
        return value > 0 ? (log(value) / log(base) - Double(low)) / Double(count * step) : -.infinity
    }

    private static func span(base: Double, values: [Double], within limits: ClosedRange<Int>) -> ClosedRange<Int> {
        let logs = values.lazy.filter { $0 > 0 && $0.isFinite }.map { log($0) / log(base) }
        guard let least = logs.min(), let most = logs.max() else { return limits.clamped(to: -10...5) }
        // 1/30 s is a little more than 2 to the power of -5: such a value needs no line of its own.
        let low = max(limits.lowerBound, min(Int((least + 0.1).rounded(.down)), limits.upperBound))
        let high = max(limits.lowerBound, min(Int((most - 0.1).rounded(.up)), limits.upperBound))
        return low < high ? low...high : max(low - 1, limits.lowerBound)...min(low + 1, limits.upperBound)
    }
}

extension LogAxis {
    /// Such as `0.01`, `100` or `10k`; for base 10.
    static func decimal(_ exponent: Int) -> String {
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + "1" }
        return "1" + String(repeating: "0", count: exponent % 3) + (exponent < 3 ? "" : "k")
    }

    /// Such as `1/1000 s`, `1/30 s` or `8 s`, as on a camera; for base 2.
    static func shutter(_ exponent: Int) -> String {
        let names = [1, 2, 4, 8, 15, 30, 60, 125, 250, 500, 1000]
        let size = abs(exponent)
        let number = size < names.count ? names[size] : 1000 << (size - names.count + 1)
        return exponent < 0 ? "1/\(number) s" : "\(number) s"
    }

    /// Such as `4x`; for base 2.
    static func times(_ exponent: Int) -> String { "\(1 << exponent)x" }
}
