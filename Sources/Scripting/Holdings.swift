/// What a script holds: it goes back when the script is stopped.
struct Holdings: Sendable, Equatable {
    /// The controls it set.
    var keys: Set<String> = []
    /// The profiles it pushed.
    var profiles: Set<String> = []

    var isEmpty: Bool { keys.isEmpty && profiles.isEmpty }

    /// What is held here and not there.
    func subtracting(_ other: Holdings) -> Holdings {
        Holdings(keys: keys.subtracting(other.keys), profiles: profiles.subtracting(other.profiles))
    }
}
