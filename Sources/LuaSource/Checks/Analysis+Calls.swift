internal import Almanac
internal import Catalog

extension Analysis {
    mutating func checkCall(of callee: Chunk.Node, with arguments: [Chunk.Node], isMethod: Bool) {
        guard findings.hasRoom else { return }
        switch meanings[callee] {
        case .function(let function): checkCall(of: function, at: callee, with: arguments, isMethod: isMethod)
        case .command(let command):
            guard !isMethod else { return report(callee, "call it with a dot: \(command.key)") }
            checkCommand(command, arguments, at: callee)
        case .control(let key):
            report(callee, "'\(key)' is a control, not a function: read it, or assign to it")
        default: break
        }
    }

    private mutating func checkCall(
        of function: ScriptSurface.Function, at callee: Chunk.Node, with arguments: [Chunk.Node], isMethod: Bool
    ) {
        var arguments = arguments[...]
        if function.isMethod, !isMethod {
            guard let first = arguments.popFirst(), !isPlain(first) else { return report(callee, "call it with a colon: \(function.name)") }
        } else if isMethod, !function.isMethod {
            return report(callee, "call it with a dot: \(function.name)")
        }
        if function.name.hasPrefix("http."), function.parameters.first?.role != .url {
            use(.http(host: nil), at: Int(chunk[callee].offset))
        }
        checkArguments(Array(arguments), of: function, at: callee)
    }

    /// Whether it is a value that cannot be the object of a method.
    private func isPlain(_ node: Chunk.Node) -> Bool {
        switch chunk[node].kind {
        case .literal, .table, .function: true
        default: false
        }
    }

    private mutating func checkArguments(_ arguments: [Chunk.Node], of function: ScriptSurface.Function, at callee: Chunk.Node) {
        for (index, parameter) in function.parameters.enumerated() {
            let place = Place(number: index + 1, function: function, callee: callee)
            guard index < arguments.count else {
                if !parameter.isOptional, !isOpenEnded(arguments) { checkMissing(parameter, place) }
                continue
            }
            if parameter.isOptional, case .literal(.null) = chunk[arguments[index]].kind { continue }
            check(arguments[index], parameter.role, place)
        }
        guard function.parameters.last?.role == .controlKey else { return }
        for key in arguments.dropFirst(function.parameters.count) { checkKey(key) }
    }

    /// Which argument of which call.
    struct Place {
        let number: Int
        let function: ScriptSurface.Function
        let callee: Chunk.Node
    }

    /// Whether a last call or `...` may give more arguments than the text shows.
    private func isOpenEnded(_ arguments: [Chunk.Node]) -> Bool {
        guard let last = arguments.last, !chunk[last].uses.contains(.parenthesised) else { return false }
        switch chunk[last].kind {
        case .call, .arguments: return true
        default: return false
        }
    }

    private mutating func checkMissing(_ parameter: ScriptSurface.Parameter, _ place: Place) {
        let wanted: String
        switch parameter.role {
        case .callback: wanted = "function"
        case .duration, .interval, .shift: wanted = "a time such as 5 or '5m'"
        case .topic, .ownTopic, .controlKey, .url, .word, .timeOfDay, .cron: wanted = "string"
        case .controlValues: wanted = "table"
        case .any, .options: return
        }
        report(place.callee, misuse(place, "\(wanted) expected, got no value"))
    }

    func misuse(_ place: Place, _ what: String) -> String {
        let name = place.function.name.split(whereSeparator: { $0 == "." || $0 == ":" }).last.map(String.init) ?? ""
        return "bad argument #\(place.number) to '\(name)' (\(what))"
    }

    // MARK: Roles

    private mutating func check(_ node: Chunk.Node, _ role: ScriptSurface.Role, _ place: Place) {
        switch role {
        case .any: break
        case .duration, .interval, .shift: checkTime(node, role, place)
        case .callback: checkCallback(node, place)
        case .topic: checkTopic(node, isOwn: false, place)
        case .ownTopic: checkTopic(node, isOwn: true, place)
        case .controlKey: checkKey(node)
        case .controlValues(let times): checkValues(node, times: times, place)
        case .options(let roles): checkOptions(node, roles, place)
        case .url: checkURL(node)
        case .word(let words): checkWord(node, words, place)
        case .timeOfDay: checkText(node, place) { (text) throws(AlmanacError) in _ = try TimeOfDay(text) }
        case .cron: checkText(node, place) { (text) throws(AlmanacError) in _ = try CronExpression(text) }
        }
    }

    private mutating func checkWord(_ node: Chunk.Node, _ words: [String], _ place: Place) {
        guard case .text(let word)? = constant(node) else { return checkKind(node, "string", place) }
        guard !words.contains(word) else { return }
        let near = nearest(word, among: words)
        report(node, misuse(place, "'\(short(word))' is none of \(words.joined(separator: ", "))\(question(near))"), suggestion: near)
    }

    /// Text that the calendar reads.
    private mutating func checkText(_ node: Chunk.Node, _ place: Place, _ read: (String) throws(AlmanacError) -> Void) {
        guard case .text(let text)? = constant(node) else { return checkKind(node, "string", place) }
        do throws(AlmanacError) { try read(text) } catch { report(node, misuse(place, error.sentence)) }
    }

    /// A literal of another kind than a role takes.
    mutating func checkKind(_ node: Chunk.Node, _ wanted: String, _ place: Place) {
        guard let kind = kindOfLiteral(node), kind != wanted else { return }
        report(node, misuse(place, "\(wanted) expected, got \(kind)"))
    }

    func kindOfLiteral(_ node: Chunk.Node) -> String? {
        switch chunk[node].kind {
        case .literal(.null): "nil"
        case .literal(.bool): "boolean"
        case .literal(.text): "string"
        case .literal: "number"
        case .table: "table"
        case .function: "function"
        default: nil
        }
    }

    private static let longestTime = 10 * 366 * 86400.0

    private mutating func checkTime(_ node: Chunk.Node, _ role: ScriptSurface.Role, named name: String = "", _ place: Place) {
        guard let value = constant(node) else {
            return checkKind(node, "\(name)a time such as 5 or '5m'", place)
        }
        guard let seconds = value.double ?? value.string.flatMap(TimeText.seconds) else {
            let given = value.string.map { "'\(short($0))'" } ?? kindOfLiteral(node) ?? "\(value)"
            return report(node, misuse(place, "\(name)a time such as 5 or '5m' expected, got \(given)"))
        }
        if role == .shift { return }
        if !(seconds >= 0 && seconds <= Analysis.longestTime) {
            report(node, misuse(place, "\(name)a time from 0 to ten years expected, got \(seconds) s"))
        } else if role == .interval, seconds < 0.001 {
            report(node, misuse(place, "at least '1ms' expected, got \(seconds) s"))
        }
    }

    private mutating func checkKey(_ node: Chunk.Node) {
        guard case .text(let key)? = constant(node), !mayExist(control: key) else { return }
        reportUnknownControl(key, at: Int(chunk[node].offset))
    }

    private mutating func checkTopic(_ node: Chunk.Node, isOwn: Bool, _ place: Place) {
        guard case .text(let topic)? = constant(node) else { return checkKind(node, "string", place) }
        let isPlain = topic.utf8.allSatisfy { $0 == 0x2E || $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        guard isPlain, !topic.isEmpty, topic.utf8.count <= 100 else {
            return report(node, misuse(place, "a topic such as 'garden.gate' expected, got '\(topic.prefix(100))'"))
        }
        if isOwn {
            guard surface.events[topic] != nil else { return }
            report(node, "'\(topic)' is an event of the host; a script emits under names of its own")
        } else if surface.events[topic] == nil, isOfHost(topic) {
            let near = nearest(topic, among: surface.events.keys)
            findings.add(
                .warning, at: Int(chunk[node].offset), "the host has no event '\(topic)'\(question(near))", suggestion: near)
        }
    }

    /// Whether the first word of a topic is one of the host's.
    private func isOfHost(_ topic: String) -> Bool {
        let first = topic.prefix { $0 != "." }
        return surface.events.keys.contains { $0.prefix { $0 != "." } == first }
    }

    private mutating func checkURL(_ node: Chunk.Node) {
        let host = constant(node)?.string.flatMap(URLText.host)
        use(.http(host: host), at: Int(chunk[node].offset))
    }

    // MARK: Tables

    private mutating func checkValues(_ node: Chunk.Node, times: [String], _ place: Place) {
        guard let (number, table) = table(node) else { return checkKind(node, "table", place) }
        // A table in a local may be used again and again.
        guard !times.isEmpty || checkedTables.insert(number).inserted else { return }
        for field in table.fields {
            guard let key = field.name else {
                findings.add(.error, at: field.offset, misuse(place, "table with names expected, got a list"))
                return
            }
            if times.contains(key) {
                checkTime(field.value, .duration, named: "'\(key)' ", place)
            } else if mayExist(control: key) {
                use(.control(key), at: field.offset)
                if case .literal(.null) = chunk[field.value].kind { continue }
                check(field.value, for: key)
            } else {
                reportUnknownControl(key, at: field.offset)
            }
        }
        for name in times where table.isComplete && !table.fields.contains(where: { $0.name == name }) {
            report(node, misuse(place, "'\(name)' is missing: how long it takes, such as \(name) = '20m'"))
        }
    }

    private mutating func checkOptions(_ node: Chunk.Node, _ roles: [String: ScriptSurface.Role], _ place: Place) {
        guard let (_, table) = table(node) else { return checkKind(node, "table", place) }
        for field in table.fields {
            guard let name = field.name else { continue }
            guard let role = roles[name] else {
                let near = nearest(name, among: roles.keys)
                findings.add(.error, at: field.offset, "there is no option '\(short(name))'\(question(near))", suggestion: near)
                continue
            }
            if role == .duration || role == .shift { checkTime(field.value, role, named: "'\(name)' ", place) }
        }
    }

    private mutating func checkCommand(_ command: Command, _ arguments: [Chunk.Node], at callee: Chunk.Node) {
        guard let first = arguments.first else { return checkRequired(command, Chunk.Table(), at: callee) }
        guard let (_, table) = table(first) else {
            if let kind = kindOfLiteral(first), kind != "nil" {
                report(first, "'\(command.key)' takes a table of arguments by name, got a \(kind)")
            }
            return
        }
        for field in table.fields {
            guard let name = field.name else { continue }
            guard let argument = command.arguments.first(where: { $0.name == name }) else {
                let near = nearest(name, among: command.arguments.map(\.name))
                findings.add(.error, at: field.offset, "there is no argument '\(short(name))'\(question(near))", suggestion: near)
                continue
            }
            if case .literal(.null) = chunk[field.value].kind { continue }
            check(field.value, argument.type, key: name)
        }
        checkRequired(command, table, at: first)
    }

    private mutating func checkRequired(_ command: Command, _ table: Chunk.Table, at node: Chunk.Node) {
        guard table.isComplete else { return }
        for argument in command.arguments where !argument.isOptional && !table.fields.contains(where: { $0.name == argument.name }) {
            report(node, "'\(command.key)' needs '\(argument.name)': \(argument.about)")
        }
    }
}
