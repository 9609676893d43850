internal import Catalog
internal import Timing

/// The camera host as a script in a dry run sees it: it reads and hears what really is, and what it changes is noted and seen by itself
/// only.
///
/// Outcomes of its changes are `applied` at once; they say that nothing was proved.
final class ShadowSurface: ControlSurface {
    fileprivate struct State {
        var layers = ShadowLayers()
        var tickets: [UInt64: [String: Outcome]] = [:]
        var lastTicket: UInt64 = 0
        var listeners: [Int: @Sendable (Event) -> Void] = [:]
        var lastListener = 0
    }

    /// Tickets whose outcomes are remembered.
    fileprivate static let remembered: UInt64 = 256

    let records: ShadowRecords
    private let real: any ControlSurface
    private let clock: any HostClock
    private let state = Mutex(State())

    init(_ real: any ControlSurface, _ clock: any HostClock, _ records: ShadowRecords) {
        self.real = real
        self.clock = clock
        self.records = records
    }

    // MARK: What really is

    func control(_ key: String) throws(Problem) -> Control { try real.control(key) }
    var rawControls: [Control] { real.rawControls }
    var frame: FrameReport? { real.frame }
    func followFrames(_ deliver: @escaping @Sendable (FrameReport) -> Void) -> Subscription { real.followFrames(deliver) }
    var info: Value { real.info }
    var status: HostStatus { real.status }
    var profiles: any Profiles { self }

    // MARK: What it would change

    func read(_ key: String) throws(Problem) -> Value {
        let value = try real.read(key)
        return state.withLock { $0.layers.value(key) } ?? value
    }

    func read(slot: Int) -> Value { state.withLock { $0.layers.value(Catalog.controls[slot].key) } ?? real.read(slot: slot) }

    func state(_ key: String) throws(Problem) -> ControlState {
        let real = try real.state(key)
        let value = state.withLock { $0.layers.value(key) }
        return ControlState(
            value: value ?? real.value, holder: real.holder, limits: real.limits, isSupported: real.isSupported, outcome: real.outcome)
    }

    func why(_ key: String) throws(Problem) -> [Holding] { try real.why(key) }

    @discardableResult func apply(_ change: Change) throws(Problem) -> Ticket {
        let checked = try check(change.values)
        records.note("set", nil, checked)
        return state.withLock { state in
            state.layers.set(checked)
            return state.ticket(checked)
        }
    }

    @discardableResult func release(_ keys: [String]?, by owner: Owner) throws(Problem) -> Ticket {
        for key in keys ?? [] { _ = try control(key) }
        if keys?.isEmpty != true { records.note("release", keys?.joined(separator: ", ")) }
        return state.withLock { state in
            state.layers.release(keys)
            return state.ticket([:])
        }
    }

    func outcomes(_ ticket: Ticket) -> [String: Outcome] { state.withLock { $0.tickets[ticket.id] ?? [:] } }

    func whenSettled(_ ticket: Ticket, _ call: @escaping @Sendable ([String: Outcome]) -> Void) { call(outcomes(ticket)) }

    /// Commands that only look.
    private static let harmless: Set<String> = ["stream.status", "script.list"]

    func perform(_ command: String, _ arguments: [String: Value], by owner: Owner) async throws(Problem) -> Value {
        if ShadowSurface.harmless.contains(command) { return try await real.perform(command, arguments, by: owner) }
        records.note("perform", command, arguments)
        guard command == "still.take" else { return .null }
        return ["dry_run": true, "path": arguments["path"] ?? .text(Catalog.standardStillPath), "time": .number(clock.wall)]
    }

    // MARK: Events

    func subscribe(to topics: Set<String>?, _ deliver: @escaping @Sendable (Event) -> Void) -> Subscription {
        let number = state.withLock { state in
            state.lastListener += 1
            state.listeners[state.lastListener] = { if topics?.contains($0.topic) ?? true { deliver($0) } }
            return state.lastListener
        }
        let outside = real.subscribe(to: topics, deliver)
        return Subscription { [weak self] in
            withExtendedLifetime(outside) {}
            let gone = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
            _ = gone  // released outside the lock
        }
    }

    func emit(_ topic: String, _ fields: [String: Value]) {
        // What becomes of the dry run itself is nobody else's business.
        if !topic.hasPrefix("script.") { records.note("emit", topic, fields) }
        tell(topic, fields)
    }

    private func tell(_ topic: String, _ fields: [String: Value]) {
        let event = Event(topic, fields, time: clock.wall)
        for (_, deliver) in state.withLock({ $0.listeners }).sorted(by: { $0.key < $1.key }) { deliver(event) }
    }
}

extension ShadowSurface: Profiles {
    func define(_ name: String, _ values: [String: Value]) throws(Problem) {
        let checked = try check(values)
        state.withLock { $0.layers.define(name, checked) }
    }

    @discardableResult func push(_ name: String, over: Double) throws(Problem) -> Ticket {
        let values = try known(name)
        records.note("push", name, values)
        let ticket = state.withLock { state in
            state.layers.push(name, values)
            return state.ticket(values)
        }
        tell("profile.changed", ["active": .list(active.map(Value.text))])
        return ticket
    }

    @discardableResult func pop(_ name: String, over: Double) throws(Problem) -> Ticket {
        _ = try known(name)
        records.note("pop", name)
        let ticket = state.withLock { state in
            state.layers.pop(name)
            return state.ticket([:])
        }
        tell("profile.changed", ["active": .list(active.map(Value.text))])
        return ticket
    }

    func remove(_ name: String) throws(Problem) { try pop(name) }

    var active: [String] {
        let (pushed, popped) = state.withLock { ($0.layers.pushed, $0.layers.popped) }
        return real.profiles.active.filter { !popped.contains($0) && !pushed.contains($0) } + pushed
    }

    var all: [String: [String: Value]] { real.profiles.all.merging(state.withLock { $0.layers.defined }) { $1 } }

    private func known(_ name: String) throws(Problem) -> [String: Value] {
        guard let values = all[name] else { throw .unknown("profile", name, among: all.keys.sorted()) }
        return values
    }
}

extension ShadowSurface.State {
    /// A ticket whose values are as good as set.
    fileprivate mutating func ticket(_ values: [String: Value]) -> Ticket {
        lastTicket += 1
        tickets[lastTicket] = values.mapValues { Outcome(.applied, asked: $0, applied: $0, reason: "a dry run changes nothing") }
        tickets[lastTicket &- ShadowSurface.remembered] = nil
        return Ticket(id: lastTicket)
    }
}
