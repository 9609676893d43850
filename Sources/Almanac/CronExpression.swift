public import Foundation

/// Times in the words of cron: minute, hour, day of month, month, day of week; or `@daily` and the like.
///
/// As in crontab(5) of Vixie and Debian: if neither day field begins with a star, either of them is enough. Beyond it, lists and ranges
/// may have names.
public struct CronExpression: Hashable, Sendable {
    /// What was written.
    public let text: String
    private let minutes: CronField
    private let hours: CronField
    private let days: CronField
    private let months: CronField
    private let weekdays: CronField

    /// Reads an expression, and refuses one that never comes, such as a 30 February.
    public init(_ text: String) throws(AlmanacError) {
        let fields = try CronExpression.fields(of: text)
        self.text = text
        minutes = try CronField(fields[0], .minute, in: text)
        hours = try CronField(fields[1], .hour, in: text)
        days = try CronField(fields[2], .dayOfMonth, in: text)
        months = try CronField(fields[3], .month, in: text)
        weekdays = try CronField(fields[4], .dayOfWeek, in: text)
        guard hasPossibleDay else {
            throw AlmanacError(
                sentence: "day of month \(AlmanacError.quoted(fields[2])) in cron \(AlmanacError.quoted(text)) never comes in month "
                    + "\(AlmanacError.quoted(fields[3])); choose a day that the month has")
        }
    }

    /// The first time later than `after`, in seconds since 1970; nil if there is none within 8 years.
    ///
    /// An expression with fixed minutes and hours comes once a day also when clocks change: as they have jumped if its time is skipped,
    /// the first time if it is shown twice. One whose minute or hour begins with a star goes by what the clocks show: cron(8) of Debian.
    public func next(after: Double, in zone: TimeZone) -> Double? {
        let isFixed = !minutes.isStarred && !hours.isStarred
        return LocalWalk(zone: zone, follows: isFixed ? .people : .clock).first(after: after, days: 8 * 366) { first(in: $0) }
    }
}

extension CronExpression {
    private static let shorthands = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *",
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    private static func fields(of text: String) throws(AlmanacError) -> [Substring] {
        let fields = text.split { $0.isWhitespace }
        if let word = fields.first, word.hasPrefix("@") {
            guard fields.count == 1, let long = shorthands[word.lowercased()] else {
                throw AlmanacError(
                    sentence: "cron \(AlmanacError.quoted(text)) is none of \(shorthands.keys.sorted().joined(separator: " "))"
                        + "; write one of these, or five fields")
            }
            return long.split(separator: " ")
        }
        guard fields.count == 5 else {
            throw AlmanacError(
                sentence: "cron \(AlmanacError.quoted(text)) must have 5 fields, got \(fields.count): write minute, hour, day of month, "
                    + "month and day of week, such as '*/10 6-18 * * mon-fri'")
        }
        return fields
    }

    private var hasPossibleDay: Bool {
        let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard weekdays.isStarred, let first = days.first(from: 1) else { return true }
        return zip(1..., lengths).contains { month, length in months.contains(month) && first <= length }
    }

    /// The first local time in a range.
    private func first(in range: Range<Int>) -> Int? {
        var day = range.lowerBound.floored(by: 86_400)
        while day * 86_400 < range.upperBound {
            let second = max(range.lowerBound - day * 86_400, 0)
            if includes(day: day), let minute = firstMinute(from: (second + 59) / 60) {
                let local = day * 86_400 + minute * 60
                return local < range.upperBound ? local : nil
            }
            day += 1
        }
        return nil
    }

    /// - Parameter number: days since 1970.
    private func includes(day number: Int) -> Bool {
        let day = CalendarDay(number: number)
        guard months.contains(day.month) else { return false }
        // The first of 1970 was a Thursday.
        let weekday = number + 4 - 7 * (number + 4).floored(by: 7)
        let (byDay, byWeekday) = (days.contains(day.day), weekdays.contains(weekday))
        return days.isStarred || weekdays.isStarred ? byDay && byWeekday : byDay || byWeekday
    }

    /// Minutes since midnight.
    private func firstMinute(from minute: Int) -> Int? {
        let hour = minute / 60
        if hour < 24, hours.contains(hour), let found = minutes.first(from: minute % 60) { return hour * 60 + found }
        guard let later = hours.first(from: hour + 1), let found = minutes.first(from: 0) else { return nil }
        return later * 60 + found
    }
}
