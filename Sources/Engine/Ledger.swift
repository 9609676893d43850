internal import CameraBindings
internal import Catalog
internal import Timing

/// Follows every written key from asked to sent to seen in the metadata of a frame.
struct Ledger: Sendable {
    /// What is known of a key when it is written.
    enum Entry: Sendable {
        /// On its way to the camera: proved by the first frame whose settled request is at least `request`.
        case sent(asked: Value, sent: Value, reason: String?, request: UInt64)
        /// Settled when it was written.
        case settled(Outcome)

        /// The same on a longer way: which request will carry it is not known yet.
        var later: Entry {
            guard case .sent(let asked, let sent, let reason, _) = self else { return self }
            return .sent(asked: asked, sent: sent, reason: reason, request: Ledger.later)
        }
    }

    private struct Pending: Sendable {
        let ticket: Ticket
        let sent: Value
        let reason: String?
        var request: UInt64
        var deadline: Instant
    }

    /// The request of a value that is on its way: it is not known yet which one will carry it.
    static let later = UInt64.max

    /// How many tickets are remembered.
    static let remembered = 512

    private var tickets: [Ticket: [String: Outcome]] = [:]
    private var order: [Ticket] = []
    private var pending: [String: Pending] = [:]
    private var last: [String: Outcome] = [:]
    private var nextTicket: UInt64 = 0

    /// Whether any key waits for its proof.
    var isWaiting: Bool { !pending.isEmpty }

    /// Whether the next frames may prove something; what is still on its way is not waited for.
    var isProving: Bool { pending.values.contains { $0.request != Ledger.later } }

    /// The keys whose writes are not settled.
    var waitingKeys: Set<String> { Set(pending.keys) }

    /// The outcome of the last write of a key.
    func lastOutcome(_ key: String) -> Outcome? { last[key] }

    /// The outcomes of a ticket; empty once it is forgotten.
    func outcomes(_ ticket: Ticket) -> [String: Outcome] { tickets[ticket] ?? [:] }

    /// Whether nothing of a ticket is pending any more.
    func isSettled(_ ticket: Ticket) -> Bool { outcomes(ticket).values.allSatisfy(\.isSettled) }

    /// Opens a ticket; an older pending write of the same key is superseded.
    /// - Returns: the ticket, and those that this one completed by superseding.
    mutating func open(_ entries: [String: Entry], deadline: Instant) -> (ticket: Ticket, completed: [Ticket]) {
        nextTicket += 1
        let ticket = Ticket(id: nextTicket)
        tickets[ticket] = [:]
        order.append(ticket)
        var touched: Set<Ticket> = []
        for (key, entry) in entries {
            if let older = pending.removeValue(forKey: key) {
                touched.insert(older.ticket)
                update(older.ticket, key) { $0.state = .superseded }
            }
            record(key, entry, ticket, deadline)
        }
        forgetOldest()
        return (ticket, touched.filter(isSettled).sorted { $0.id < $1.id })
    }

    private mutating func record(_ key: String, _ entry: Entry, _ ticket: Ticket, _ deadline: Instant) {
        switch entry {
        case .settled(let outcome):
            set(ticket, key, outcome)
        case .sent(let asked, let sent, let reason, let request):
            pending[key] = Pending(ticket: ticket, sent: sent, reason: reason, request: request, deadline: deadline)
            set(ticket, key, Outcome(.pending, asked: asked, reason: reason))
        }
    }

    /// Values that were on their way were sent now.
    mutating func arrived(_ keys: [String], request: UInt64, deadline: Instant) {
        for key in keys where pending[key]?.request == Ledger.later {
            pending[key]?.request = request
            pending[key]?.deadline = deadline
        }
    }

    /// Looks at a frame: what it proves is settled.
    /// - Returns: the tickets it completed.
    mutating func seen(_ metadata: FrameMetadata) -> [Ticket] {
        guard isWaiting else { return [] }
        let proved = pending.filter { $0.value.request <= metadata.settledRequest }
        for (key, entry) in proved {
            pending[key] = nil
            settle(key, entry, metadata)
        }
        return completed(by: proved)
    }

    /// How far a value in force may be from the asked one and still count as asked: sensors count exposure in lines and gain in codes.
    private static let quantisation = 0.1

    private mutating func settle(_ key: String, _ entry: Pending, _ metadata: FrameMetadata) {
        let inForce = metadata.inForce.values[key] ?? entry.sent
        let said = metadata.inForce.reasons[key]
        let matches = said == nil && inForce.matches(entry.sent, tolerance: Ledger.quantisation)
        update(entry.ticket, key) { outcome in
            outcome.applied = inForce
            outcome.frame = metadata.report.sequence
            outcome.state = matches && entry.reason == nil ? .applied : .clamped
            if !matches { outcome.reason = said ?? entry.reason ?? "the camera set \(inForce) instead" }
        }
    }

    /// Gives up on writes whose time has run out.
    /// - Returns: the tickets this completed.
    mutating func expire(_ now: Instant) -> [Ticket] {
        guard isWaiting else { return [] }
        let late = pending.filter { $0.value.deadline < now && $0.value.request != Ledger.later }
        for (key, entry) in late {
            pending[key] = nil
            update(entry.ticket, key) { outcome in
                outcome.state = .unconfirmed
                outcome.reason = "no frame proved it in time"
            }
        }
        return completed(by: late)
    }

    /// Settles pending writes of these keys as refused by the device.
    mutating func refuse(_ keys: Set<String>, reason: String) -> [Ticket] {
        let refused = pending.filter { keys.contains($0.key) }
        for (key, entry) in refused {
            pending[key] = nil
            update(entry.ticket, key) { outcome in
                outcome.state = .unsupported
                outcome.reason = reason
            }
        }
        return completed(by: refused)
    }

    /// Notes that values which stay held have no effect on the camera that is there now, whether they were proved on another or not.
    mutating func lose(_ reasons: [String: String]) -> [Ticket] {
        let completed = reasons.flatMap { refuse([$0.key], reason: $0.value) }
        for (key, reason) in reasons { last[key] = last[key].map { Outcome(.unsupported, asked: $0.asked, reason: reason) } }
        return completed
    }

    private func completed(by entries: [String: Pending]) -> [Ticket] {
        Set(entries.values.map(\.ticket)).filter(isSettled).sorted { $0.id < $1.id }
    }

    private mutating func set(_ ticket: Ticket, _ key: String, _ outcome: Outcome) {
        tickets[ticket]?[key] = outcome
        last[key] = outcome
    }

    private mutating func update(_ ticket: Ticket, _ key: String, _ change: (inout Outcome) -> Void) {
        guard var outcome = tickets[ticket]?[key] else { return }
        change(&outcome)
        tickets[ticket]?[key] = outcome
        if outcome.state != .superseded { last[key] = outcome }
    }

    private mutating func forgetOldest() {
        guard order.count > Ledger.remembered else { return }
        // A ticket that is still pending is not forgotten: somebody may wait for it.
        guard let index = order.firstIndex(where: isSettled) else { return }
        tickets[order.remove(at: index)] = nil
    }
}
