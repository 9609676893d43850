/// Cars that pass at random and light up the scene for a moment.
struct Headlights {
    private let chance: Double
    private let noise: Noise

    /// - Parameter perHour: cars an hour, up to 900: one in each slot.
    init(perHour: Double, seed: UInt64) {
        chance = perHour * Headlights.slot / 3600
        noise = Noise(seed: seed, row: 7)
    }

    /// Lux that the cars passing at a time add: each rises to 10 to 150 and falls again within 2 to 12 s.
    ///
    /// Most stay far: half of them reach no more than 45. All of it is invented.
    ///
    /// - Parameter wall: seconds since 1970.
    func illuminance(at wall: Double) -> Double {
        guard chance > 0 else { return 0 }
        let now = Int64((wall / Headlights.slot).rounded(.down))
        // The longest car that came three slots ago is just leaving.
        return (now - 3...now).reduce(0) { $0 + (noise.fraction(4 * $1) < chance ? light(of: $1, at: wall) : 0) }
    }

    /// Each slot has four numbers: whether a car comes in it, when, for how long and how near.
    private func light(of slot: Int64, at wall: Double) -> Double {
        let start = (Double(slot) + noise.fraction(4 * slot + 1)) * Headlights.slot
        let share = max(0, min(1, (wall - start) / (2 + 10 * noise.fraction(4 * slot + 2))))
        let nearness = noise.fraction(4 * slot + 3)
        let rise = 4 * share * (1 - share)
        return (10 + 140 * nearness * nearness) * rise * rise
    }

    /// Seconds in which at most one car comes.
    private static let slot = 4.0
}
