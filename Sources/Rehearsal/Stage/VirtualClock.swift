internal import Timing

/// A clock that moves when the rehearsal does, and knows two times of day: the true one, by which the sun goes, and the machine's own.
final class VirtualClock: HostClock {
    private struct State {
        var now = VirtualClock.start
        /// How far the machine's clock is ahead of the true time.
        var error = 0.0
        var isTrusted: Bool
    }

    /// A machine has been running for a while when a rehearsal begins.
    private static let start = Instant(nanoseconds: 1_000_000_000_000)

    private let begin: Double
    // Used by the one thread that rehearses, some ten million times a simulated day.
    private nonisolated(unsafe) var state: State

    /// Creates a clock that stands at a true time, in seconds since 1970.
    init(begin: Double, isTrusted: Bool) {
        self.begin = begin
        state = State(isTrusted: isTrusted)
    }

    var now: Instant { state.now }
    var wall: Double { time(at: state.now) + state.error }
    var isTrusted: Bool { state.isTrusted }

    /// The true time, in seconds since 1970.
    var time: Double { time(at: state.now) }

    /// The true time at a moment.
    func time(at moment: Instant) -> Double { begin + VirtualClock.start.seconds(to: moment) }

    /// The moment of a true time.
    func moment(of time: Double) -> Instant { VirtualClock.start.advanced(by: time - begin) }

    /// Goes on to a moment; never back.
    func advance(to moment: Instant) { state.now = max(state.now, moment) }

    /// Steps the machine's clock, as a person or NTP does.
    func step(by seconds: Double) { state.error += seconds }

    /// Says whether the machine's clock was set.
    func trust(_ isTrusted: Bool) { state.isTrusted = isTrusted }
}
