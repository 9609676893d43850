/// Renders the Catalog as reference pages in Markdown (`docs/reference/*.md`).
public enum Reference {
    /// The pages by file name.
    public static func render() -> [String: String] {
        [
            "controls.md": page("Controls", controlsHead, Catalog.topics.map(topic) + [raw]),
            "commands.md": page("Commands", commandsHead, Catalog.commands.map(command)),
            "events.md": page("Events", eventsHead, Catalog.events.map(event)),
            "lua.md": page("Lua functions", luaHead, [frame] + Catalog.functions.map(function)),
        ]
    }

    private static func page(_ title: String, _ head: String, _ parts: [String]) -> String {
        (["# \(title)", "<!-- Generated from the Catalog by `luneta docs`; not to be edited. -->", head] + parts).joined(separator: "\n\n")
            + "\n"
    }

    private static let controlsHead = """
        State that you may set from Lua (`camera.exposure.time = "20ms"`), from REST (`PATCH /v1/controls`) or by a profile. The limits here
        reject; what the attached camera cannot do is clamped and said. Times may be text with a unit: `"20ms"`, `"1/50s"`.
        """
    private static let commandsHead = "Verbs. In Lua they are functions (`camera.focus.trigger()`, `stream.start()`)."
    private static let eventsHead = "Signals. In Lua: `on(\"light.changed\", function(e) ... end)`."
    private static let luaHead = "What a script finds beside [controls](controls.md), [commands](commands.md) and [events](events.md)."

    private static let raw = """
        ## raw

        Every control that libcamera knows, by its own name: `camera.raw.AeFlickerPeriod = 10000`, or `raw.AeFlickerPeriod` where keys are
        text. Types and limits are those of the attached camera: `GET /v1/controls` lists the ones it reports, `pairs(camera.raw)` those of
        them that have a value; one that it does not report is unsupported. Enumerations are words, a rectangle is `[x, y, width, height]`
        in sensor pixels, a size `[width, height]`, a point `[x, y]`. Numbers beyond the camera's limits are clamped and said. A raw control
        that nobody set is never sent; once nobody holds it any more, the camera's default is sent.

        Many do what a control above does too, `raw.ExposureTime` for one. Use the one above where there is one: it works with every camera.
        """

    private static func topic(_ topic: String) -> String {
        let rows = Catalog.controls.filter { $0.topic == topic }.map { control in
            "| `\(control.key)` | \(control.about)\(notes(control)) | \(accepts(control.type)) | \(code(control.standard)) |"
        }
        return (["## \(topic)", "", "| control | what it does | accepts | standard |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    static func notes(_ control: Control) -> String {
        var notes = ""
        if let effective = control.effective {
            notes += " Counts while `\(effective.key)` is \(effective.values.map(code).joined(separator: " or "))."
        }
        if control.cost == .reconfiguration { notes += " Configures the camera anew: some frames are missing." }
        return notes
    }

    private static func command(_ command: Command) -> String {
        let head = "## \(command.key)\n\n\(command.sentences) Answers: \(command.reply)"
        return command.arguments.isEmpty ? head : head + "\n\n" + fields(command.arguments)
    }

    private static func event(_ event: EventKind) -> String {
        let head = "## \(event.key)\n\n\(event.about)"
        return event.fields.isEmpty ? head : head + "\n\n" + fields(event.fields)
    }

    private static func fields(_ fields: [Field]) -> String {
        let rows = fields.map { "| `\($0.name)`\($0.isOptional ? " (optional)" : "") | \($0.about) | \(accepts($0.type)) |" }
        return (["| field | what it says | type |", "|---|---|---|"] + rows).joined(separator: "\n")
    }

    private static var frame: String {
        let rows = FrameReport.fields.map { "| `camera.frame.\($0.name)` | \($0.about) | \($0.unit.rawValue) |" }
        return (["## camera.frame", "", "| field | what it says | unit |", "|---|---|---|"] + rows).joined(separator: "\n")
    }

    private static func function(_ function: ScriptFunction) -> String {
        let names = function.parameters.map(\.name).joined(separator: ", ")
        return "## \(function.name)(\(names))\n\n\(function.about)\n\n```lua\n\(function.example)\n```"
    }

    static func accepts(_ type: ValueType) -> String {
        let unit = type.unit == .none ? "" : " \(type.unit.rawValue)"
        switch type {
        case .bool: return "true, false"
        case .integer, .number: return type.limitsText
        case .choice(let words): return words.map { "`\($0)`" }.joined(separator: ", ")
        case .numberChoice(let numbers, _): return numbers.map(String.init).joined(separator: ", ") + unit
        case .text(let maximum): return "text, at most \(maximum) characters"
        case .window: return "`[x, y, width, height]`, fractions of the picture"
        case .size(let range): return "`[width, height]` or `\"WxH\"`, even, \(range.lowerBound) to \(range.upperBound) px"
        case .list(let element, let count): return "a list of \(ValueType.words(count, element)), each \(accepts(element))"
        case .any: return "any JSON value"
        }
    }

    static func code(_ value: Value) -> String {
        "`" + value.description.replacing("'", with: "") + "`"
    }
}
