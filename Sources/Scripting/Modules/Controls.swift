internal import Catalog
internal import LuaSource

/// `camera.…`, `camera:apply`, `:release`, `:why`, and `:await` of a change.
extension ScriptRunner {
    // MARK: Properties

    func read(_ index: Int) throws(Refusal) -> LuaAnswer {
        switch Surroundings.common.accessors[index] {
        case .control(let key, let slot): return .value(phase == .loading ? try read(key) : surface.read(slot: slot))
        case .frame(let field): return .value(surface.frame.flatMap(field.read) ?? .null)
        case .info: return .value(surface.info)
        case .later(let name): throw .problem(.later(name))
        }
    }

    func read(_ key: String) throws(Refusal) -> Value {
        if phase == .loading, let value = early.values[key] { return value }
        return try Refusal.ifRaised { () throws(Problem) in try surface.read(key) }
    }

    func write(_ index: Int, _ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        switch Surroundings.common.accessors[index] {
        case .control(let key, _): _ = try apply([key: arguments.value(1)])
        case .frame(let field): throw .problem(.readOnly("camera.frame.\(field.name)"))
        case .info: throw .problem(.readOnly("camera.info"))
        case .later(let name): throw .problem(.later(name))
        }
        return .nothing
    }

    // MARK: Raw controls

    /// The control that path and name of an open proxy mean: `raw.AeFlickerPeriod`.
    func key(_ arguments: Arguments) throws(Refusal) -> String {
        "\(try arguments.text(1).dropFirst("camera.".count)).\(try arguments.text(2))"
    }

    func writeName(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        _ = try apply([key(arguments): arguments.value(3)])
        return .nothing
    }

    /// What the camera reports, with the values now.
    func listRawControls() throws(Refusal) -> LuaAnswer {
        var values: [String: Value] = [:]
        for control in surface.rawControls { values[control.name] = try read(control.key) }
        return .value(.table(values))
    }

    /// Somebody read a name that a proxy does not have.
    func missing(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        throw .problem(Problem.missing(try arguments.text(2), in: try arguments.text(1)))
    }

    /// Somebody wrote a name that a proxy does not have, or one that cannot be written.
    func refused(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let path = try arguments.text(1)
        let name = try arguments.text(2)
        throw .problem(Surroundings.knows(name, in: path) ? .readOnly("\(path).\(name)") : .missing(name, in: path))
    }

    // MARK: Several at once

    func apply(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        guard arguments.count >= 2 else { throw .misuse(1, "call it with a colon: camera:apply{ ... }") }
        return try apply(arguments.table(2))
    }

    /// Sets values as one change; while loading they are checked now and sent later.
    private func apply(_ values: [String: Value]) throws(Refusal) -> LuaAnswer {
        try allow(settingOf: values)
        guard phase == .loading else {
            let ticket = try Refusal.ifRaised { () throws(Problem) in try send(values) }
            return .object(ObjectClass.change.rawValue, Int(ticket.id))
        }
        try checkEarlyCount()
        return .object(ObjectClass.change.rawValue, early.apply(try checkEarly(values)).asEarlyChange)
    }

    /// `camera:ramp{ ["exposure.gain"] = 8, over = "20m" }`: as `apply`, but numbers go there step by step.
    func ramp(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        guard arguments.count >= 2 else { throw .misuse(1, "call it with a colon: camera:ramp{ ..., over = '20m' }") }
        var values = try arguments.table(2)
        guard let seconds = try Arguments.seconds("over", in: values, 2) else {
            throw .misuse(2, "'over' is missing: how long it takes, such as over = '20m'")
        }
        values["over"] = nil
        try allow(settingOf: values)
        if phase == .loading { values = try checkEarly(values) }
        return try change(as: .ramp) { [values] runner throws(Problem) in try runner.send(values, over: seconds) }
    }

    /// Refuses what the header does not ask for.
    func allow(settingOf values: [String: Value]) throws(Refusal) {
        guard let key = values.keys.filter({ !spec.needs.allows(control: $0) }).min() else { return }
        try allow(.control(key))
    }

    func allow(_ use: Needs.Use) throws(Refusal) {
        if let problem = spec.needs.problem(with: use) { throw .problem(problem) }
    }

    /// Checks values that are sent later.
    private func checkEarly(_ values: [String: Value]) throws(Refusal) -> [String: Value] {
        try Refusal.ifRaised { () throws(Problem) in
            try Catalog.check(values, find: { key throws(Problem) in try surface.control(key) }) {
                early.values[$0] ?? (try? surface.read($0)) ?? .null
            }
        }
    }

    func release(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        guard arguments.count >= 1 else { throw .misuse(1, "call it with a colon: camera:release(...)") }
        var keys: [String] = []
        for number in 1..<max(arguments.count, 1) { keys.append(try arguments.text(number + 1)) }
        for key in keys { _ = try Refusal.ifRaised { () throws(Problem) in try surface.control(key) } }
        let released = keys.isEmpty ? nil : keys
        if phase == .loading { early.forget(released) }
        return try change { runner throws(Problem) in
            let ticket = try runner.surface.release(released, by: runner.spec.owner)
            if let released { runner.holdings.keys.subtract(released) } else { runner.holdings.keys = [] }
            return ticket
        }
    }

    func why(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        guard arguments.count >= 2 else { throw .misuse(1, "call it with a colon: camera:why(key)") }
        let key = try arguments.text(2)
        let holdings = try Refusal.ifRaised { () throws(Problem) in try surface.why(key) }
        return .value(
            .list(holdings.map { ["owner": .text($0.owner.description), "value": $0.value, "time": .number($0.time)] }))
    }

    // MARK: Outcomes

    /// `change:await(timeout)`: the outcomes by key, or nil and a problem `timeout` when they are not all known in time.
    func awaitOutcomes(_ arguments: Arguments, _ tape: LuaTape) throws(Refusal) -> LuaAnswer {
        let (number, isSlow) = try arguments.change(1)
        // A ramp takes as long as it takes; whoever wants to wait for less says so.
        let timeout = try arguments.optionalSeconds(2) ?? (isSlow ? nil : 5)
        let keys = number < 0 ? early.changes[number.asEarlyChange].keys : nil
        let wait = try beginWait(.outcomes(keys), timeout: timeout, tape)
        whenLive { runner in
            let ticket = number < 0 ? runner.early.changes[number.asEarlyChange].ticket : Ticket(id: UInt64(number))
            guard let ticket else { return }
            runner.surface.whenSettled(ticket) { [inbox = runner.inbox] outcomes in inbox.post(.outcomes(outcomes), to: wait) }
        }
        return .wait
    }

    /// Outcomes as a script sees them.
    func describe(_ outcomes: [String: Outcome], _ keys: Set<String>?) -> Value {
        .table(outcomes.filter { keys?.contains($0.key) ?? true }.mapValues(\.fields))
    }
}

extension Outcome {
    /// The outcome as a table: `state`, `asked`, and what is known of `applied`, `frame` and `reason`.
    fileprivate var fields: Value {
        var fields: [String: Value] = ["state": .text(state.rawValue), "asked": asked]
        fields["applied"] = applied
        fields["frame"] = frame.map { .integer(Int(clamping: $0)) }
        fields["reason"] = reason.map(Value.text)
        return .table(fields)
    }
}

extension Problem {
    /// `this version of luneta has no 'http'; …`.
    static func later(_ name: String) -> Problem {
        Problem(.unsupported, "this version of luneta has no '\(name)'; it is planned for a later one", key: name)
    }

    /// A name that a table of the host does not have, with the nearest one it has.
    static func missing(_ name: String, in path: String) -> Problem {
        let topic = path.hasPrefix("camera.") ? String(path.dropFirst("camera.".count)) : path
        if Catalog.topics.contains(topic) {
            let known = (Catalog.controls.map(\.key) + Catalog.commands.map(\.key)).filter { $0.hasPrefix(topic + ".") }
            return .unknown("control", "\(topic).\(name)", among: known)
        }
        return .unknown("name", "\(path).\(name)", among: Surroundings.names(in: path).map { "\(path).\($0)" })
    }
}
