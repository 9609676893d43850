/// Numbers between 0 and 1 that depend on a seed and a place in their row alone: SplitMix64 (Steele, Lea and Flood 2014), read anywhere.
struct Noise {
    private let key: UInt64

    /// - Parameter row: rows of one seed have nothing to do with each other.
    init(seed: UInt64, row: UInt64) { key = Noise.mix(Noise.mix(seed &+ Noise.stride) &+ row &* Noise.stride) }

    /// The number at a place.
    func fraction(_ index: Int64) -> Double {
        Double(Noise.mix(key &+ UInt64(bitPattern: index) &* Noise.stride) >> 11) / 9_007_199_254_740_992
    }

    /// Value noise: goes from the number at one whole position to the next, without a bend at either.
    func value(at position: Double) -> Double {
        let floor = position.rounded(.down)
        let (from, to) = (fraction(Int64(floor)), fraction(Int64(floor) + 1))
        return from + (to - from) * Noise.step(position - floor)
    }

    /// From 0 to 1 with level ends; 0 before and 1 after.
    static func step(_ share: Double) -> Double {
        let share = max(0, min(1, share))
        return share * share * (3 - 2 * share)
    }

    private static let stride: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mix(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
