/// Notices that the wall clock was stepped, or can be trusted now.
public struct ClockWatch: Sendable {
    /// What it noticed.
    public struct Step: Sendable, Equatable {
        /// How far the clock went in seconds; negative is back.
        public let seconds: Double
        /// Whether it can be trusted now.
        public let isTrusted: Bool
    }

    /// Slewing, at most 500 parts in a million (adjtimex(2)), stays far below this between two looks.
    private static let least = 0.5

    /// Wall less monotonic time.
    private var distance: Double?
    private var wasTrusted = false

    /// Creates a watch that has seen nothing.
    public init() {}

    /// Looks at the clocks, a few times a second.
    public mutating func look(_ clock: any HostClock) -> Step? {
        let (now, isTrusted) = (clock.wall - clock.now.seconds, clock.isTrusted)
        defer { (distance, wasTrusted) = (now, isTrusted) }
        guard let distance else { return nil }
        let step = now - distance
        return abs(step) >= ClockWatch.least || isTrusted != wasTrusted ? Step(seconds: step, isTrusted: isTrusted) : nil
    }
}
