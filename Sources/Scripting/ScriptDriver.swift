package import Timing

/// What a script does next.
package enum ScriptTurn: Equatable {
    /// It has its next turn when something is in its inbox, or at this moment; nil is never.
    case wait(until: Instant?)
    /// It has had its last one.
    case over
}

/// Gives scripts their turns: on threads, or in a rehearsal one after the other.
package protocol ScriptDriver: Sendable {
    /// Calls `begin` once, and then what that returned for each turn, all on the same thread.
    func drive(_ name: String, _ inbox: Inbox, _ begin: @escaping @Sendable () -> () -> ScriptTurn)

    /// Where what scripts wait for is done; nil for the usual pool of threads.
    var executor: (any TaskExecutor)? { get }
}

/// A thread for each script, as long as it runs.
struct ScriptThreads: ScriptDriver {
    let clock: any HostClock

    var executor: (any TaskExecutor)? { nil }

    func drive(_ name: String, _ inbox: Inbox, _ begin: @escaping @Sendable () -> () -> ScriptTurn) {
        ScriptThread.start(named: name) { [clock] in
            let turn = begin()
            while case .wait(let due) = turn() { inbox.wait(due.map { clock.now.seconds(to: $0) / clock.pace }) }
        }
    }
}
