/// Who holds a value.
public enum Owner: Sendable, Hashable {
    /// The configuration.
    case configuration
    /// A REST client.
    case rest
    /// A script, by name.
    case script(String)
    /// A profile, by name.
    case profile(String)
    /// A REPL session, by number.
    case repl(Int)
    /// A still that is being taken, for as long as that lasts.
    case still

    /// The holder as people read it: `script:low_light`.
    public var description: String {
        switch self {
        case .configuration: "configuration"
        case .rest: "rest"
        case .script(let name): "script:\(name)"
        case .profile(let name): "profile:\(name)"
        case .repl(let number): "repl:\(number)"
        case .still: "still"
        }
    }
}

/// Values somebody wants, all or nothing.
public struct Change: Sendable {
    /// Who wants them.
    public let owner: Owner
    /// Which values, by control key.
    public let values: [String: Value]
    /// How long numbers take to get there, in seconds: a step a frame, time and gain in equal photographic stops. 0 is at once.
    public let over: Double

    /// Creates a change.
    public init(_ owner: Owner, _ values: [String: Value], over: Double = 0) {
        self.owner = owner
        self.values = values
        self.over = over
    }
}

/// What became of one asked-for value.
public struct Outcome: Sendable, Equatable {
    /// How far it got.
    public var state: State
    /// What was asked for.
    public var asked: Value
    /// What is in force, once that is known.
    public var applied: Value?
    /// The sequence number of the first frame that carries it.
    public var frame: UInt64?
    /// Why it differs from what was asked, or why it has no effect.
    public var reason: String?

    /// Creates an outcome.
    public init(_ state: State, asked: Value, applied: Value? = nil, frame: UInt64? = nil, reason: String? = nil) {
        self.state = state
        self.asked = asked
        self.applied = applied
        self.frame = frame
        self.reason = reason
    }

    /// How far a value got; the raw value is what programs see.
    public enum State: String, Sendable {
        /// On its way to the camera.
        case pending
        /// In force as asked.
        case applied
        /// In force, cut to what this camera can do.
        case clamped
        /// Without effect here; the reason says why.
        case unsupported
        /// A newer write of the same key came first.
        case superseded
        /// No frame proved it in time.
        case unconfirmed
    }

    /// Whether nothing more will happen to it.
    public var isSettled: Bool { state != .pending }
}

/// One entry in a key's stack of holders.
public struct Holding: Sendable, Equatable {
    /// Who holds it.
    public let owner: Owner
    /// The value held.
    public let value: Value
    /// When it was written, in seconds since 1970.
    public let time: Double

    /// Creates an entry.
    public init(owner: Owner, value: Value, time: Double) {
        self.owner = owner
        self.value = value
        self.time = time
    }
}

/// A control as it is now.
public struct ControlState: Sendable {
    /// The effective asked-for value.
    public let value: Value
    /// Who holds it; nil for the Catalog's standard value.
    public let holder: Owner?
    /// The type as narrowed by the attached camera.
    public let limits: ValueType
    /// Whether the attached camera can do it at all.
    public let isSupported: Bool
    /// What became of the last write; nil when nobody wrote.
    public let outcome: Outcome?

    /// Creates a state.
    public init(value: Value, holder: Owner?, limits: ValueType, isSupported: Bool, outcome: Outcome?) {
        self.value = value
        self.holder = holder
        self.limits = limits
        self.isSupported = isSupported
        self.outcome = outcome
    }
}
