public import Timing

/// A clock that moves only when a test says so.
public final class TestClock: HostClock {
    private struct State {
        var now = Instant(nanoseconds: 1_000_000_000)
        var wall = 1_770_000_000.0
        var isTrusted = true
    }

    private let state = Mutex(State())

    /// Creates a clock that stands still.
    public init() {}

    public var now: Instant { state.withLock { $0.now } }
    public var wall: Double { state.withLock { $0.wall } }
    public var isTrusted: Bool {
        get { state.withLock { $0.isTrusted } }
        set { state.withLock { $0.isTrusted = newValue } }
    }

    /// Sets the wall clock, as a person or NTP does; the other one goes on.
    public func set(wall: Double) { state.withLock { $0.wall = wall } }

    /// Moves both clocks forward.
    public func advance(by seconds: Double) {
        state.withLock { state in
            state.now = state.now.advanced(by: seconds)
            state.wall += seconds
        }
    }
}
