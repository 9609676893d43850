internal import Catalog
internal import Timing

/// Streams what each frame says about itself, written once for all who follow.
final class MetadataStreams: Sendable {
    /// How many frames a slow reader may be behind before it loses the oldest.
    private static let patience = 64

    private struct Follower {
        let interval: Double
        let feed: ByteFeed
        var last = -Double.infinity
    }

    private struct State {
        var followers: [Int: Follower] = [:]
        var next = 0
    }

    private let state = Mutex(State())
    private let subscription = Mutex<Subscription?>(nil)

    /// Creates streams of the frames of a surface.
    init(_ surface: any ControlSurface) {
        let listening = surface.followFrames { [weak self] report in self?.send(report) }
        subscription.withLock { $0 = listening }
    }

    /// Streams frames, at most so many a second; nil streams each.
    func follow(hertz: Double?) -> ByteFeed {
        state.withLock { state in
            state.next += 1
            let number = state.next
            let feed = ByteFeed(capacity: MetadataStreams.patience, heartbeat: ServerSentEvent.heartbeat) { [weak self] in
                self?.forget(number)
            }
            state.followers[number] = Follower(interval: hertz.map { 1 / $0 } ?? 0, feed: feed)
            return feed
        }
    }

    private func send(_ report: FrameReport) {
        state.withLock { state in
            guard !state.followers.isEmpty else { return }
            let bytes = ServerSentEvent.bytes(report.document.json, id: String(report.sequence))
            for (number, follower) in state.followers {
                // A little early is on time: frames do not come to the microsecond. A clock that went back is another camera's.
                let waited = report.timestamp - follower.last
                guard waited >= follower.interval * 0.95 || waited < 0 else { continue }
                state.followers[number]?.last = report.timestamp
                follower.feed.push(bytes)
            }
        }
    }

    private func forget(_ number: Int) {
        let gone = state.withLock { $0.followers.removeValue(forKey: number) }
        _ = gone  // released outside the lock: its end calls back here
    }
}
