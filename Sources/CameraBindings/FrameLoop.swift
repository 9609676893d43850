package import Timing

/// Makes frames when they are due, and hands each over.
package protocol FramePace: Sendable {
    /// Begins; false when it already runs or the system has no thread to give.
    func start(_ make: @escaping FrameLoop.Maker, _ deliver: @escaping @Sendable (CameraSignal) -> Void) -> Bool
    /// Ends; nothing is delivered once it has returned, unless it is called from within a delivery.
    func stop()
}

/// A thread that makes frames and hands each over when it is due.
///
/// The schedule is absolute: each frame is due one duration after the one before was, however late that one came, so the rate does
/// not drift. A loop that falls behind by more than a frame leaves frames out, and tells the maker how many.
package final class FrameLoop: FramePace {
    /// What a maker makes of one turn.
    package struct Turn {
        /// What to tell the camera's owner when the turn is over; nil for nothing.
        var signal: CameraSignal?
        /// Time from its beginning to the next one's in seconds.
        var seconds: Double
    }

    /// Makes the frame that begins at a moment, after so many were left out.
    package typealias Maker = @Sendable (_ begin: Instant, _ missed: Int) -> Turn

    /// A thread that runs, and what ends it.
    private struct Run: Sendable {
        var thread: CameraThread
        var pause: Pause
    }

    private let clock: any HostClock
    private let isPaced: Bool
    private let running = Mutex<Run?>(nil)

    init(clock: any HostClock, isPaced: Bool = true) {
        self.clock = clock
        self.isPaced = isPaced
    }

    /// Starts the thread; false when it already runs or the system has no thread to give.
    package func start(_ make: @escaping Maker, _ deliver: @escaping @Sendable (CameraSignal) -> Void) -> Bool {
        running.withLock { running in
            guard running == nil else { return false }
            let pause = Pause()
            guard let thread = CameraThread({ self.run(pause, make, deliver) }) else { return false }
            running = Run(thread: thread, pause: pause)
            return true
        }
    }

    /// Ends the thread and waits for it; from within a delivery it only ends it.
    package func stop() {
        let ending = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let ending else { return }
        ending.pause.end()
        ending.thread.finish()
    }

    private func run(_ pause: Pause, _ make: Maker, _ deliver: (CameraSignal) -> Void) {
        var begin = clock.now
        var seconds = Double.infinity
        while pause.wait(seconds: 0) {
            let missed = isPaced ? FrameLoop.missed(from: begin, to: clock.now, seconds) : 0
            if missed > 0 { begin = begin.advanced(by: Double(missed) * seconds) }
            let turn = make(begin, missed)
            seconds = turn.seconds
            begin = begin.advanced(by: seconds)
            guard wait(until: begin, pause) else { return }
            if let signal = turn.signal { deliver(signal) }
        }
    }

    /// Whole frames that have passed since the next one should have begun.
    private static func missed(from begin: Instant, to now: Instant, _ seconds: Double) -> Int {
        let late = begin.seconds(to: now) / seconds
        return late >= 1 ? Int(late) : 0
    }

    /// Waits for a moment of the clock; false when the loop was ended.
    private func wait(until due: Instant, _ pause: Pause) -> Bool {
        guard isPaced else { return pause.wait(seconds: 0) }
        // The clock passed in need not run as fast as the system's: look again after every wait.
        while case let rest = clock.now.seconds(to: due), rest > 0 {
            guard pause.wait(seconds: rest / clock.pace) else { return false }
        }
        return pause.wait(seconds: 0)
    }
}
