internal import Timing

/// Tells a dead or overtaxed connection from a live one by what the kernel says, because writes go on succeeding for ten seconds and
/// more after a server has frozen.
///
/// Two signs: bytes the peer's kernel has not acknowledged for too long (a thin uplink, a pulled cable, a frozen server whose buffers
/// are full), and a server that used to answer pings and has fallen silent (a frozen server long before its buffers are full).
struct ConnectionHealth {
    /// What the kernel says.
    struct Figures: Equatable {
        var isOpen = true
        var acknowledged: UInt64 = 0
        var unsent: UInt64 = 0
        var received: UInt64 = 0
    }

    /// Seconds of waiting that count as dead.
    static let patience = 2.0
    private static let pingInterval = 0.5

    private struct Mark {
        let time: Instant
        let written: UInt64
    }

    /// What had been written when, as far as it is not acknowledged.
    private var marks: [Mark] = []
    private var received: UInt64
    private var firstUnanswered: Instant?
    private var lastPing: Instant?
    private var hasAnswered = false

    /// Starts with the figures right after connecting.
    init(_ figures: Figures = Figures()) { received = figures.received }

    /// Whether it is time to ask for a sign of life.
    func wantsPing(at now: Instant) -> Bool {
        lastPing.map { $0.seconds(to: now) >= ConnectionHealth.pingInterval } ?? true
    }

    /// Notes that a ping was sent.
    mutating func pinged(at now: Instant) {
        lastPing = now
        firstUnanswered = firstUnanswered ?? now
    }

    /// Why the connection is dead; nil when it is not.
    mutating func judge(_ figures: Figures, at now: Instant) -> String? {
        guard figures.isOpen else { return "the server closed the connection" }
        hear(figures)
        note(figures, at: now)
        if let mark = marks.first, mark.time.seconds(to: now) > ConnectionHealth.patience {
            return "the server takes the stream too slowly: bytes are unsent for more than \(ConnectionHealth.patience) s"
        }
        if hasAnswered, let firstUnanswered, firstUnanswered.seconds(to: now) > ConnectionHealth.patience {
            return "the server has not answered for more than \(ConnectionHealth.patience) s"
        }
        return nil
    }

    private mutating func hear(_ figures: Figures) {
        guard figures.received > received else { return }
        received = figures.received
        if firstUnanswered != nil { hasAnswered = true }
        firstUnanswered = nil
    }

    private mutating func note(_ figures: Figures, at now: Instant) {
        marks.removeAll { $0.written <= figures.acknowledged }
        let written = figures.acknowledged + figures.unsent
        if figures.unsent > 0 && written > marks.last?.written ?? 0 { marks.append(Mark(time: now, written: written)) }
    }
}
