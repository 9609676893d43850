internal import Catalog
internal import Timing

/// Fans events out to listeners; each keeps its own bounded queue, so delivering never blocks.
final class EventBus: Sendable {
    private struct Listener {
        let topics: Set<String>?
        let deliver: @Sendable (Event) -> Void
    }

    private struct State {
        var listeners: [Int: Listener] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// Adds a listener for these topics (nil: all) until the subscription is released.
    func subscribe(to topics: Set<String>?, _ deliver: @escaping @Sendable (Event) -> Void) -> Subscription {
        let id = state.withLock { state in
            state.next += 1
            state.listeners[state.next] = Listener(topics: topics, deliver: deliver)
            return state.next
        }
        return Subscription { [weak self] in self?.remove(id) }
    }

    /// Tells every listener, in the order they came.
    func send(_ event: Event) {
        let due = state.withLock { state in
            state.listeners.sorted { $0.key < $1.key }.map(\.value).filter { $0.topics?.contains(event.topic) ?? true }
        }
        for listener in due { listener.deliver(event) }
    }

    private func remove(_ id: Int) {
        let removed = state.withLock { $0.listeners.removeValue(forKey: id) }
        _ = removed  // released outside the lock: its closure may own something that unsubscribes
    }
}
