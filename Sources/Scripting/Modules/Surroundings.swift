internal import Catalog

/// Everything a script finds beside the safe part of Lua's own library, made from the Catalog.
///
/// All scripts share one, but for what `script` says.
struct Surroundings: Sendable {
    /// What every script finds.
    static let common = Surroundings()

    /// The accessors by the index that C hands back.
    private(set) var accessors: [Accessor] = []
    private(set) var globals: [String: LuaMember] = [:]
    /// Names that are not set and are not simply nil either.
    private(set) var fallback: [String: LuaMember] = [:]

    /// The commands by the index that C hands back.
    static let commands = Catalog.commands

    /// What one script finds.
    static func globals(_ spec: ScriptSpec) -> [String: LuaMember] {
        common.globals.merging(["script": common.script(spec)]) { $1 }
    }

    private init() {
        let tables = Catalog.tables.map { ($0, topic($0)) }
        globals = [
            "camera": camera(),
            "profile": module(["define": .define, "push": .push, "pop": .pop, "active": .active]),
            "clock": module(["now": .now, "trusted": .trusted]),
            "sun": module(["on": .sunOn, "elevation": .sunElevation, "next": .sunNext]),
            "http": .table(
                Dictionary(uniqueKeysWithValues: ScriptRunner.webCalls.enumerated().map { ($1.name, operation(.http, index: $0)) })),
            "log": .table(Dictionary(uniqueKeysWithValues: ScriptLogLine.Level.allCases.enumerated().map(logger))),
            "print": operation(.log, index: 1),
        ]
        for (name, table) in tables { globals[name] = table }
        for (name, operation) in Surroundings.functions { globals[name] = self.operation(operation) }
        for name in Catalog.laterNames { fallback[name] = accessor(.later(name)) }
    }

    /// The methods of a class of objects.
    static func methods(_ kind: ObjectClass) -> [String: LuaMember] {
        switch kind {
        case .change, .ramp: ["await": .operation(Operation.await.rawValue, index: 0)]
        case .handle: ["cancel": .operation(Operation.cancel.rawValue, index: 0)]
        }
    }

    private static let functions: [String: Operation] = [
        "on": .on, "wait": .wait, "emit": .emit, "every": .every, "at": .at, "cron": .cron, "after": .after, "sleep": .sleep,
        "timers": .timers,
    ]

    private mutating func camera() -> LuaMember {
        var members: [String: LuaMember] = [
            "apply": operation(.apply), "ramp": operation(.ramp), "release": operation(.release), "why": operation(.why),
        ]
        for name in Catalog.topics { members[name] = topic(name) }
        members["frame"] = .proxy(
            "camera.frame", Dictionary(uniqueKeysWithValues: FrameReport.fields.map { ($0.name, accessor(.frame($0))) }))
        members["info"] = accessor(.info)
        members["raw"] = .openProxy("camera.raw")
        return .proxy("camera", members)
    }

    /// The controls of a topic, and its commands beside them.
    private mutating func topic(_ topic: String) -> LuaMember {
        var members = commands(topic)
        for (slot, control) in Catalog.controls.enumerated() where control.topic == topic {
            members[control.name] = accessor(.control(control.key, slot: slot))
        }
        return .proxy(Catalog.tables.contains(topic) ? topic : "camera.\(topic)", members)
    }

    private func script(_ spec: ScriptSpec) -> LuaMember {
        var members = commands("script")
        members["name"] = .value(.text(spec.name))
        members["args"] = .value(.table(spec.args))
        members["generation"] = .value(.integer(spec.generation))
        return .proxy("script", members)
    }

    private func commands(_ topic: String) -> [String: LuaMember] {
        var members: [String: LuaMember] = [:]
        for (index, command) in Surroundings.commands.enumerated() where command.key.hasPrefix(topic + ".") {
            members[String(command.key.dropFirst(topic.count + 1))] = operation(.perform, index: index)
        }
        return members
    }

    private func module(_ operations: [String: Operation]) -> LuaMember { .table(operations.mapValues { operation($0) }) }

    private func logger(_ index: Int, _ level: ScriptLogLine.Level) -> (String, LuaMember) {
        (level.rawValue, operation(.log, index: index))
    }

    private func operation(_ operation: Operation, index: Int = 0) -> LuaMember { .operation(operation.rawValue, index: index) }

    private mutating func accessor(_ accessor: Accessor) -> LuaMember {
        accessors.append(accessor)
        return .accessor(accessors.count - 1)
    }
}

extension Surroundings {
    /// The names a table of the host has, by its path.
    static func names(in path: String) -> [String] {
        switch path {
        case "camera": ["apply", "ramp", "release", "why", "frame", "info", "raw"] + Catalog.topics
        case "camera.frame": FrameReport.fields.map(\.name)
        case "script": ["name", "args", "generation"] + commandNames(path)
        default: Catalog.controls.filter { $0.topic == topic(path) }.map(\.name) + commandNames(topic(path))
        }
    }

    /// Whether a table of the host has a name.
    static func knows(_ name: String, in path: String) -> Bool { names(in: path).contains(name) }

    private static func commandNames(_ topic: String) -> [String] {
        commands.filter { $0.key.hasPrefix(topic + ".") }.map { String($0.key.dropFirst(topic.count + 1)) }
    }

    private static func topic(_ path: String) -> String { path.hasPrefix("camera.") ? String(path.dropFirst("camera.".count)) : path }
}
