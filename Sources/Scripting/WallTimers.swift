internal import Almanac
internal import Catalog
internal import Foundation
internal import Timing

/// When something happens by the wall clock.
enum WallRule: Sendable, Equatable {
    /// Every day at a time of day.
    case at(TimeOfDay)
    /// As a line of a crontab says.
    case cron(CronExpression)
    /// With the sun, so many seconds later.
    case sun(SunEvent, Sun, offset: Double)

    /// The first time later than `after`; nil when there is none in sight.
    func next(after: Double, in zone: TimeZone) -> Double? {
        switch self {
        case .at(let time): time.next(after: after, in: zone)
        case .cron(let expression): expression.next(after: after, in: zone)
        case .sun(let event, let sun, let offset): sun.next(event, after: after - offset).map { $0 + offset }
        }
    }

    /// What `timers()` calls it.
    var kind: String {
        switch self {
        case .at: "at"
        case .cron: "cron"
        case .sun: "sun"
        }
    }
}

/// The timers of a script that follow the wall clock, by number.
///
/// They rest while the clock cannot be trusted, and are set anew when it was stepped: what a step of at most three hours skipped happens at
/// once, what a larger one skipped was another time's business (as cron has it).
struct WallTimers {
    struct Timer {
        let rule: WallRule
        let function: Int64
        /// When it is due by the wall clock; nil while it rests.
        var next: Double?
        /// When it last happened.
        var last: Double?
    }

    private static let largestStep = 3 * 3600.0

    private(set) var timers: [Int: Timer] = [:]

    var isEmpty: Bool { timers.isEmpty }
    var count: Int { timers.count }
    subscript(number: Int) -> Timer? { timers[number] }

    /// Adds one that rests until it is set.
    mutating func add(_ number: Int, _ rule: WallRule, _ function: Int64) { timers[number] = Timer(rule: rule, function: function) }

    mutating func remove(_ number: Int) -> Timer? { timers.removeValue(forKey: number) }

    /// Sets a timer by the wall clock.
    /// - Returns: when it is due; nil when it is not in sight.
    mutating func set(_ number: Int, wall: Double, in zone: TimeZone) -> Double? {
        guard let timer = timers[number] else { return nil }
        // A clock that wakes a hair early does not have a thing happen twice.
        let last = timer.last.map { $0 - wall <= WallTimers.largestStep ? max($0, wall) : wall }
        let next = timer.rule.next(after: last ?? wall, in: zone)
        timers[number]?.next = next
        return next
    }

    /// Lets a timer rest.
    mutating func rest(_ number: Int) { timers[number]?.next = nil }

    /// The clock was stepped: whether what is due before then still is.
    func survives(_ number: Int, wall: Double) -> Bool {
        guard let next = timers[number]?.next else { return false }
        return next <= wall && wall - next <= WallTimers.largestStep
    }

    /// Whether a timer that was woken is due.
    func isDue(_ number: Int, wall: Double) -> Bool { timers[number]?.next.map { $0 <= wall + 0.0005 } ?? false }

    /// It happens now.
    mutating func happened(_ number: Int) {
        let next = timers[number]?.next
        timers[number]?.last = next
    }

    /// Seconds until a timer should look at the clock: well before it is due while that is far away, since clocks are slewed meanwhile.
    static func wait(for next: Double, wall: Double) -> Double {
        let rest = max(next - wall, 0)
        return rest > 10 ? rest * 0.95 : rest
    }
}
