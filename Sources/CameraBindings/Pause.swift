internal import Timing

/// A wait that another thread can cut short, for good.
///
/// It follows the monotonic clock, as ``MonotonicSemaphore`` does: a wall clock that is set back would hold the camera for as long.
final class Pause: Sendable {
    private let over = MonotonicSemaphore()

    /// Ends every wait, now and later.
    func end() { over.signal() }

    /// Waits; false when it was ended.
    func wait(seconds: Double) -> Bool {
        guard over.wait(seconds: seconds) else { return true }
        // Passed on, so that the end is seen by every wait.
        over.signal()
        return false
    }
}
