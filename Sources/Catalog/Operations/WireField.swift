/// One member of a request body, as the wire contract bounds it.
public struct WireField: Sendable {
    /// Its name on the wire.
    public let name: String
    /// What it says.
    public let about: String
    /// What it accepts.
    public let type: WireType
    /// Its value when it is absent; nil makes it required.
    public let standard: Value?
    /// The only values that pass, empty for no such list: a rule, whose violation is told as a sentence.
    public let allowed: [Value]
    /// The control it sets, where it sets exactly one.
    public let control: String?

    /// Creates a member; a `standard` of `.null` means that null is accepted and changes nothing.
    public init(
        _ name: String, _ about: String, _ type: WireType, standard: Value? = nil, oneOf allowed: [Value] = [], sets control: String? = nil
    ) {
        self.name = name
        self.about = about
        self.type = type
        self.standard = standard
        self.allowed = allowed
        self.control = control
    }

    /// Whether null may be sent for it.
    public var isNullable: Bool { standard == .null }
}

/// What a member accepts on the wire; leniently, as the reference service's validator does.
public enum WireType: Sendable {
    /// True or false, 0 or 1, or one of the words for them.
    case boolean
    /// A whole number, an integral one with a fraction, or text of it.
    case integer(Bounds = Bounds())
    /// A number or text of it.
    case number(Bounds = Bounds())
    /// Text.
    case text
    /// An object of anything.
    case object

    /// Limits of a number; the violation of each has its own name on the wire.
    public struct Bounds: Sendable {
        /// The value must be above it.
        public let above: Double?
        /// The value must be at least it.
        public let minimum: Double?
        /// The value must be at most it.
        public let maximum: Double?

        /// Creates limits.
        public init(above: Double? = nil, from minimum: Double? = nil, to maximum: Double? = nil) {
            self.above = above
            self.minimum = minimum
            self.maximum = maximum
        }
    }
}
