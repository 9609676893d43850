internal import Timing

/// The hand-over from the thread that makes fragments to the task of one viewer: a bounded queue, and the task while it waits.
final class LiveMailbox: Sendable {
    fileprivate struct State {
        var queue = ViewerQueue()
        var header: LiveHeader?
        var waiter: CheckedContinuation<[UInt8]?, Never>?
        var isOver = false
    }

    /// What a viewer was sent, and what it lost.
    struct Figures {
        var sent = 0
        var skipped = 0
    }

    private let state = Mutex(State())
    /// Told when the viewer waits and nothing but a key frame will do.
    private let starve: @Sendable () -> Void

    init(starve: @escaping @Sendable () -> Void) { self.starve = starve }

    /// What the bytes handed out last belong to; nil before the first.
    var header: LiveHeader? { state.withLock { $0.header } }

    var figures: Figures { state.withLock { Figures(sent: $0.queue.sent, skipped: $0.queue.skipped) } }

    /// Puts a fragment in and wakes the viewer. Any thread; never blocks.
    func put(_ fragment: LiveFragment) {
        let (waiter, bytes) = state.withLock { state -> (CheckedContinuation<[UInt8]?, Never>?, [UInt8]?) in
            guard !state.isOver else { return (nil, nil) }
            state.queue.push(fragment)
            guard let waiter = state.waiter, let bytes = state.pop() else { return (nil, nil) }
            state.waiter = nil
            return (waiter, bytes)
        }
        waiter?.resume(returning: bytes)
    }

    /// The next bytes; nil once it is over, or when the task is cancelled. For one task at a time.
    func take() async -> [UInt8]? {
        let (ready, starves) = state.withLock { ($0.pop(), $0.queue.needsKey && !$0.isOver) }
        if let ready { return ready }
        if starves { starve() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { wait(with: $0) }
        } onCancel: {
            end()
        }
    }

    /// Ends it: a waiting viewer gets nil, and so does everybody afterwards.
    func end() {
        let waiter = state.withLock { state in
            state.isOver = true
            state.queue.clear()
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    private func wait(with continuation: CheckedContinuation<[UInt8]?, Never>) {
        let (isReady, bytes) = state.withLock { state -> (Bool, [UInt8]?) in
            let bytes = state.pop()
            guard bytes == nil, !state.isOver else { return (true, bytes) }
            state.waiter = continuation
            return (false, nil)
        }
        if isReady { continuation.resume(returning: bytes) }
    }
}

extension LiveMailbox.State {
    fileprivate mutating func pop() -> [UInt8]? {
        guard let next = queue.pop() else { return nil }
        header = next.header
        return next.bytes
    }
}
