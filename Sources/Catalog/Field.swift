/// A named, typed value of a command, an event or a frame.
public struct Field: Sendable {
    /// Its name.
    public let name: String
    /// What it says.
    public let about: String
    /// What it accepts.
    public let type: ValueType
    /// Whether it may be left out.
    public let isOptional: Bool

    /// Creates a field.
    public init(_ name: String, _ about: String, _ type: ValueType, optional: Bool = false) {
        self.name = name
        self.about = about
        self.type = type
        self.isOptional = optional
    }
}

/// A verb with typed arguments.
public struct Command: Sendable {
    /// Its one spelling everywhere: `topic.verb`.
    public let key: String
    /// What it does, in one sentence.
    public let about: String
    /// What it takes.
    public let arguments: [Field]
    /// What it answers, in one sentence.
    public let reply: String
    /// What a script's header has to ask for: `still`, `control` for what counts as a control of its topic, or nil for nothing.
    public let need: String?

    /// Creates a command.
    public init(_ key: String, _ about: String, _ arguments: [Field] = [], reply: String, need: String? = nil) {
        self.key = key
        self.about = about
        self.arguments = arguments
        self.reply = reply
        self.need = need
    }

    /// What it does, and what a script needs for it.
    var sentences: String { need.map { $0 == "control" ? about : "\(about) A script needs `---@needs \($0)`." } ?? about }
}

/// A signal with typed fields that scripts and clients listen to.
public struct EventKind: Sendable {
    /// Its one spelling everywhere: `topic.what`.
    public let key: String
    /// When it comes, in one sentence.
    public let about: String
    /// What it carries.
    public let fields: [Field]

    /// Creates a kind of event.
    public init(_ key: String, _ about: String, _ fields: [Field] = []) {
        self.key = key
        self.about = about
        self.fields = fields
    }
}

/// A signal as it happened.
public struct Event: Sendable, Equatable {
    /// Which kind; a Catalog key, or a script's own topic.
    public let topic: String
    /// What it carries.
    public let fields: [String: Value]
    /// When, in seconds since 1970 by the host's wall clock.
    public let time: Double

    /// Creates an event.
    public init(_ topic: String, _ fields: [String: Value] = [:], time: Double) {
        self.topic = topic
        self.fields = fields
        self.time = time
    }
}
