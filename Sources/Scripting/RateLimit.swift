internal import Timing

/// Lets so many things a second pass and counts the others; after a silence a whole second's worth may come at once.
struct RateLimit {
    var perSecond: Double
    private var tokens: Double
    private var last: Instant?
    /// What did not pass since somebody last asked.
    private(set) var refused = 0

    init(perSecond: Int) {
        self.perSecond = Double(perSecond)
        tokens = Double(perSecond)
    }

    /// Whether one more thing may pass now.
    mutating func admit(at now: Instant) -> Bool {
        if let last { tokens = min(perSecond, tokens + max(0, last.seconds(to: now)) * perSecond) }
        last = now
        guard tokens >= 1 else {
            refused += 1
            return false
        }
        tokens -= 1
        return true
    }

    /// How many were refused since the last call.
    mutating func takeRefused() -> Int {
        defer { refused = 0 }
        return refused
    }
}
