internal import Glibc

/// A moment as a wall clock with a calendar shows it.
struct LocalTime: Sendable, Equatable {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    let millisecond: Int
    /// Distance from UTC in seconds, east is positive.
    let offset: Int
    /// Whole seconds since 1970, UTC.
    let unix: Int

    /// How far a place is from UTC at a moment, in seconds.
    typealias Zone = @Sendable (_ unix: Int) -> Int

    /// The machine's own time zone.
    static let systemZone: Zone = { unix in
        var time = time_t(unix)
        var parts = tm()
        return localtime_r(&time, &parts) == nil ? 0 : parts.tm_gmtoff
    }

    /// The moment `wall` seconds after 1970 began.
    init(wall: Double, zone: Zone = LocalTime.systemZone) {
        // A clock that shows nonsense is no reason to stop; the calendar here is good for 10,000 years.
        let milliseconds = Int(max(0, min(wall.isFinite ? wall : 0, 250_000_000_000)) * 1000)
        unix = milliseconds / 1000
        millisecond = milliseconds % 1000
        offset = zone(unix)
        let local = max(0, unix + offset)
        (hour, minute, second) = (local / 3600 % 24, local / 60 % 60, local % 60)
        (year, month, day) = LocalTime.date(daysSince1970: local / 86400)
    }

    /// `2026:11:23 17:06:46`, as EXIF writes it.
    var exif: String {
        "\(LocalTime.digits(year, 4)):\(LocalTime.digits(month, 2)):\(LocalTime.digits(day, 2)) "
            + "\(LocalTime.digits(hour, 2)):\(LocalTime.digits(minute, 2)):\(LocalTime.digits(second, 2))"
    }

    /// `+01:00`.
    var offsetText: String {
        let minutes = abs(offset) / 60
        return "\(offset < 0 ? "-" : "+")\(LocalTime.digits(minutes / 60, 2)):\(LocalTime.digits(minutes % 60, 2))"
    }

    /// A number with at least so many digits.
    static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }

    /// Counted in years that begin in March, so that the leap day is the last one.
    private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let sinceMarch = days + 719_468
        let era = sinceMarch / 146_097
        let dayOfEra = sinceMarch % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
