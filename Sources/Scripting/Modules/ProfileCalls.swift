internal import Catalog

/// `profile.define`, `push`, `pop` and `active`.
extension ScriptRunner {
    func define(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let name = try arguments.text(1)
        let values = try arguments.table(2)
        let checked = try Refusal.ifRaised { () throws(Problem) in try surface.check(values) }
        try allow(settingOf: checked)
        if phase == .loading { early.defined.insert(name) }
        _ = try change { runner throws(Problem) in
            try runner.surface.profiles.define(name, checked)
            return nil
        }
        return .nothing
    }

    func push(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let name = try arguments.text(1)
        let seconds = try over(arguments)
        try checkProfile(name)
        return try change(as: seconds > 0 ? .ramp : .change) { runner throws(Problem) in
            let ticket = try runner.surface.profiles.push(name, over: seconds)
            runner.holdings.profiles.insert(name)
            return ticket
        }
    }

    func pop(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let name = try arguments.text(1)
        let seconds = try over(arguments)
        try checkProfile(name)
        return try change(as: seconds > 0 ? .ramp : .change) { runner throws(Problem) in
            let ticket = try runner.surface.profiles.pop(name, over: seconds)
            runner.holdings.profiles.remove(name)
            return ticket
        }
    }

    func activeProfiles() -> LuaAnswer { .value(.list(surface.profiles.active.map(Value.text))) }

    /// How long it takes: the option `over`.
    private func over(_ arguments: Arguments) throws(Refusal) -> Double {
        try Arguments.seconds("over", in: arguments.options(2, ["over"]), 2) ?? 0
    }

    private func checkProfile(_ name: String) throws(Refusal) {
        let known = early.defined.union(surface.profiles.all.keys)
        guard known.contains(name) else { throw .problem(.unknown("profile", name, among: known.sorted())) }
    }
}
