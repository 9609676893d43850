internal import Catalog
internal import Timing

/// `every`, `after`, `sleep`, `timers` and what ends a timer or a handler.
extension ScriptRunner {
    func addTimer(_ arguments: Arguments, isRepeated: Bool) throws(Refusal) -> LuaAnswer {
        let seconds = try arguments.seconds(1)
        let function = try arguments.function(2)
        guard !isRepeated || seconds >= 0.001 else { throw .misuse(1, "at least '1ms' expected, got \(seconds) s") }
        guard schedule.timerCount < services.limits.timers else {
            throw .problem(Problem(.budget, "'\(spec.name)' has \(schedule.timerCount) timers; no more are allowed", key: spec.name))
        }
        // A timer that is due at once and sets the next one would keep a core busy.
        let due = now.advanced(by: max(seconds, 0.001))
        let timer = schedule.add(.run(function: function), at: due, every: isRepeated ? seconds : nil)
        return .object(ObjectClass.handle.rawValue, timer)
    }

    /// `handle:cancel()`: ends a timer or a handler, once; true when there was something to end.
    func cancel(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let handle = try arguments.object(1, .handle)
        let handler = handlers.removeValue(forKey: handle)
        if handler != nil { updateTopics() }
        let entry = schedule.cancel(handle)
        if let handler { dropped.append(handler.function) }
        if case .run(let function)? = entry?.what { dropped.append(function) }
        return .value(.bool(handler != nil || entry != nil))
    }

    func sleep(_ arguments: Arguments, _ tape: LuaTape) throws(Refusal) -> LuaAnswer {
        let seconds = try arguments.seconds(1)
        _ = try beginWait(.time, timeout: seconds, tape)
        return .wait
    }

    func listTimers() -> LuaAnswer {
        let now = now
        return .value(
            .list(
                schedule.timers.map { entry in
                    var fields: [String: Value] = [
                        "kind": entry.interval == nil ? "after" : "every", "due": .number(now.seconds(to: entry.due)),
                    ]
                    fields["interval"] = entry.interval.map(Value.number)
                    return .table(fields)
                }))
    }
}
