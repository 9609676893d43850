internal import Glibc

/// The machine's clocks.
public struct SystemClock: HostClock {
    /// Creates a clock.
    public init() {}

    /// `CLOCK_MONOTONIC`, which libcamera's sensor timestamps share (up to suspend).
    public var now: Instant { Instant(nanoseconds: SystemClock.read(CLOCK_MONOTONIC)) }

    /// `CLOCK_REALTIME`.
    public var wall: Double { Double(SystemClock.read(CLOCK_REALTIME)) / 1e9 }

    /// False while the kernel says the clock was never synchronised and it still shows a year before 2024:
    /// a Pi without a real-time clock starts in the past.
    public var isTrusted: Bool { wall > 1_704_067_200 }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
