public import Glibc

/// A value that one thread at a time may touch.
///
/// The shape of `Synchronization.Mutex`, over a POSIX mutex: on Linux the standard one is a futex inside the Swift runtime, which the
/// thread sanitizer cannot see, so that it reports every correct use as a race.
///
/// `@unchecked Sendable`: `value` is touched under `mutex` only. Inlinable, since a Lua property read goes through one.
public final class Mutex<Value>: @unchecked Sendable {
    @usableFromInline let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    @usableFromInline let value = UnsafeMutablePointer<Value>.allocate(capacity: 1)

    /// Creates an unlocked mutex around a value.
    public init(_ value: sending Value) {
        self.value.initialize(to: value)
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
        value.deinitialize(count: 1)
        value.deallocate()
    }

    /// Runs `body` with the value, alone. Not reentrant: a second lock from within `body` never returns.
    @inlinable public func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value.pointee)
    }
}
