internal import CLua

/// What a script can have the host do; the raw value is the operation's number on the C side.
enum Operation: Int32 {
    /// Fixed by `clua.h`: reading and writing an accessor, names a proxy does not have, and names of an open one.
    case read = 0
    case write, missing, refused
    case readName, writeName, listNames
    /// The text of a module, for `require`.
    case module

    case apply = 16
    case ramp, release, why, await, perform
    case define, push, pop, active
    case on, wait, emit
    case at, cron, sunOn, sunElevation, sunNext
    case every, after, cancel, sleep, timers
    case log, now, trusted
    case http
}
