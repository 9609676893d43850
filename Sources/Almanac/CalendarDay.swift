public import Foundation

/// A day of the Gregorian calendar, anywhere.
public struct CalendarDay: Hashable, Sendable {
    /// The year, 1 January to 31 December.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// Creates a day; a day of the month that the month does not have counts on into the next.
    public init(year: Int, month: Int, day: Int) {
        self.init(number: CalendarDay.number(year: year, month: month, day: day))
    }

    /// The local day a moment falls on, given in seconds since 1970.
    public init(of time: Double, in zone: TimeZone) {
        let second = Int(max(-1e11, min(time.isNaN ? 0 : time, 1e11)).rounded(.down))
        self.init(number: (second + zone.offset(at: second)).floored(by: 86_400))
    }

    /// - Parameter number: days since 1970 January 1.
    init(number: Int) {
        // Years begin in March here, so that the leap day is the last; Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let days = number + 719_468
        let era = days.floored(by: 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970 January 1.
    var number: Int { CalendarDay.number(year: year, month: month, day: day) }

    /// When the day begins in a zone, in seconds since 1970; nil if the zone left it out.
    public func begin(in zone: TimeZone) -> Double? { start(in: zone) }

    /// The first moment of the day, or nil if the zone left it out; where clocks skip midnight, that is after the gap.
    func start(in zone: TimeZone) -> Double? {
        let midnight = number * 86_400
        // Local times lead or trail universal time by no more than 16 hours.
        return LocalWalk(zone: zone, follows: .people).first(after: Double(midnight - 60_000), days: 3) { range in
            range.contains(midnight) ? midnight : nil
        }
    }

    /// The first moment of the next day that the zone has.
    func end(in zone: TimeZone) -> Double? {
        CalendarDay(number: number + 1).start(in: zone) ?? CalendarDay(number: number + 2).start(in: zone)
    }

    private static func number(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.floored(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Int {
    /// The quotient rounded down, also below zero.
    func floored(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

extension TimeZone {
    /// Seconds by which local time leads universal time.
    func offset(at time: Int) -> Int { secondsFromGMT(for: Date(timeIntervalSince1970: Double(time))) }
}
