internal import Catalog

/// What a script in a dry run holds: values of its own and of its profiles, the newest on top.
struct ShadowLayers {
    private struct Layer {
        let profile: String?
        var values: [String: Value]
    }

    /// The oldest first.
    private var layers: [Layer] = []
    private(set) var defined: [String: [String: Value]] = [:]

    /// The value of a key; nil where the script holds none.
    func value(_ key: String) -> Value? { layers.last { $0.values[key] != nil }?.values[key] }

    /// The profiles it has pushed, oldest first.
    var pushed: [String] { layers.compactMap(\.profile) }

    /// The profiles it has taken off although others pushed them.
    private(set) var popped: Set<String> = []

    mutating func set(_ values: [String: Value]) {
        for index in layers.indices where layers[index].profile == nil {
            for key in values.keys { layers[index].values[key] = nil }
        }
        layers.removeAll { $0.profile == nil && $0.values.isEmpty }
        layers.append(Layer(profile: nil, values: values))
    }

    /// Gives keys back; nil means all.
    mutating func release(_ keys: [String]?) {
        for index in layers.indices where layers[index].profile == nil {
            for key in keys ?? Array(layers[index].values.keys) { layers[index].values[key] = nil }
        }
        layers.removeAll { $0.profile == nil && $0.values.isEmpty }
    }

    mutating func define(_ name: String, _ values: [String: Value]) {
        defined[name] = values
        for index in layers.indices where layers[index].profile == name { layers[index].values = values }
    }

    mutating func push(_ name: String, _ values: [String: Value]) {
        layers.removeAll { $0.profile == name }
        layers.append(Layer(profile: name, values: values))
        popped.remove(name)
    }

    mutating func pop(_ name: String) {
        layers.removeAll { $0.profile == name }
        popped.insert(name)
    }
}
