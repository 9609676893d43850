internal import Dispatch
internal import Synchronization

/// Wakes one waiting thread; ringing it twice before the thread looks wakes it once.
final class Bell: Sendable {
    private let isRinging = Atomic(false)
    private let semaphore = DispatchSemaphore(value: 0)

    /// Wakes the waiter, or spares its next wait. Any thread; never blocks.
    func ring() {
        if !isRinging.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    /// Waits for a ring, at most `seconds`.
    func wait(seconds: Double = .infinity) {
        let limit = seconds.isFinite ? DispatchTime.now() + max(0, seconds) : .distantFuture
        let result = semaphore.wait(timeout: limit)
        // Reset before the caller looks around: a ring after this is heard in the next wait.
        if result == .success { isRinging.store(false, ordering: .sequentiallyConsistent) }
    }
}
