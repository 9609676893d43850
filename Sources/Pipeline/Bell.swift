internal import Synchronization
internal import Timing

/// Wakes one waiting thread; ringing it twice before the thread looks wakes it once.
final class Bell: Sendable {
    private let isRinging = Atomic(false)
    private let semaphore = MonotonicSemaphore()

    /// Wakes the waiter, or spares its next wait. Any thread; never blocks.
    func ring() {
        if !isRinging.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    /// Waits for a ring, at most `seconds`.
    func wait(seconds: Double = .infinity) {
        let isRung = semaphore.wait(seconds: seconds.isFinite ? seconds : nil)
        // Reset before the caller looks around: a ring after this is heard in the next wait.
        if isRung { isRinging.store(false, ordering: .sequentiallyConsistent) }
    }
}
