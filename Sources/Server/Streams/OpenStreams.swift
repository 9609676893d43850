internal import Timing

/// The streams that are being sent: what makes them beat, and end with the service.
final class OpenStreams: Sendable {
    /// How many there may be at once; each costs a connection and a few KiB.
    static let limit = 1000

    private struct State {
        var streams: [Int: any ByteStream] = [:]
        var next = 0
        var isOver = false
    }

    private let state = Mutex(State())

    /// How many are being sent.
    var count: Int { state.withLock { $0.streams.count } }

    /// Takes a stream in.
    /// - Returns: its number for ``remove(_:)``; nil when there are too many or the service ends.
    func add(_ stream: any ByteStream) -> Int? {
        state.withLock { state in
            guard !state.isOver, state.streams.count < OpenStreams.limit else { return nil }
            state.next += 1
            state.streams[state.next] = stream
            return state.next
        }
    }

    /// Forgets a stream that has ended.
    func remove(_ number: Int) {
        let removed = state.withLock { $0.streams.removeValue(forKey: number) }
        _ = removed  // released outside the lock: its end may call anybody
    }

    /// Lets every stream show that it lives.
    func beat() {
        for stream in state.withLock({ Array($0.streams.values) }) { stream.beat() }
    }

    /// Ends every stream, and lets no other one in.
    func end() {
        let streams = state.withLock { state in
            state.isOver = true
            return Array(state.streams.values)
        }
        for stream in streams { stream.end() }
    }
}
