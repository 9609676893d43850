internal import Almanac
internal import Catalog
package import Foundation

/// A timeline as people read it in a terminal: when, how light it was, who, what.
package struct TimelineText {
    private let zone: TimeZone

    /// Creates a writer whose times are those of a zone.
    package init(zone: TimeZone) { self.zone = zone }

    /// The lines of an entry; the first one has the time.
    package func lines(_ entry: TimelineEntry) -> [String] {
        let words = TimelineWords(entry)
        guard let first = words.lines.first else { return [] }
        let light = entry.lux.map { "\(Figure.lux($0)) lx" } ?? ""
        let margin = "\(clock(entry.time))  \(light.padded(to: 11, fromLeft: true))  \((entry.script ?? "-").padded(to: 14))"
        let indent = String(repeating: " ", count: margin.count)
        return ["\(margin)  \(first)"] + words.lines.dropFirst().map { "\(indent)  \($0)" }
    }

    /// `2026-12-21`.
    package func day(_ time: Double) -> String {
        let day = CalendarDay(of: time, in: zone)
        return "\(day.year)-\(Figure.two(day.month))-\(Figure.two(day.day))"
    }

    /// `16:47:12`.
    package func clock(_ time: Double) -> String {
        let second = Int(time.rounded(.down))
        let local = (second + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))) % 86_400
        return "\(Figure.two(local / 3600)):\(Figure.two(local / 60 % 60)):\(Figure.two(local % 60))"
    }
}

/// Numbers as a timeline shows them: rounded, so that the last digits of two machines do not matter.
enum Figure {
    /// Illuminance with three significant digits: `0.0123`, `4.81`, `12300`.
    static func lux(_ lux: Double) -> String { significant(lux, 3) }

    /// A number with so many significant digits and no needless zeros.
    static func significant(_ number: Double, _ digits: Int) -> String {
        guard number.isFinite, number != 0 else { return number == 0 ? "0" : "-" }
        var scale = 1.0
        var places = 0
        while abs(number) * scale < 100, places < 8 {
            scale *= 10
            places += 1
        }
        while abs(number) * scale >= 1000 {
            scale /= 10
            places -= 1
        }
        let whole = Int((number * scale).rounded())
        if places <= 0 { return String(whole * power(-places)) }
        let unit = power(places)
        let rest = String(abs(whole) % unit)
        let tail = trimmed(String(repeating: "0", count: places - rest.count) + rest)
        return "\(whole < 0 ? "-" : "")\(abs(whole) / unit)\(tail.isEmpty ? "" : "." + tail)"
    }

    /// At least two digits.
    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// A value with numbers of at most five digits or so.
    static func value(_ value: Value) -> String {
        switch value {
        case .number(let number): abs(number) >= 1000 && number == number.rounded() ? String(Int(number)) : significant(number, 3)
        case .text(let text): text
        case .list(let values): "[" + values.map(Figure.value).joined(separator: ", ") + "]"
        case .table(let values):
            "{" + values.sorted { $0.key < $1.key }.map { "\($0.key)=\(Figure.value($0.value))" }.joined(separator: ", ") + "}"
        case .null, .bool, .integer: value.description
        }
    }

    private static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }

    private static func trimmed(_ digits: String) -> String {
        var digits = digits[...]
        while digits.last == "0" { digits.removeLast() }
        return String(digits)
    }
}

extension String {
    /// With blanks up to a width.
    func padded(to width: Int, fromLeft: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - count))
        return fromLeft ? blanks + self : self + blanks
    }
}
