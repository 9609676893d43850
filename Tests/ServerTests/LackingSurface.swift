import Catalog
import Support

/// A surface of a camera that lacks some controls, or that was not found yet.
final class LackingSurface: ControlSurface {
    let whole = FakeSurface()
    private let lacking: Set<String>
    private let hasFrame: Bool

    init(_ lacking: String..., hasFrame: Bool = true) {
        self.lacking = Set(lacking)
        self.hasFrame = hasFrame
    }

    /// A host that has not found its camera yet.
    static func withoutCamera() -> LackingSurface {
        let surface = LackingSurface(hasFrame: false)
        surface.whole.configure(
            status: HostStatus(
                camera: .init(isUp: false, state: "lost", reason: "no camera found"), encoder: .init(isUp: false, state: "stopped"),
                publisher: .init(isUp: false, state: "stopped"), streamWanted: false, bitrate: 0))
        return surface
    }

    func state(_ key: String) throws(Problem) -> ControlState {
        let state = try whole.state(key)
        return ControlState(
            value: state.value, holder: state.holder, limits: state.limits, isSupported: !lacking.contains(key), outcome: state.outcome)
    }

    func control(_ key: String) throws(Problem) -> Control { try whole.control(key) }
    var rawControls: [Control] { whole.rawControls.filter { !lacking.contains($0.key) } }
    func read(_ key: String) throws(Problem) -> Value { try whole.read(key) }
    func read(slot: Int) -> Value { whole.read(slot: slot) }
    func apply(_ change: Change) throws(Problem) -> Ticket { try whole.apply(change) }
    func release(_ keys: [String]?, by owner: Owner) throws(Problem) -> Ticket { try whole.release(keys, by: owner) }
    func outcomes(_ ticket: Ticket) -> [String: Outcome] { whole.outcomes(ticket) }
    func whenSettled(_ ticket: Ticket, _ call: @escaping @Sendable ([String: Outcome]) -> Void) { whole.whenSettled(ticket, call) }
    func why(_ key: String) throws(Problem) -> [Holding] { try whole.why(key) }
    func perform(_ command: String, _ arguments: [String: Value], by owner: Owner) async throws(Problem) -> Value {
        try await whole.perform(command, arguments, by: owner)
    }
    var frame: FrameReport? { hasFrame ? whole.frame : nil }
    var info: Value { whole.info }
    var status: HostStatus { whole.status }
    var profiles: any Profiles { whole.profiles }
    func followFrames(_ deliver: @escaping @Sendable (FrameReport) -> Void) -> Subscription { whole.followFrames(deliver) }
    func subscribe(to topics: Set<String>?, _ deliver: @escaping @Sendable (Event) -> Void) -> Subscription {
        whole.subscribe(to: topics, deliver)
    }
    func emit(_ topic: String, _ fields: [String: Value]) { whole.emit(topic, fields) }
}
