internal import Almanac
package import Catalog
package import Foundation

/// Days and times as people name them, in a zone.
package struct RehearsalTime: Sendable {
    private let zone: TimeZone

    /// Reads times of a zone.
    package init(zone: TimeZone) { self.zone = zone }

    /// `2026-12-21`, or with a time, `2026-12-21 16:30`, in seconds since 1970.
    /// - Throws: what is wrong with it.
    package func moment(_ text: String) throws(Problem) -> Double {
        let parts = text.split(separator: text.contains("T") ? "T" : " ", maxSplits: 1)
        guard let first = parts.first, let start = day(String(first)) else {
            throw RehearsalTime.bad("a day", "2026-12-21 or 2026-12-21 16:30", text)
        }
        return parts.count == 1 ? start : try next(String(parts[1]), after: start - 0.5)
    }

    /// The next time after another one at which clocks show `16:30`, in seconds since 1970.
    /// - Throws: what is wrong with it.
    package func next(_ text: String, after time: Double) throws(Problem) -> Double {
        do throws(AlmanacError) {
            return try TimeOfDay(text).next(after: time, in: zone)
        } catch {
            throw Problem(.wrongType, error.sentence)
        }
    }

    /// When a local day begins.
    private func day(_ text: String) -> Double? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        guard parts.count == 3, numbers.count == 3, parts[0].count == 4, numbers[0] > 1970, numbers[0] < 2200 else { return nil }
        let day = CalendarDay(year: numbers[0], month: numbers[1], day: numbers[2])
        guard day.month == numbers[1], day.day == numbers[2] else { return nil }
        return day.begin(in: zone)
    }

    static func bad(_ what: String, _ example: String, _ got: String) -> Problem {
        Problem(.wrongType, "\(what) such as '\(example)' was expected, got '\(got)'")
    }
}
