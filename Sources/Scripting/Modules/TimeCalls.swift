internal import Catalog
internal import Timing

/// `every`, `after`, `sleep`, `timers` and what ends a timer or a handler.
extension ScriptRunner {
    func addTimer(_ arguments: Arguments, isRepeated: Bool) throws(Refusal) -> LuaAnswer {
        let seconds = try arguments.seconds(1)
        let function = try arguments.function(2)
        guard !isRepeated || seconds >= 0.001 else { throw .misuse(1, "at least '1ms' expected, got \(seconds) s") }
        try checkTimerCount()
        // A timer that is due at once and sets the next one would keep a core busy.
        let due = now.advanced(by: max(seconds, 0.001))
        let timer = schedule.add(.run(function: function), at: due, every: isRepeated ? seconds : nil)
        return .object(ObjectClass.handle.rawValue, timer)
    }

    func checkTimerCount() throws(Refusal) {
        let count = schedule.timerCount + wallTimers.count
        guard count < services.limits.timers else {
            throw .problem(Problem(.budget, "'\(spec.name)' has \(count) timers; no more are allowed", key: spec.name))
        }
    }

    /// `handle:cancel()`: ends a timer or a handler, once; true when there was something to end.
    func cancel(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let handle = try arguments.object(1, .handle)
        let handler = handlers.removeValue(forKey: handle)
        if handler != nil { updateTopics() }
        let entry = schedule.cancel(handle)
        if let handler { dropped.append(handler.function) }
        if case .run(let function)? = entry?.what { dropped.append(function) }
        let wallTimer = wallTimers.remove(handle)
        if let wallTimer { dropped.append(wallTimer.function) }
        return .value(.bool(handler != nil || entry != nil || wallTimer != nil))
    }

    func sleep(_ arguments: Arguments, _ tape: LuaTape) throws(Refusal) -> LuaAnswer {
        let seconds = try arguments.seconds(1)
        _ = try beginWait(.time, timeout: seconds, tape)
        return .wait
    }

    func listTimers() -> LuaAnswer {
        let (now, wall) = (now, services.clock.wall)
        let counting = schedule.timers.map { entry -> Value in
            var fields: [String: Value] = ["kind": entry.interval == nil ? "after" : "every", "due": .number(now.seconds(to: entry.due))]
            fields["interval"] = entry.interval.map(Value.number)
            return .table(fields)
        }
        let following = wallTimers.timers.values.map { timer -> Value in
            var fields: [String: Value] = ["kind": .text(timer.rule.kind)]
            (fields["due"], fields["time"]) = (timer.next.map { .number($0 - wall) }, timer.next.map(Value.number))
            return .table(fields)
        }
        let due = { (timer: Value) in timer.table?["due"]?.double ?? .infinity }
        return .value(.list((counting + following).sorted { due($0) < due($1) }))
    }
}
