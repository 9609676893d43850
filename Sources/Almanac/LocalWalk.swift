internal import Foundation

/// Goes through the local times of a zone in the order in which they happen.
///
/// Local times are seconds since 1970 on the wall, as if it were universal time.
struct LocalWalk {
    /// What becomes of times that clocks skip in spring and show twice in autumn.
    enum Following {
        /// A skipped time happens as the clocks have jumped; a time shown twice happens the first time only.
        case people
        /// A skipped time does not happen, a time shown twice happens twice.
        case clock
    }

    let zone: TimeZone
    let follows: Following

    /// Jumps of more than three hours are corrections, such as a move over the date line, and nothing is made up for: as Debian's cron.
    private static let largestJump = 3 * 3600

    /// The first moment later than `after` whose local time `match` picks from a range, looking so many days ahead.
    func first(after: Double, days: Int, match: (Range<Int>) -> Int?) -> Double? {
        guard abs(after) < 1e11 else { return nil }
        let earliest = Int(after.rounded(.down)) + 1
        let limit = earliest + days * 86_400
        var stretch = Stretch(start: earliest - 86_400, zone: zone)
        // The local time up to which everything has happened.
        var reached = stretch.locals.lowerBound
        while stretch.start < limit {
            let low = follows == .people ? reached : stretch.locals.lowerBound
            let asked = max(low, stretch.start < earliest ? earliest + stretch.offset : low)
            if asked < stretch.locals.upperBound, let local = match(asked..<stretch.locals.upperBound) {
                return Double(max(local - stretch.offset, stretch.start))
            }
            reached = max(reached, stretch.locals.upperBound)
            let next = Stretch(start: stretch.end, zone: zone)
            if abs(next.offset - stretch.offset) > LocalWalk.largestJump { reached = next.locals.lowerBound }
            stretch = next
        }
        return nil
    }
}

/// At most a day during which local time keeps its distance from universal time.
private struct Stretch {
    let start: Int
    let end: Int
    let offset: Int

    var locals: Range<Int> { start + offset..<end + offset }

    init(start: Int, zone: TimeZone) {
        let offset = zone.offset(at: start)
        var (same, other) = (start, start + 86_400)
        if zone.offset(at: other) != offset {
            while other - same > 1 {
                let middle = (same + other) / 2
                if zone.offset(at: middle) == offset { same = middle } else { other = middle }
            }
        }
        self.start = start
        self.offset = offset
        end = other
    }
}
