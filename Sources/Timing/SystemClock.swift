internal import CLinux
internal import Glibc

/// The machine's clocks.
public struct SystemClock: HostClock {
    private let isAlwaysTrusted: Bool
    /// A clock of its own that goes on without power, as a Raspberry Pi 5 with its battery has it and older ones do not.
    private let hasHardwareClock: Bool
    /// What was set once stays set: the kernel calls a clock unsynchronised again when the network is gone for nine hours.
    private let wasTrusted = Mutex(false)

    /// 2024: no clock that was set shows less.
    private static let plausible = 1_704_067_200.0

    /// Creates a clock.
    public init(isAlwaysTrusted: Bool = false) {
        self.isAlwaysTrusted = isAlwaysTrusted
        hasHardwareClock = SystemClock.hardwareTime() > SystemClock.plausible
    }

    /// `CLOCK_MONOTONIC`, which libcamera's sensor timestamps share (up to suspend).
    public var now: Instant { Instant(nanoseconds: SystemClock.read(CLOCK_MONOTONIC)) }

    /// `CLOCK_REALTIME`.
    public var wall: Double { Double(SystemClock.read(CLOCK_REALTIME)) / 1e9 }

    /// A machine without a clock of its own starts where it was switched off, or in the past: not before something has synchronised it
    /// is it trusted (`STA_UNSYNC`, adjtimex(2)).
    public var isTrusted: Bool {
        if isAlwaysTrusted || wasTrusted.withLock({ $0 }) { return true }
        let isSet = (hasHardwareClock || SystemClock.isSynchronised) && wall > SystemClock.plausible
        if isSet { wasTrusted.withLock { $0 = true } }
        return isSet
    }

    /// What the clock of the machine shows; one without a battery begins in 1970. 0 where there is none.
    private static func hardwareTime() -> Double {
        guard let file = fopen("/sys/class/rtc/rtc0/since_epoch", "r") else { return 0 }
        defer { fclose(file) }
        var digits = [CChar](repeating: 0, count: 32)
        guard fgets(&digits, 31, file) != nil else { return 0 }
        return atof(digits)
    }

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
