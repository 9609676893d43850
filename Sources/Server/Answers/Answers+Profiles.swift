internal import Catalog

extension Answers {
    /// Every profile.
    var profiles: Document {
        let (active, all) = (surface.profiles.active, surface.profiles.all)
        let entries = all.sorted { $0.key < $1.key }.map { name, values in
            Document.Member(name, Answers.profile(values, isActive: active.contains(name)))
        }
        return ["active": .list(active.map(Document.text)), "profiles": .object(entries)]
    }

    /// Adds or replaces a profile.
    func defineProfile(_ call: Call) throws(Problem) -> Document {
        guard (1...100).contains(call.name.count) else {
            throw Problem(.outOfRange, "a profile's name has 1 to 100 characters, got \(call.name.count)", key: "name")
        }
        try surface.profiles.define(call.name, call.members)
        return try profile(call.name)
    }

    /// Forgets a profile.
    func removeProfile(_ name: String) throws(Problem) -> Document {
        try surface.profiles.remove(name)
        return ["status": "ok"]
    }

    /// Puts a profile on top.
    func pushProfile(_ call: Call) async throws(Problem) -> Document {
        let ticket = try surface.profiles.push(call.name)
        let outcomes = call.waits ? await settled(ticket) : surface.outcomes(ticket)
        return .object(outcomes.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.document) })
    }

    /// Takes a profile off.
    func popProfile(_ call: Call) async throws(Problem) -> Document {
        let ticket = try surface.profiles.pop(call.name)
        if call.waits { _ = await settled(ticket) }
        return try profile(call.name)
    }

    private func profile(_ name: String) throws(Problem) -> Document {
        guard let values = surface.profiles.all[name] else {
            throw .unknown("profile", name, among: surface.profiles.all.keys.sorted())
        }
        return Answers.profile(values, isActive: surface.profiles.active.contains(name))
    }

    private static func profile(_ values: [String: Value], isActive: Bool) -> Document {
        ["active": .bool(isActive), "values": Value.table(values).document]
    }
}
