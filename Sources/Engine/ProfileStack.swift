internal import Catalog

/// The profiles that exist and the order in which they were pushed.
struct ProfileStack: Sendable {
    private(set) var defined: [String: [String: Value]] = [:]
    private(set) var active: [String] = []

    /// Creates what was there before, or nothing; what is active must be defined.
    init(defined: [String: [String: Value]] = [:], active: [String] = []) {
        self.defined = defined
        self.active = active.filter { defined[$0] != nil }
    }

    /// Adds or replaces one.
    mutating func define(_ name: String, _ values: [String: Value]) { defined[name] = values }

    /// Forgets one, active or not.
    mutating func remove(_ name: String) {
        pop(name)
        defined[name] = nil
    }

    /// The values of a profile.
    /// - Throws: `unknown`.
    func values(_ name: String) throws(Problem) -> [String: Value] {
        guard let values = defined[name] else { throw .unknown("profile", name, among: defined.keys.sorted()) }
        return values
    }

    /// Puts one on top.
    mutating func push(_ name: String) {
        active.removeAll { $0 == name }
        active.append(name)
    }

    /// Takes one off.
    mutating func pop(_ name: String) { active.removeAll { $0 == name } }
}
