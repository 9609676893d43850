internal import Catalog
internal import Timing

/// The last events with numbers, for streams that take up where they were cut off.
final class EventJournal: Sendable {
    /// How many events are kept.
    static let kept = 1000
    /// How many a slow reader may be behind before it loses the oldest.
    private static let patience = 256

    private struct Entry {
        let number: Int
        let topic: String
        let bytes: [UInt8]
    }

    private struct Follower {
        let topics: Set<String>?
        let feed: ByteFeed
        var toldLost = 0
    }

    private struct State {
        var entries: [Entry] = []
        var last = 0
        var followers: [Int: Follower] = [:]
        var nextFollower = 0
    }

    private let state = Mutex(State())
    private let subscription = Mutex<Subscription?>(nil)
    /// Tells the numbers of this process from those of one before.
    private let run: String

    /// Creates a journal of everything that happens on a surface from now on.
    init(_ surface: any ControlSurface, run: String = String(UInt32.random(in: 1...UInt32.max), radix: 36)) {
        self.run = run
        let listening = surface.subscribe(to: nil) { [weak self] event in self?.record(event) }
        subscription.withLock { $0 = listening }
    }

    /// Streams events of these topics, nil for all.
    /// - Parameter id: the last one the client has; those after it come first.
    func follow(_ topics: Set<String>?, after id: String?) -> ByteFeed {
        state.withLock { state in
            state.nextFollower += 1
            let number = state.nextFollower
            let feed = ByteFeed(capacity: EventJournal.kept + EventJournal.patience, heartbeat: ServerSentEvent.heartbeat) { [weak self] in
                self?.forget(number)
            }
            if let id { replay(after: id, topics, state.entries, state.last, to: feed) }
            state.followers[number] = Follower(topics: topics, feed: feed)
            return feed
        }
    }

    private func record(_ event: Event) {
        let data = Document.object([
            .init("topic", .text(event.topic)), .init("time", .number(event.time)), .init("fields", Value.table(event.fields).document),
        ]).json
        state.withLock { state in
            state.last += 1
            let bytes = ServerSentEvent.bytes(data, name: event.topic, id: "\(run)-\(state.last)")
            state.entries.append(Entry(number: state.last, topic: event.topic, bytes: bytes))
            if state.entries.count > EventJournal.kept { state.entries.removeFirst() }
            for (number, follower) in state.followers where follower.topics?.contains(event.topic) ?? true {
                follower.feed.push(bytes)
                let lost = follower.feed.dropped
                guard lost > follower.toldLost else { continue }
                follower.feed.push(EventJournal.missed("this client was too slow"))
                state.followers[number]?.toldLost = follower.feed.dropped
            }
        }
    }

    private func replay(after id: String, _ topics: Set<String>?, _ entries: [Entry], _ last: Int, to feed: ByteFeed) {
        let parts = id.split(separator: "-")
        let known = parts.count == 2 && parts[0] == run ? Int(parts[1]) : nil
        let oldest = entries.first?.number ?? last + 1
        if known == nil {
            feed.push(EventJournal.missed("the service was started anew since"))
        } else if let known, known < oldest - 1 {
            feed.push(EventJournal.missed("only the last \(EventJournal.kept) events are kept"))
        }
        for entry in entries where entry.number > known ?? 0 && topics?.contains(entry.topic) ?? true { feed.push(entry.bytes) }
    }

    /// Says that there is a gap: nothing is lost unseen.
    private static func missed(_ reason: String) -> [UInt8] {
        ServerSentEvent.bytes(Document.object([.init("reason", .text(reason))]).json, name: "missed")
    }

    private func forget(_ number: Int) {
        let gone = state.withLock { $0.followers.removeValue(forKey: number) }
        _ = gone  // released outside the lock: its end calls back here
    }
}
