/// Picks frames so that there are at most so many a second, evenly; pure.
struct Cadence: Sendable {
    private let interval: Double
    /// When the next frame is due.
    private var next = -Double.infinity

    /// Creates a cadence of so many frames a second.
    init(framesPerSecond: Double) { interval = 1 / framesPerSecond }

    /// Whether a frame is due that began at a time, where frames come so many seconds apart; being half of that early is on time.
    func isDue(_ timestamp: Double, frameSeconds: Double) -> Bool {
        // A clock that went far back is another camera's.
        timestamp >= next - frameSeconds / 2 || timestamp < next - 2 * interval
    }

    /// A frame that began at a time was taken.
    mutating func took(_ timestamp: Double) {
        // Whoever is late does not catch up.
        let wasOnTime = abs(timestamp - next) < interval
        next = (wasOnTime ? next : timestamp) + interval
    }
}
