/// Says which frames become key frames, so that the interval can change while the encoder runs.
struct KeyRhythm {
    private var last: Int64?

    /// Whether the frame at `pts` (90 kHz) is to be one; `asked` makes it one in any case.
    mutating func isDue(at pts: Int64, interval: Double, framerate: Double, asked: Bool) -> Bool {
        // Half a frame of slack: timestamps jitter, and being a whole frame late every time would stretch the interval.
        let slack = 0.5 / framerate
        let isDue = last.map { Double(pts - $0) / 90_000 >= interval - slack } ?? true
        guard isDue || asked else { return false }
        last = pts
        return true
    }
}
