internal import Timing

/// Decides when the light has changed enough to tell: by a third of a stop, at most twice a second.
struct LightChange: Sendable {
    private var told: (lux: Double, at: Instant)?

    /// Looks at a frame's illuminance.
    /// - Returns: the old value when the change is worth an event.
    mutating func seen(_ lux: Double?, at now: Instant) -> Double? {
        guard let lux, lux.isFinite else { return nil }
        guard let told else {
            self.told = (lux, now)
            return nil
        }
        let ratio = max(lux, 0.001) / max(told.lux, 0.001)
        guard told.at.seconds(to: now) >= 0.5, ratio > LightChange.step || ratio < 1 / LightChange.step else { return nil }
        self.told = (lux, now)
        return told.lux
    }

    /// Two to the power of one third.
    private static let step = 1.2599
}
