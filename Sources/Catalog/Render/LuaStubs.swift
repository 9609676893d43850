/// Renders the script surface as LuaCATS annotations for editors (`scripts/lua/types/luneta.lua`).
public enum LuaStubs {
    /// The whole file.
    public static func render() -> String {
        let parts = [head, frame, topics, camera, handles, commands, functions, tail]
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static let head = """
        ---@meta luneta
        -- Generated from the Catalog by `luneta docs`; not to be edited.
        """

    private static var frame: String {
        let fields = FrameReport.fields.map { field in
            "---@field \(field.name) \(field.luaType) \(sentence(field.about, field.unit))"
        }
        return (["---@class luneta.Frame What the newest frame says about itself; nil where the camera does not say."] + fields)
            .joined(separator: "\n")
    }

    private static var topics: String {
        Catalog.topics.map { topic in
            let controls = Catalog.controls.filter { $0.topic == topic }
            let fields = controls.map { "---@field \($0.name) \(type($0.type)) \(sentence($0.about, $0.type.unit)) \(limits($0.type))" }
            let verbs = Catalog.commands.filter { $0.key.hasPrefix(topic + ".") && !Catalog.tables.contains(topic) }
            let functions = verbs.map { "---@field \($0.key.dropFirst(topic.count + 1)) fun() \($0.about)" }
            return (["---@class luneta.\(topic)"] + fields.map(trimmed) + functions).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static var camera: String {
        let fields = Catalog.topics.map { "---@field \($0) luneta.\($0)" }
        let lines =
            ["---@class luneta.Camera"] + fields + [
                "---@field raw luneta.raw", "---@field frame luneta.Frame", "---@field info table Sensor, modes and limits.", "camera = {}",
            ]
        return raw + "\n\n" + lines.joined(separator: "\n")
    }

    private static let raw = """
        ---@class luneta.raw libcamera's controls by their own names, as far as the attached camera reports them.
        ---@field [string] boolean|number|string|table|nil
        """

    private static let handles = """
        ---@class luneta.Handle
        ---@field cancel fun(self: luneta.Handle) Ends it.

        ---@class luneta.Outcome
        ---@field state "applied"|"clamped"|"unsupported"|"superseded"|"unconfirmed"
        ---@field asked any
        ---@field applied any
        ---@field frame integer?
        ---@field reason string?

        ---@class luneta.Change
        ---@field await fun(self: luneta.Change, timeout: number|string|nil): table<string, luneta.Outcome>?, luneta.Problem?

        ---@class luneta.Reply
        ---@field status integer 200 when all is well
        ---@field ok boolean whether the status is 200 to 299
        ---@field headers table<string, string> by lower-case name
        ---@field body string
        ---@field json any the body, when it says that it is JSON

        ---@class luneta.Holding
        ---@field owner string
        ---@field value any
        ---@field time number

        ---@class luneta.Timer
        ---@field kind "every"|"after"|"at"|"cron"|"sun"
        ---@field due number? seconds from now; nil while it waits for the clock to be set
        ---@field interval number? seconds, of `every`
        ---@field time number? seconds since 1970, of what goes by the wall clock

        ---@class luneta.Problem
        ---@field code string
        ---@field key string?
        ---@field allowed any
        ---@field given any
        """

    private static var commands: String {
        Catalog.tables.map { topic in
            let name = topic.prefix(1).uppercased() + topic.dropFirst()
            let verbs = Catalog.commands.filter { $0.key.hasPrefix(topic + ".") }
            return (["---@class luneta.\(name)Commands\n\(topic) = {}"] + verbs.map(command)).joined(separator: "\n\n")
        }.joined(separator: "\n\n")
    }

    private static func command(_ command: Command) -> String {
        let members = command.arguments.map { "\($0.name)\($0.isOptional ? "?" : ""): \(type($0.type))" }.joined(separator: ", ")
        let parameter =
            command.arguments.isEmpty ? [] : ["---@param options\(command.arguments.allSatisfy(\.isOptional) ? "?" : "") { \(members) }"]
        let lines = ["---\(command.sentences)"] + parameter + ["---@return any # \(command.reply)"]
        return (lines + ["function \(command.key)(\(command.arguments.isEmpty ? "" : "options")) end"]).joined(separator: "\n")
    }

    private static var functions: String {
        let tables = ["profile = {}", "log = {}", "clock = {}", "http = {}", "sun = {}"].joined(separator: "\n")
        let rendered = Catalog.functions.map { function in
            let parameters = function.parameters.map { "---@param \($0.name) \($0.type)" }
            let returns = function.returns.map { "---@return \($0)" }
            let names = function.parameters.map(\.name).joined(separator: ", ")
            let lines = ["---\(function.about)", "---", "---Example: `\(function.example)`"] + parameters + returns
            return (lines + ["function \(function.name)(\(names)) end"]).joined(separator: "\n")
        }
        return ([tables] + rendered).joined(separator: "\n\n")
    }

    private static let tail = """
        ---What this script keeps; it survives a reload. JSON-shaped values only.
        ---@type table<string, any>
        persist = {}

        ---@class luneta.Script
        ---@field name string
        ---@field args table<string, any>
        ---@field generation integer
        script = {}
        """

    private static func type(_ type: ValueType) -> String {
        switch type {
        case .bool: "boolean"
        case .integer(_, let unit), .number(_, let unit): unit.isTime ? "number|string" : "number"
        case .choice(let words): words.map { "\"\($0)\"" }.joined(separator: "|")
        case .numberChoice(let numbers, _): numbers.map(String.init).joined(separator: "|")
        case .text: "string"
        case .window: "number[]"
        case .size: "integer[]|string"
        case .list(let element, _): Self.type(element).contains("|") ? "(\(Self.type(element)))[]" : "\(Self.type(element))[]"
        case .any: "any"
        }
    }

    private static func limits(_ type: ValueType) -> String {
        guard let range = type.range else { return "" }
        return "\(Value.plain(range.lowerBound))..\(Value.plain(range.upperBound))"
    }

    private static func sentence(_ about: String, _ unit: Unit) -> String {
        unit == .none ? about : "\(about) [\(unit.rawValue)]"
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
