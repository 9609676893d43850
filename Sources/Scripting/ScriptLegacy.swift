public import Catalog

/// What a script takes along from one process to the next.
public struct ScriptLegacy: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// The text it runs, which its file may no longer have.
    public var source: String
    /// The file it came from; nil for a one-off.
    public var path: String?
    /// The arguments as they were given.
    public var given: [String: Value]
    /// Where it was in its life; never `loading`.
    public var state: ScriptState
    /// How many times it was taken into service.
    public var generation: Int
    /// The controls it holds.
    public var keys: Set<String>
    /// The profiles it pushed.
    public var profiles: Set<String>
    /// What it keeps in `persist`.
    public var persisted: [String: Value]

    /// Creates a legacy.
    public init(
        name: String, source: String, path: String? = nil, given: [String: Value] = [:], state: ScriptState, generation: Int = 1,
        keys: Set<String> = [], profiles: Set<String> = [], persisted: [String: Value] = [:]
    ) {
        self.name = name
        self.source = source
        self.path = path
        self.given = given
        self.state = state
        self.generation = generation
        self.keys = keys
        self.profiles = profiles
        self.persisted = persisted
    }

    var holdings: Holdings { Holdings(keys: keys, profiles: profiles) }
}
