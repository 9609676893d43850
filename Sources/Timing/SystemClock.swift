internal import CLinux
internal import Glibc

/// The machine's clocks.
public struct SystemClock: HostClock {
    private let isAlwaysTrusted: Bool
    /// A clock of its own that goes on without power, as a Raspberry Pi 5 with its battery has it and older ones do not.
    private let hasHardwareClock: Bool

    /// Creates a clock.
    public init(isAlwaysTrusted: Bool = false) {
        self.isAlwaysTrusted = isAlwaysTrusted
        hasHardwareClock = access("/sys/class/rtc/rtc0", F_OK) == 0
    }

    /// `CLOCK_MONOTONIC`, which libcamera's sensor timestamps share (up to suspend).
    public var now: Instant { Instant(nanoseconds: SystemClock.read(CLOCK_MONOTONIC)) }

    /// `CLOCK_REALTIME`.
    public var wall: Double { Double(SystemClock.read(CLOCK_REALTIME)) / 1e9 }

    /// A machine without a clock of its own starts where it was switched off, or in the past: not before something has synchronised it
    /// is it trusted (`STA_UNSYNC`, adjtimex(2)).
    public var isTrusted: Bool { isAlwaysTrusted || (hasHardwareClock || SystemClock.isSynchronised) && wall > 1_704_067_200 }

    private static var isSynchronised: Bool {
        var state = timex()
        return adjtimex(&state) >= 0 && state.status & Int32(STA_UNSYNC) == 0
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
