/// A moment on the monotonic clock.
public struct Instant: Sendable, Hashable, Comparable {
    /// Nanoseconds since an arbitrary start.
    public var nanoseconds: Int64

    /// Creates a moment.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Seconds since the arbitrary start.
    public var seconds: Double { Double(nanoseconds) / 1e9 }

    /// Whether the left moment is earlier.
    public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The moment `seconds` later.
    public func advanced(by seconds: Double) -> Instant { Instant(nanoseconds: nanoseconds + Int64(seconds * 1e9)) }

    /// Seconds from this moment to another.
    public func seconds(to other: Instant) -> Double { Double(other.nanoseconds - nanoseconds) / 1e9 }
}

/// Where everything in the host gets the time from; nothing asks the system.
public protocol HostClock: Sendable {
    /// The monotonic time.
    var now: Instant { get }
    /// The wall clock in seconds since 1970, UTC.
    var wall: Double { get }
    /// Whether the wall clock has been set since the machine started.
    var isTrusted: Bool { get }
    /// How many of its seconds pass in one of the machine's: more than 1 for a clock that is made to run fast.
    var pace: Double { get }
}

extension HostClock {
    /// As fast as the machine's.
    public var pace: Double { 1 }
}
