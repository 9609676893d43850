public import Catalog

extension ScriptSurface {
    /// What this version of the host offers: the Catalog, and the safe part of Lua's own library.
    public static let standard = ScriptSurface(functions: Catalog.functions, later: Catalog.laterNames)

    /// The Catalog's controls, commands and events with these functions, and the safe part of Lua's own library.
    /// - Parameters:
    ///   - functions: what there is beside controls and commands; a table in a name is made where there is none.
    ///   - later: names that are not there yet; those that a function has are.
    public init(functions: [ScriptFunction], later: Set<String> = []) {
        var root = Table("", members: StandardLibrary.globals)
        root.members["camera"] = .table(ScriptSurface.camera)
        root.members["script"] = .table(ScriptSurface.script)
        for topic in Catalog.tables { root.members[topic] = .table(ScriptSurface.topic(topic)) }
        for function in functions {
            let path = function.name.split(whereSeparator: { $0 == "." || $0 == ":" }).map(String.init)
            root.add(.function(Function(function)), at: path[...])
        }
        for name in later where root.members[name] == nil { root.members[name] = .later(name) }
        self.init(globals: root.members, controls: Catalog.controlsByKey, events: Catalog.eventsByKey)
    }

    private static var camera: Table {
        var members: [String: Member] = ["info": .reading, "raw": .rawControls]
        for name in Catalog.topics { members[name] = .table(topic(name)) }
        let frame = FrameReport.fields.map { ($0.name, Member.reading) }
        members["frame"] = .table(Table("camera.frame", isSealed: true, members: Dictionary(uniqueKeysWithValues: frame)))
        return Table("camera", isSealed: true, members: members)
    }

    private static var script: Table {
        let members: [String: Member] = ["name": .reading, "args": .reading, "generation": .reading]
        return Table("script", isSealed: true, members: members.merging(commands("script")) { own, _ in own })
    }

    /// The controls of a topic, and its commands beside them.
    private static func topic(_ topic: String) -> Table {
        let controls = Catalog.controls.filter { $0.topic == topic }.map { ($0.name, Member.control($0.key)) }
        return Table(
            Catalog.tables.contains(topic) ? topic : "camera.\(topic)", key: topic, noun: controls.isEmpty ? "name" : "control",
            isSealed: true,
            members: commands(topic).merging(controls) { command, _ in command })
    }

    private static func commands(_ topic: String) -> [String: Member] {
        let commands = Catalog.commands.filter { $0.key.hasPrefix(topic + ".") }
        return Dictionary(uniqueKeysWithValues: commands.map { (String($0.key.dropFirst(topic.count + 1)), .command($0)) })
    }
}

extension ScriptSurface.Table {
    /// Adds a member below this table, with the tables between that are missing.
    fileprivate mutating func add(_ member: ScriptSurface.Member, at names: ArraySlice<String>) {
        guard let name = names.first else { return }
        guard names.count > 1 else { return members[name] = member }
        let inner = path.isEmpty ? name : "\(path).\(name)"
        var table = ScriptSurface.Table(inner, noun: "function")
        if case .table(let existing)? = members[name] { table = existing }
        table.add(member, at: names.dropFirst())
        members[name] = .table(table)
    }
}

extension ScriptSurface.Function {
    /// A function of the Catalog; names and types of its parameters tell what they are for.
    init(_ function: ScriptFunction) {
        let parameters = function.parameters.map { parameter in
            ScriptSurface.Parameter(
                .init(parameter.name, parameter.type, of: function.name),
                isOptional: parameter.type.hasSuffix("?") || parameter.type.hasSuffix("|nil"))
        }
        self.init(function.name, parameters, mayReturnFunction: function.returns.contains { $0.hasPrefix("fun") || $0.hasPrefix("any") })
    }
}

extension ScriptSurface.Role {
    fileprivate init(_ name: String, _ type: String, of function: String) {
        switch (name, type) {
        case ("interval", _): self = .interval
        case ("topic", _): self = function == "emit" ? .ownTopic : .topic
        case ("key", _): self = .controlKey
        case ("url", _): self = .url
        case ("time", "string"): self = .timeOfDay
        case ("expression", "string"): self = .cron
        case (_, "table<string, any>"): self = .controlValues(times: function == "camera:ramp" ? ["over"] : [])
        default: self.init(type: type)
        }
    }

    /// What a LuaCATS type tells: `number|string` is a time, `fun()` is called later, `{ over?: number|string }` are options.
    private init(type: String) {
        if type.hasPrefix("number|string") {
            self = .duration
        } else if type.hasPrefix("\"") {
            self = .word(type.split(separator: "|").map { $0.filter { $0 != "\"" } })
        } else if type.hasPrefix("fun") {
            self = .callback
        } else if type.hasPrefix("{"), let end = type.lastIndex(of: "}") {
            self = .init(options: type[type.index(after: type.startIndex)..<end])
        } else {
            self = .any
        }
    }

    private init(options: Substring) {
        var roles: [String: ScriptSurface.Role] = [:]
        for option in ScriptSurface.Role.parts(of: options) {
            let name = option.prefix { $0 != ":" }
            let type = option.dropFirst(name.count + 1).drop { $0 == " " }
            roles[name.filter { $0 != "?" && $0 != " " }] = ScriptSurface.Role(type: String(type))
        }
        if roles["offset"] == .duration { roles["offset"] = .shift }
        self = .options(roles)
    }

    /// The parts between commas, not counting those inside brackets.
    private static func parts(of text: Substring) -> [String] {
        var depth = 0
        var parts = [""]
        for character in text {
            if "<{(".contains(character) { depth += 1 } else if ">})".contains(character) { depth -= 1 }
            if depth == 0, character == "," { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts
    }
}
