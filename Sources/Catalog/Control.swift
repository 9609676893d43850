/// A piece of state that people, scripts and clients may set.
///
/// Those of ``Catalog/controls`` exist on every host; those called `raw.…` are libcamera's own, known once there is a camera.
public struct Control: Sendable {
    /// Its one spelling everywhere: `topic.name`.
    public let key: String
    /// What it does, in one sentence for the reference pages.
    public let about: String
    /// What it accepts.
    public let type: ValueType
    /// Its value before anybody wrote one.
    public let standard: Value
    /// Who carries it out.
    public let target: Target
    /// What setting it costs.
    public let cost: Cost
    /// When it has an effect, where that depends on another control.
    public let effective: Effective?

    /// Creates a control; see ``Catalog/controls``.
    public init(
        _ key: String, _ about: String, _ type: ValueType, standard: Value, to target: Target = .camera, cost: Cost = .none,
        while effective: Effective? = nil
    ) {
        self.key = key
        self.about = about
        self.type = type
        // In the type's canonical form, so that it equals what a change carries; that it passes at all is tested.
        self.standard = (try? type.check(standard, key: key)) ?? standard
        self.target = target
        self.cost = cost
        self.effective = effective
    }

    /// The part before the dot.
    public var topic: String { String(key.prefix { $0 != "." }) }
    /// The part after the dot.
    public var name: String { String(key.drop { $0 != "." }.dropFirst()) }

    /// Who carries a control out.
    public enum Target: Sendable, Equatable {
        /// The camera, frame by frame; proof comes from metadata.
        case camera
        /// The encoder.
        case encoder
        /// The host itself.
        case host
    }

    /// What viewers notice when a control changes.
    public enum Cost: String, Sendable {
        /// Nothing but the change.
        case none
        /// The camera is configured anew: a gap of some frames.
        case reconfiguration
    }

    /// A control that only matters while another has one of some values.
    public struct Effective: Sendable, Equatable {
        /// The other control.
        public let key: String
        /// The values of it that make this one count.
        public let values: [Value]

        /// Creates the condition.
        public init(_ key: String, _ values: Value...) {
            self.key = key
            self.values = values
        }
    }
}
