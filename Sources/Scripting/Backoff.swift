internal import Timing

/// When a script that failed is started again.
///
/// After 1 s, then 2 s, 4 s and so on up to a minute; one that has run for a minute begins at 1 s again.
struct Backoff: Sendable {
    private var failures = 0
    private var began: Instant?
    /// When it is started again; nil while nothing is planned.
    private(set) var due: Instant?

    private static let longest = 60.0

    /// It runs now, by itself or by somebody's order.
    mutating func begin(at now: Instant) { (began, due) = (now, nil) }

    /// It has failed; the seconds until it is started again.
    mutating func fail(at now: Instant) -> Double {
        if let began, began.seconds(to: now) >= Backoff.longest { failures = 0 }
        let delay = min(Backoff.longest, Double(1 << min(failures, 6)))
        failures += 1
        (began, due) = (nil, now.advanced(by: delay))
        return delay
    }

    /// Somebody has decided what becomes of it.
    mutating func cancel() { self = Backoff() }
}
