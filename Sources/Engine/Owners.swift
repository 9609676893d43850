internal import Catalog

/// Who holds which value: for each key a stack, the newest write on top.
struct Owners: Sendable {
    /// The entries by key, oldest first; no stack is empty.
    private(set) var stacks: [String: [Holding]] = [:]

    /// The values in effect of the Catalog's controls, in its order: reading one takes no search.
    private(set) var values = Catalog.standards

    /// Creates what was there before, or nothing.
    init(_ stacks: [String: [Holding]] = [:]) {
        self.stacks = stacks.filter { !$0.value.isEmpty }
        for key in stacks.keys { noteValue(of: key) }
    }

    private mutating func noteValue(of key: String) {
        guard let slot = Catalog.slotsByKey[key] else { return }
        values[slot] = stacks[key]?.last?.value ?? Catalog.standards[slot]
    }

    /// The entry in effect; nil when nobody holds the key.
    func top(_ key: String) -> Holding? { stacks[key]?.last }

    /// The entries of a key, newest first.
    func stack(_ key: String) -> [Holding] { (stacks[key] ?? []).reversed() }

    /// The keys an owner holds.
    func keys(of owner: Owner) -> [String] {
        stacks.filter { $0.value.contains { $0.owner == owner } }.keys.sorted()
    }

    /// Takes the newest entry of a key away.
    mutating func dropTop(_ key: String) {
        _ = stacks[key]?.popLast()
        if stacks[key]?.isEmpty == true { stacks[key] = nil }
        noteValue(of: key)
    }

    /// Puts a value on top; an older one of the same owner goes.
    mutating func hold(_ key: String, _ value: Value, by owner: Owner, at time: Double) {
        var stack = stacks[key] ?? []
        stack.removeAll { $0.owner == owner }
        stack.append(Holding(owner: owner, value: value, time: time))
        stacks[key] = stack
        noteValue(of: key)
    }

    /// Takes an owner's entries away, of these keys or of all.
    /// - Returns: the keys it held.
    mutating func release(_ keys: [String]?, by owner: Owner) -> [String] {
        let candidates = keys ?? Array(stacks.keys)
        let held = candidates.filter { stacks[$0]?.contains { $0.owner == owner } ?? false }.sorted()
        for key in held {
            stacks[key]?.removeAll { $0.owner == owner }
            if stacks[key]?.isEmpty == true { stacks[key] = nil }
            noteValue(of: key)
        }
        return held
    }
}
