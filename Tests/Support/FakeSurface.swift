public import Catalog
internal import Timing

/// A camera host in memory: it checks against the Catalog, keeps holders, and settles every write at once on the next frame number.
///
/// For tests of front ends; the engine's own behaviour is tested on the engine.
public final class FakeSurface: ControlSurface, Profiles {
    fileprivate struct State {
        var holdings: [String: [Holding]] = [:]
        var outcomes: [Ticket: [String: Outcome]] = [:]
        var waiting: [(Ticket, @Sendable ([String: Outcome]) -> Void)] = []
        var listeners: [Int: (Set<String>?, @Sendable (Event) -> Void)] = [:]
        var nextListener = 0
        var frameFollowers: [Int: @Sendable (FrameReport) -> Void] = [:]
        var nextTicket: UInt64 = 0
        var frameNumber: UInt64 = 100
        var frame: FrameReport? = FrameReport()
        var defined: [String: [String: Value]] = [:]
        var active: [String] = []
        var performed: [(String, [String: Value])] = []
        var changes: [Change] = []
        var settlesAtOnce = true
        var commandReply: Result<Value, Problem> = .success(.null)
        var limits: [String: ValueType] = [:]
        var raw: [String: Control] = [:]
        var status = HostStatus(
            camera: .init(isUp: true, state: "running"), encoder: .init(isUp: true, state: "running"),
            publisher: .init(isUp: false, state: "stopped"), streamWanted: false, bitrate: 13_478_400)
        var info: Value = [:]
    }

    private let state = Mutex(State())

    /// Creates a surface on which nothing was written yet.
    public init() {}

    // MARK: What a test sets and sees

    /// Whether a write settles as soon as it is made; when false, ``settle(_:)`` does it.
    public var settlesAtOnce: Bool {
        get { state.withLock { $0.settlesAtOnce } }
        set { state.withLock { $0.settlesAtOnce = newValue } }
    }
    /// Every change that was accepted, in order.
    public var changes: [Change] { state.withLock { $0.changes } }
    /// Every command that was performed, in order.
    public var performed: [(String, [String: Value])] { state.withLock { $0.performed } }
    /// What every command answers.
    public var commandReply: Result<Value, Problem> {
        get { state.withLock { $0.commandReply } }
        set { state.withLock { $0.commandReply = newValue } }
    }

    /// Sets the newest frame's report.
    public func show(_ change: (inout FrameReport) -> Void) {
        let (frame, followers) = state.withLock { state in
            var frame = state.frame ?? FrameReport()
            change(&frame)
            state.frame = frame
            return (frame, Array(state.frameFollowers.values))
        }
        for follower in followers { follower(frame) }
    }

    /// Sets the status, the camera's table, a control's limits on this camera, or its raw controls.
    public func configure(status: HostStatus? = nil, info: Value? = nil, limits: [String: ValueType] = [:], raw: [Control] = []) {
        state.withLock { state in
            if let status { state.status = status }
            if let info { state.info = info }
            state.limits.merge(limits) { $1 }
            for control in raw { state.raw[control.key] = control }
        }
    }

    /// Settles a pending ticket with these outcomes.
    public func settle(_ ticket: Ticket, _ outcomes: [String: Outcome]) {
        let calls = state.withLock { state in
            state.outcomes[ticket] = outcomes
            let due = state.waiting.filter { $0.0 == ticket }
            state.waiting.removeAll { $0.0 == ticket }
            return due
        }
        for (_, call) in calls { call(outcomes) }
    }

    // MARK: ControlSurface

    public func control(_ key: String) throws(Problem) -> Control {
        let raw = state.withLock { $0.raw }
        guard let control = Catalog.controlsByKey[key] ?? raw[key] else {
            throw .unknown("control", key, among: Catalog.controls.map(\.key) + raw.keys)
        }
        return control
    }

    public var rawControls: [Control] { state.withLock { $0.raw.values.sorted { $0.key < $1.key } } }

    public func read(_ key: String) throws(Problem) -> Value {
        let control = try control(key)
        return state.withLock { $0.holdings[key]?.last?.value } ?? control.standard
    }

    public func read(slot: Int) -> Value { (try? read(Catalog.controls[slot].key)) ?? .null }

    public func state(_ key: String) throws(Problem) -> ControlState {
        let control = try control(key)
        return state.withLock { state in
            let top = state.holdings[key]?.last
            let outcome = state.outcomes.max { $0.key.id < $1.key.id && $1.value[key] != nil }?.value[key]
            return ControlState(
                value: top?.value ?? control.standard, holder: top?.owner, limits: state.limits[key] ?? control.type, isSupported: true,
                outcome: outcome)
        }
    }

    @discardableResult public func apply(_ change: Change) throws(Problem) -> Ticket {
        let checked = try check(change.values)
        let (ticket, events) = state.withLock { state in
            state.changes.append(Change(change.owner, checked, over: change.over))
            for (key, value) in checked {
                state.holdings[key, default: []].removeAll { $0.owner == change.owner }
                state.holdings[key, default: []].append(Holding(owner: change.owner, value: value, time: 0))
            }
            let events = checked.sorted { $0.key < $1.key }.map { key, value in
                Event("control.changed", ["key": .text(key), "value": value, "owner": .text(change.owner.description)], time: 0)
            }
            return (state.issue(checked), events)
        }
        for event in events { deliver(event) }
        return ticket
    }

    @discardableResult public func release(_ keys: [String]?, by owner: Owner) throws(Problem) -> Ticket {
        for key in keys ?? [] { _ = try control(key) }
        return state.withLock { state in
            let touched = keys ?? Array(state.holdings.keys)
            for key in touched { state.holdings[key]?.removeAll { $0.owner == owner } }
            return state.issue([:])
        }
    }

    public func outcomes(_ ticket: Ticket) -> [String: Outcome] { state.withLock { $0.outcomes[ticket] ?? [:] } }

    public func whenSettled(_ ticket: Ticket, _ call: @escaping @Sendable ([String: Outcome]) -> Void) {
        let done: [String: Outcome]? = state.withLock { state in
            let outcomes = state.outcomes[ticket] ?? [:]
            if outcomes.values.allSatisfy(\.isSettled) { return outcomes }
            state.waiting.append((ticket, call))
            return nil
        }
        if let done { call(done) }
    }

    public func why(_ key: String) throws(Problem) -> [Holding] {
        _ = try control(key)
        return state.withLock { Array(($0.holdings[key] ?? []).reversed()) }
    }

    public func perform(_ command: String, _ arguments: [String: Value], by owner: Owner) async throws(Problem) -> Value {
        let checked = try Catalog.command(command, arguments)
        let reply = state.withLock { state in
            state.performed.append((command, checked))
            return state.commandReply
        }
        return try reply.get()
    }

    public var frame: FrameReport? { state.withLock { $0.frame } }
    public var info: Value { state.withLock { $0.info } }
    public var status: HostStatus { state.withLock { $0.status } }
    public var profiles: any Profiles { self }

    public func subscribe(to topics: Set<String>?, _ deliver: @escaping @Sendable (Event) -> Void) -> Subscription {
        let id = state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = (topics, deliver)
            return state.nextListener
        }
        return Subscription { [weak self] in _ = self?.state.withLock { $0.listeners.removeValue(forKey: id) } }
    }

    public func followFrames(_ deliver: @escaping @Sendable (FrameReport) -> Void) -> Subscription {
        let id = state.withLock { state in
            state.nextListener += 1
            state.frameFollowers[state.nextListener] = deliver
            return state.nextListener
        }
        return Subscription { [weak self] in _ = self?.state.withLock { $0.frameFollowers.removeValue(forKey: id) } }
    }

    public func emit(_ topic: String, _ fields: [String: Value]) { deliver(Event(topic, fields, time: 0)) }

    private func deliver(_ event: Event) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for (topics, listener) in listeners where topics?.contains(event.topic) ?? true { listener(event) }
    }

    // MARK: Profiles

    public func define(_ name: String, _ values: [String: Value]) throws(Problem) {
        let checked = try check(values)
        state.withLock { $0.defined[name] = checked }
    }

    @discardableResult public func push(_ name: String, over: Double) throws(Problem) -> Ticket {
        guard let values = state.withLock({ $0.defined[name] }) else { throw .unknown("profile", name, among: Array(all.keys)) }
        state.withLock { state in
            state.active.removeAll { $0 == name }
            state.active.append(name)
        }
        emit("profile.changed", ["active": .list(active.map(Value.text))])
        return try apply(Change(.profile(name), values, over: over))
    }

    @discardableResult public func pop(_ name: String, over: Double) throws(Problem) -> Ticket {
        guard all[name] != nil else { throw .unknown("profile", name, among: Array(all.keys)) }
        state.withLock { $0.active.removeAll { $0 == name } }
        emit("profile.changed", ["active": .list(active.map(Value.text))])
        return try release(nil, by: .profile(name))
    }

    public func remove(_ name: String) throws(Problem) {
        if active.contains(name) { try pop(name) }
        guard state.withLock({ $0.defined.removeValue(forKey: name) }) != nil else {
            throw .unknown("profile", name, among: Array(all.keys))
        }
    }

    public var active: [String] { state.withLock { $0.active } }
    public var all: [String: [String: Value]] { state.withLock { $0.defined } }
}

extension FakeSurface.State {
    fileprivate mutating func issue(_ values: [String: Value]) -> Ticket {
        nextTicket += 1
        frameNumber += 1
        let ticket = Ticket(id: nextTicket)
        let frame = frameNumber
        outcomes[ticket] = values.mapValues {
            settlesAtOnce ? Outcome(.applied, asked: $0, applied: $0, frame: frame) : Outcome(.pending, asked: $0)
        }
        return ticket
    }
}
