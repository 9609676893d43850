/// Running figures of how long something took, over the last 128 times.
public struct Latency: Sendable, Equatable {
    /// What most took; milliseconds, 0 while nothing was measured.
    public struct Figures: Sendable, Equatable {
        /// Half of them took no longer.
        public var median = 0.0
        /// 95 % of them took no longer.
        public var high = 0.0

        /// Creates figures of nothing.
        public init() {}
    }

    private static let length = 128
    private var ring: [Double] = []
    private var next = 0

    /// Creates figures of nothing.
    public init() { ring.reserveCapacity(Latency.length) }

    /// Adds one measurement in seconds.
    public mutating func add(seconds: Double) {
        if ring.count < Latency.length {
            ring.append(seconds)
        } else {
            ring[next] = seconds
            next = (next + 1) % Latency.length
        }
    }

    /// The figures now; sorts, so not for every frame.
    public var figures: Figures {
        guard !ring.isEmpty else { return Figures() }
        let sorted = ring.sorted()
        var figures = Figures()
        figures.median = sorted[sorted.count / 2] * 1000
        figures.high = sorted[min(sorted.count - 1, sorted.count * 95 / 100)] * 1000
        return figures
    }
}
