package import Timing

/// Makes a frame when it is told to, on the thread that says so: the pace of a rehearsal.
package final class HandCrank: FramePace {
    private struct Run: Sendable {
        var make: FrameLoop.Maker
        var deliver: @Sendable (CameraSignal) -> Void
    }

    private struct State {
        var run: Run?
        /// When the last frame ended; nil before the first.
        var end: Instant?
        var seconds = 1.0 / 30
    }

    private let state = Mutex(State())

    /// Creates a crank that nobody turns yet.
    package init() {}

    /// Seconds the last frame took; at this pace none is left out.
    package var seconds: Double { state.withLock { $0.seconds } }

    /// Whether a turn would make a frame.
    package var isRunning: Bool { state.withLock { $0.run != nil } }

    package func start(_ make: @escaping FrameLoop.Maker, _ deliver: @escaping @Sendable (CameraSignal) -> Void) -> Bool {
        state.withLock { state in
            guard state.run == nil else { return false }
            state.run = Run(make: make, deliver: deliver)
            return true
        }
    }

    package func stop() { state.withLock { $0.run = nil } }

    /// Delivers the frame that ends now; those since the last turn were left out.
    package func turn(at now: Instant) {
        let (run, end, seconds) = state.withLock { ($0.run, $0.end, $0.seconds) }
        guard let run else { return }
        let begin = now.advanced(by: -seconds)
        let missed = end.map { Int(max(0, $0.seconds(to: begin) / seconds + 0.01)) } ?? 0
        let turn = run.make(begin, missed)
        state.withLock { state in
            state.end = now
            state.seconds = turn.seconds
        }
        if let signal = turn.signal { run.deliver(signal) }
    }
}
