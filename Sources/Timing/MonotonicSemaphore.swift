internal import Glibc

/// A counting semaphore whose timeouts follow the monotonic clock.
///
/// Dispatch's semaphore follows the wall clock on Linux (`sem_timedwait`): a machine without a real-time clock whose time is set back
/// would wait for as long.
///
/// `@unchecked Sendable`: `count` is touched under `mutex` only.
public final class MonotonicSemaphore: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var count = 0

    /// Creates a semaphore at zero.
    public init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Lets one wait pass. Any thread; never blocks for longer than a few instructions.
    public func signal() {
        pthread_mutex_lock(mutex)
        count += 1
        pthread_mutex_unlock(mutex)
        // After unlocking: who wakes up would only wait for the mutex.
        pthread_cond_signal(condition)
    }

    /// Waits for a signal, at most so many seconds; nil waits as long as it takes.
    /// - Returns: whether a signal came.
    @discardableResult public func wait(seconds: Double? = nil) -> Bool {
        // Whoever only looks needs no deadline, which takes longer than the look.
        let deadline = seconds.flatMap { $0 > 0 ? MonotonicSemaphore.deadline(in: $0) : nil }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while count == 0 {
            if let seconds, seconds <= 0 { return false }
            guard var deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT && count == 0 { return false }
        }
        count -= 1
        return true
    }

    private static func deadline(in seconds: Double) -> timespec {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        // A year is as good as for ever, and does not overflow.
        let nanoseconds = Double(time.tv_nsec) + min(max(0, seconds), 31_536_000) * 1e9
        time.tv_sec += Int(nanoseconds / 1e9)
        time.tv_nsec = Int(nanoseconds.truncatingRemainder(dividingBy: 1e9))
        return time
    }
}
