/// Notices that many streams have ended.
struct Crowd {
    /// Fewer than these are not worth a look at all memory.
    private static let least = 50

    private var peak = 0

    /// Whether most have gone since the last time they had.
    mutating func hasGone(leaving count: Int) -> Bool {
        peak = max(peak, count)
        guard peak >= Crowd.least, count < peak / 2 else { return false }
        peak = count
        return true
    }
}
