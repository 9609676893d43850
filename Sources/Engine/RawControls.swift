internal import CameraBindings
internal import Catalog

/// libcamera's own controls as ordinary ones, called `raw.AeFlickerPeriod` and the like.
///
/// What was known once stays known: a holder may outlive the camera on which it set a value.
struct RawControls: Sendable {
    private static let prefix = "raw."

    private(set) var byKey: [String: Control] = [:]
    /// The keys that nobody holds any more and whose standard values are still to be sent.
    private var givenBack: Set<String> = []
    /// The keys that are held although the camera does not report them.
    private var lacking: Set<String> = []

    /// Whether a key names a raw control, if there is one of that name.
    static func isRaw(_ key: String) -> Bool { key.hasPrefix(prefix) }

    /// libcamera's name in a raw key.
    static func name(_ key: String) -> String { String(key.dropFirst(prefix.count)) }

    /// Takes in what a camera knows.
    mutating func learn(_ camera: Capabilities) {
        for (name, raw) in camera.raw {
            let key = RawControls.prefix + name
            byKey[key] = Control(key, "libcamera's \(name) (\(raw.vendor)).", raw.type.unlimited, standard: raw.standard ?? .null)
        }
    }

    /// Why there is no control of a raw name.
    func problem(with key: String, _ camera: Capabilities?) -> Problem {
        guard let camera else {
            return Problem(.unavailable, "there is no camera yet to know '\(key)'; try again when '/health' says it is up", key: key)
        }
        guard !byKey.isEmpty else {
            return Problem(.unknown, "there is no control '\(key)': this camera (\(camera.model)) has no raw controls", key: key)
        }
        return .unknown("control", key, among: Array(byKey.keys))
    }

    /// Looks which held keys a camera lacks, and which it has again.
    mutating func attach(_ camera: Capabilities, _ isHeld: (String) -> Bool) -> (lacking: Set<String>, returned: Set<String>) {
        let held = byKey.keys.filter(isHeld)
        let before = lacking
        lacking = Set(held.filter { camera.limits(of: $0) == nil })
        return (lacking, before.intersection(held).subtracting(lacking))
    }

    /// Notes that nobody holds these keys any more and that they go with the next configuration.
    mutating func giveBack(_ keys: [String]) { givenBack.formUnion(keys) }

    /// What is sent after a configuration: what is held, and once what was given back.
    mutating func takeDue(_ isHeld: (String) -> Bool) -> [Control] {
        defer { givenBack = [] }
        return byKey.values.filter { isHeld($0.key) || givenBack.contains($0.key) }
    }
}

extension Capabilities {
    /// What this camera takes for a control; nil when it does not support it.
    func limits(of key: String) -> ValueType? { RawControls.isRaw(key) ? raw[RawControls.name(key)]?.limits : limits[key] }

    /// The controls of the Catalog that the camera carries out with a raw one.
    func catalogKeys(of key: String) -> [String] { RawControls.isRaw(key) ? raw[RawControls.name(key)]?.catalogKeys ?? [] : [] }
}

extension ValueType {
    /// The same with every number its kind can hold: how far a camera goes is for its limits to say, and what is beyond them is cut.
    fileprivate var unlimited: ValueType {
        switch self {
        case .integer(_, let unit): .integer(.min ... .max, unit)
        case .number(_, let unit): .number(-.greatestFiniteMagnitude ... .greatestFiniteMagnitude, unit)
        case .list(let element, let count): .list(element.unlimited, count: count)
        default: self
        }
    }
}
