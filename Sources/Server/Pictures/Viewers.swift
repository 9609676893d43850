internal import Timing

/// Who looks at live pictures, and what they were too slow for.
final class Viewers: Sendable {
    private struct State {
        var streams: [Int: MultipartPictures] = [:]
        var last = 0
        /// What viewers who have left were too slow for.
        var skippedBefore = 0
    }

    private let state = Mutex(State())

    /// How many look.
    var count: Int { state.withLock { $0.streams.count } }

    /// How many pictures viewers were too slow for, since the start.
    var skipped: Int { state.withLock { state in state.skippedBefore + state.streams.values.map(\.skipped).reduce(0, +) } }

    /// A stream for one more; `ended` is called once it is over.
    func open(ended: @escaping @Sendable () -> Void) -> MultipartPictures {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        let stream = MultipartPictures { [weak self] in
            self?.close(number)
            ended()
        }
        state.withLock { $0.streams[number] = stream }
        return stream
    }

    private func close(_ number: Int) {
        let gone = state.withLock { state in
            let gone = state.streams.removeValue(forKey: number)
            state.skippedBefore += gone?.skipped ?? 0
            return gone
        }
        _ = gone  // released outside the lock
    }
}
