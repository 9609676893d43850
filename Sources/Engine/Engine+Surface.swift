public import Catalog
internal import Timing

extension Engine {
    public func control(_ key: String) throws(Problem) -> Control {
        if let control = Catalog.controlsByKey[key] { return control }
        return try state.withLock { state throws(Problem) in try state.control(key) }
    }

    public var rawControls: [Control] { state.withLock { $0.rawControls } }

    public func read(_ key: String) throws(Problem) -> Value {
        let control = try control(key)
        return state.withLock { $0.owners.top(key)?.value } ?? control.standard
    }

    public func read(slot: Int) -> Value { state.withLock { $0.owners.values[slot] } }

    public func state(_ key: String) throws(Problem) -> ControlState {
        try state.withLock { state throws(Problem) in state.controlState(try state.control(key)) }
    }

    @discardableResult public func apply(_ change: Change) throws(Problem) -> Ticket {
        let ticket = try decide { state throws(Problem) in try state.apply(change, now: clock.now, wall: clock.wall) }
        tell(.apply, change.owner, change.values, over: change.over, ticket)
        return ticket
    }

    @discardableResult public func release(_ keys: [String]?, by owner: Owner) throws(Problem) -> Ticket {
        let ticket = try decide { state throws(Problem) in try state.release(keys, by: owner, now: clock.now) }
        tell(.release, owner, effective(ticket), ticket)
        return ticket
    }

    /// Decides under the lock, then does what was decided.
    @discardableResult func decide<Answer>(
        _ decision: (inout EngineState) throws(Problem) -> (Answer, [EngineState.Action])
    ) throws(Problem) -> Answer {
        let (answer, actions) = try state.withLock { state throws(Problem) in
            let (answer, actions) = try decision(&state)
            guard actions.contains(where: \.isForDevice) else { return (answer, actions) }
            // The device queue takes camera work in the order of the decisions, so it is handed over before the next one is made.
            perform(actions.filter(\.isForDevice))
            return (answer, actions.filter { !$0.isForDevice })
        }
        perform(actions)
        return answer
    }

    public func outcomes(_ ticket: Ticket) -> [String: Outcome] { state.withLock { $0.ledger.outcomes(ticket) } }

    public func whenSettled(_ ticket: Ticket, _ call: @escaping @Sendable ([String: Outcome]) -> Void) {
        perform(state.withLock { $0.whenSettled(ticket, call) })
    }

    public func why(_ key: String) throws(Problem) -> [Holding] {
        _ = try control(key)
        return state.withLock { $0.owners.stack(key) }
    }

    public var frame: FrameReport? { state.withLock { $0.report } }
    public var info: Value { state.withLock { $0.info } }
    public var profiles: any Profiles { self }

    public func subscribe(to topics: Set<String>?, _ deliver: @escaping @Sendable (Event) -> Void) -> Subscription {
        bus.add(where: { topics?.contains($0.topic) ?? true }, deliver)
    }

    public func followFrames(_ deliver: @escaping @Sendable (FrameReport) -> Void) -> Subscription { frameFollowers.add(deliver) }

    public func emit(_ topic: String, _ fields: [String: Value]) { bus.send(Event(topic, fields, time: clock.wall)) }
}

extension EngineState.Action {
    /// Whether it only hands something over, in the order of the decisions: quick, and safe while the state is locked.
    var isForDevice: Bool {
        switch self {
        case .send, .reconfigure, .restart, .reopen, .configureEncoder: true
        case .emit, .call: false
        }
    }
}

extension Engine: Profiles {
    public func define(_ name: String, _ values: [String: Value]) throws(Problem) {
        let isActive = try state.withLock { state throws(Problem) in
            let checked = try state.check(values)
            state.profiles.define(name, checked)
            return state.profiles.active.contains(name)
        }
        if isActive { try push(name) }
    }

    @discardableResult public func push(_ name: String, over: Double) throws(Problem) -> Ticket {
        let ticket = try decide { state throws(Problem) in
            let values = try state.profiles.values(name)
            let result = try state.apply(Change(.profile(name), values, over: over), isAll: true, now: clock.now, wall: clock.wall)
            state.profiles.push(name)
            return result
        }
        tell(.push, .profile(name), all[name] ?? [:], over: over, ticket)
        emit("profile.changed", ["active": .list(active.map(Value.text))])
        return ticket
    }

    @discardableResult public func pop(_ name: String, over: Double) throws(Problem) -> Ticket {
        let ticket = try decide { state throws(Problem) in
            _ = try state.profiles.values(name)
            state.profiles.pop(name)
            return try state.release(nil, by: .profile(name), over: over, now: clock.now)
        }
        tell(.pop, .profile(name), effective(ticket), over: over, ticket)
        emit("profile.changed", ["active": .list(active.map(Value.text))])
        return ticket
    }

    public func remove(_ name: String) throws(Problem) {
        let wasActive = active.contains(name)
        let ticket = try decide { state throws(Problem) in
            _ = try state.profiles.values(name)
            state.profiles.remove(name)
            return try state.release(nil, by: .profile(name), now: clock.now)
        }
        guard wasActive else { return }
        tell(.pop, .profile(name), effective(ticket), ticket)
        emit("profile.changed", ["active": .list(active.map(Value.text))])
    }

    public var active: [String] { state.withLock { $0.profiles.active } }
    public var all: [String: [String: Value]] { state.withLock { $0.profiles.defined } }
}
