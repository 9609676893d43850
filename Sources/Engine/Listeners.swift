internal import Catalog
internal import Timing

/// Fans something out to listeners; each keeps its own bounded queue, so delivering never blocks.
final class Listeners<Element: Sendable>: Sendable {
    private struct Listener: Sendable {
        let id: Int
        let wants: @Sendable (Element) -> Bool
        let deliver: @Sendable (Element) -> Void
    }

    private struct State {
        /// In the order they came.
        var listeners: [Listener] = []
        var next = 0
    }

    private let state = Mutex(State())

    /// Whether anybody listens.
    var isEmpty: Bool { state.withLock { $0.listeners.isEmpty } }

    /// Adds a listener for what it wants until the subscription is released.
    func add(
        where wants: @escaping @Sendable (Element) -> Bool = { _ in true }, _ deliver: @escaping @Sendable (Element) -> Void
    ) -> Subscription {
        let id = state.withLock { state in
            state.next += 1
            state.listeners.append(Listener(id: state.next, wants: wants, deliver: deliver))
            return state.next
        }
        return Subscription { [weak self] in self?.remove(id) }
    }

    /// Tells every listener that wants it, in the order they came.
    func send(_ element: Element) {
        let listeners = state.withLock { $0.listeners }
        for listener in listeners where listener.wants(element) { listener.deliver(element) }
    }

    private func remove(_ id: Int) {
        let removed = state.withLock { state in
            state.listeners.firstIndex { $0.id == id }.map { state.listeners.remove(at: $0) }
        }
        _ = removed  // released outside the lock: its closure may own something that unsubscribes
    }
}
