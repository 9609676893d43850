import Foundation
import Glibc
import Timing

/// What it costs to wake a thread, without anything of ours: a POSIX condition, the waiter as patient as a script's thread.
enum Wake {
    private struct State {
        var sent: Instant?
        var late: [Double] = []
    }

    /// Prints how long after its signal a waiting thread runs, signalled so many times, 10 ms apart.
    static func time(_ count: Int) {
        let clock = SystemClock()
        let bell = MonotonicSemaphore()
        let state = Mutex(State())
        let waiter = WorkThread("wait", niceness: 19) {
            for _ in 0..<count {
                bell.wait()
                state.withLock { state in state.late.append((state.sent ?? clock.now).seconds(to: clock.now) * 1e6) }
            }
        }
        for _ in 0..<count {
            usleep(10_000)
            state.withLock { $0.sent = clock.now }
            bell.signal()
        }
        _ = waiter.wait(seconds: 5)
        let late = state.withLock { $0.late.sorted() }
        let at = { (share: Double) in late[min(late.count - 1, Int(Double(late.count) * share))] }
        print(String(format: "%.1f %.1f %.1f %.1f", at(0.5), at(0.9), at(0.99), late[late.count - 1]))
    }
}
