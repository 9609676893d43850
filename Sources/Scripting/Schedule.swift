internal import Timing

/// What a script has coming up, in order of time; equal times in the order they were added.
struct Schedule {
    /// Something that happens at a moment.
    struct Entry: Equatable {
        let id: Int
        var due: Instant
        /// Seconds from one firing to the next; nil for something that happens once.
        let interval: Double?
        let what: Due
    }

    /// What happens.
    enum Due: Equatable {
        /// A kept function runs.
        case run(function: Int64)
        /// A wait is over.
        case wake(wait: Int)
        /// A timer that follows the wall clock looks at it.
        case look(timer: Int)
    }

    private(set) var entries: [Entry] = []
    private var lastID = 0

    /// The next moment something happens.
    var next: Instant? { entries.first?.due }
    /// The timers among the entries, in order of time.
    var timers: [Entry] { entries.filter { if case .run = $0.what { true } else { false } } }
    /// When the first of them is due.
    var nextTimer: Instant? { entries.first { if case .run = $0.what { true } else { false } }?.due }
    /// How many of the entries are timers.
    private(set) var timerCount = 0

    /// Adds something that happens at `due`, and every `interval` seconds from then on.
    mutating func add(_ what: Due, at due: Instant, every interval: Double? = nil) -> Int {
        let id = reserve()
        if case .run = what { timerCount += 1 }
        insert(Entry(id: id, due: due, interval: interval, what: what))
        return id
    }

    /// A number for something that is added later, under it.
    mutating func reserve() -> Int {
        lastID += 1
        return lastID
    }

    /// Adds something that happens once at `due`, under a number that was reserved.
    mutating func add(_ id: Int, _ what: Due, at due: Instant) { insert(Entry(id: id, due: due, interval: nil, what: what)) }

    /// Takes an entry out.
    @discardableResult mutating func cancel(_ id: Int) -> Entry? {
        guard let index = entries.firstIndex(where: { $0.id == id }) else { return nil }
        return remove(at: index)
    }

    /// The next entry that is due. One with an interval stays, at its next moment after `now` on the same grid: late firings are left
    /// out, never made up for, and never shift the grid.
    mutating func takeDue(at now: Instant) -> Entry? {
        guard let first = entries.first, first.due <= now else { return nil }
        remove(at: 0)
        if let interval = first.interval {
            var again = first
            let missed = (first.due.seconds(to: now) / interval).rounded(.down)
            again.due = first.due.advanced(by: interval * (missed + 1))
            if again.due <= now { again.due = again.due.advanced(by: interval) }
            if case .run = again.what { timerCount += 1 }
            insert(again)
        }
        return first
    }

    @discardableResult private mutating func remove(at index: Int) -> Entry {
        let entry = entries.remove(at: index)
        if case .run = entry.what { timerCount -= 1 }
        return entry
    }

    private mutating func insert(_ entry: Entry) {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if (entries[middle].due, entries[middle].id) < (entry.due, entry.id) { low = middle + 1 } else { high = middle }
        }
        entries.insert(entry, at: low)
    }
}
