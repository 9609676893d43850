public import Foundation

/// A time on the wall, such as `22:30`.
public struct TimeOfDay: Hashable, Sendable {
    /// Seconds since midnight, on a day without a change of clocks.
    public let seconds: Int

    /// Reads `22:30`, `22:30:15` or `6:05`.
    public init(_ text: String) throws(AlmanacError) {
        guard let seconds = TimeOfDay.seconds(in: text) else {
            throw AlmanacError(
                sentence: "time of day \(AlmanacError.quoted(text)) must be '0:00' to '23:59', with seconds if you like, such as '22:30:15'"
            )
        }
        self.seconds = seconds
    }

    /// The first moment later than `after`, in seconds since 1970, at which the clocks of a zone show this time.
    ///
    /// Once a day: where clocks skip it, as they have jumped; where they show it twice, the first time. Infinite if `after` is.
    public func next(after: Double, in zone: TimeZone) -> Double {
        let found = LocalWalk(zone: zone, follows: .people).first(after: after, days: 4) { range in
            let days = (range.lowerBound - seconds - 1).floored(by: 86_400) + 1
            let local = days * 86_400 + seconds
            return range.contains(local) ? local : nil
        }
        return found ?? .infinity
    }

    private static func seconds(in text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), (1...2).contains(parts[0].count), parts.dropFirst().allSatisfy({ $0.count == 2 }) else {
            return nil
        }
        let numbers = parts.compactMap { Int(digits: $0) }
        guard numbers.count == parts.count, numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        return zip(numbers, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

extension Int {
    /// Reads digits only: no sign.
    init?(digits: some StringProtocol) {
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        self.init(digits)
    }
}
