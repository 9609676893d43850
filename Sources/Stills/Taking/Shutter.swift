internal import Catalog
internal import Timing

/// Who waits for a picture, and which frame each of them gets; pure.
struct Shutter: Sendable {
    /// Somebody who waits.
    struct Waiter: Sendable, Equatable {
        let id: Int
        let settings: PictureSettings
        /// When it was asked.
        let asked: Instant
        /// Whether the exposure has to begin after that.
        let isFresh: Bool
        /// How long the wait may take.
        let deadline: Instant
    }

    /// Waiters who share one picture.
    struct Group: Sendable, Equatable {
        let settings: PictureSettings
        var waiters: [Int]
    }

    /// More would only wait: pictures of one frame are made one after the other.
    static let mostSettings = 8
    /// Whoever shares a picture costs little, but not nothing.
    static let mostWaiters = 256

    private(set) var waiters: [Waiter] = []
    private var last = 0

    /// Whether nobody waits.
    var isIdle: Bool { waiters.isEmpty }

    /// The earliest moment at which somebody has waited too long.
    var deadline: Instant? { waiters.map(\.deadline).min() }

    /// Takes a request.
    /// - Returns: its number.
    /// - Throws: `unavailable` when too many wait.
    mutating func ask(_ settings: PictureSettings, isFresh: Bool, at now: Instant, patience: Double) throws(Problem) -> Int {
        let kinds = Set(waiters.map(\.settings)).union([settings]).count
        guard waiters.count < Shutter.mostWaiters, kinds <= Shutter.mostSettings else {
            throw Problem(.unavailable, "\(waiters.count) pictures of \(kinds - 1) kinds are being waited for; try again in a second")
        }
        last += 1
        waiters.append(
            Waiter(id: last, settings: settings, asked: now, isFresh: isFresh, deadline: now.advanced(by: patience)))
        return last
    }

    /// A frame whose exposure began at a time has arrived: whoever it will do for gets it and waits no longer.
    mutating func arrived(exposureBegan timestamp: Double) -> [Group] {
        let served = waiters.filter { !$0.isFresh || timestamp >= $0.asked.seconds }
        guard !served.isEmpty else { return [] }
        waiters.removeAll { waiter in served.contains { $0.id == waiter.id } }
        return served.reduce(into: []) { groups, waiter in
            if let index = groups.firstIndex(where: { $0.settings == waiter.settings }) {
                groups[index].waiters.append(waiter.id)
            } else {
                groups.append(Group(settings: waiter.settings, waiters: [waiter.id]))
            }
        }
    }

    /// Whoever has waited too long waits no longer.
    mutating func expire(_ now: Instant) -> [Int] {
        let late = waiters.filter { $0.deadline <= now }.map(\.id)
        waiters.removeAll { $0.deadline <= now }
        return late
    }

    /// Nobody waits any longer.
    mutating func clear() -> [Int] {
        defer { waiters = [] }
        return waiters.map(\.id)
    }
}
