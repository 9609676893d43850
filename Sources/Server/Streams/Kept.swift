internal import Timing

/// Keeps a thing alive until it is cleared, also when it is only made after somebody could have cleared it.
final class Kept<Thing: Sendable>: Sendable {
    private enum State {
        case empty
        case full(Thing)
        case cleared
    }

    private let state = Mutex(State.empty)

    /// Keeps a thing, unless it was cleared before.
    func set(_ thing: Thing) {
        state.withLock { state in
            if case .empty = state { state = .full(thing) }
        }
    }

    /// Lets it go, for good.
    func clear() {
        let before = state.withLock { state in
            defer { state = .cleared }
            return state
        }
        _ = before  // released outside the lock
    }
}
