/// Everything the product can do, as data: the only list of it.
///
/// Lua properties, `/v1/controls`, the reference service's paths, OpenAPI, editor stubs, help and the reference pages all come
/// from here. Adding a control is one entry in `Topics/`.
public enum Catalog {
    /// Every control, in the order of the reference pages.
    public static let controls: [Control] = exposure + whiteBalance + focus + image + geometry + stream + scene
    /// Every command.
    public static let commands: [Command] = focusCommands + streamCommands + stillCommands + scriptCommands
    /// Every kind of event.
    public static let events: [EventKind] = cameraEvents + streamEvents + stillEvents + scriptEvents
    /// The topics of the controls, in order.
    public static let topics: [String] = controls.reduce(into: []) { if !$0.contains($1.topic) { $0.append($1.topic) } }

    /// The topics that are tables of their own in Lua, rather than parts of `camera`.
    public static let tables: [String] = ["stream", "still"]

    /// The controls by key.
    public static let controlsByKey: [String: Control] = unique(controls.map { ($0.key, $0) })
    /// Where each control is in ``controls``, by key.
    public static let slotsByKey: [String: Int] = unique(controls.enumerated().map { ($1.key, $0) })
    /// The standard values of the controls, in their order.
    public static let standards: [Value] = controls.map(\.standard)
    /// The commands by key.
    public static let commandsByKey: [String: Command] = unique(commands.map { ($0.key, $0) })
    /// The kinds of event by topic.
    public static let eventsByKey: [String: EventKind] = unique(events.map { ($0.key, $0) })

    /// The control called `key`.
    /// - Throws: `unknown`, with the nearest name.
    public static func control(_ key: String) throws(Problem) -> Control {
        guard let control = controlsByKey[key] else { throw .unknown("control", key, among: controls.map(\.key)) }
        return control
    }

    /// The command called `key`, with `arguments` checked.
    /// - Throws: `unknown`, or what is wrong with an argument.
    public static func command(_ key: String, _ arguments: [String: Value]) throws(Problem) -> [String: Value] {
        guard let command = commandsByKey[key] else { throw .unknown("command", key, among: commands.map(\.key)) }
        var checked: [String: Value] = [:]
        for name in arguments.keys where !command.arguments.contains(where: { $0.name == name }) {
            throw .unknown("argument", name, among: command.arguments.map(\.name))
        }
        for field in command.arguments {
            if let value = arguments[field.name], value != .null {
                checked[field.name] = try field.type.check(value, key: field.name)
            } else if !field.isOptional {
                throw Problem(.wrongType, "'\(key)' needs '\(field.name)': \(field.about)", key: field.name)
            }
        }
        return checked
    }

    /// Checks several values as one change: each against its control, then the rules between them.
    /// - Parameters:
    ///   - find: finds a control by key, also one of the camera's own.
    ///   - effective: the value a key has when the change does not name it.
    /// - Throws: the first problem in key order.
    public static func check(
        _ values: [String: Value], find: (String) throws(Problem) -> Control = Catalog.control, effective: (String) -> Value
    ) throws(Problem) -> [String: Value] {
        var checked: [String: Value] = [:]
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            checked[key] = try find(key).type.check(value, key: key)
        }
        for rule in orderings where checked[rule.low] != nil || checked[rule.high] != nil {
            try rule.check(low: checked[rule.low] ?? effective(rule.low), high: checked[rule.high] ?? effective(rule.high))
        }
        return checked
    }

    /// Pairs of controls of which one must stay below the other; 0 in the upper one means no limit.
    static let orderings = [
        Ordering(low: "exposure.min_time", high: "exposure.max_time"), Ordering(low: "exposure.min_gain", high: "exposure.max_gain"),
    ]

    struct Ordering: Sendable {
        let low: String
        let high: String

        func check(low lower: Value, high upper: Value) throws(Problem) {
            guard let a = lower.double, let b = upper.double, b != 0, a >= b else { return }
            throw Problem(
                .contradiction, "'\(low)' must be below '\(high)', got \(lower) and \(upper)", key: low, allowed: upper, given: lower)
        }
    }

    private static func unique<Entry>(_ pairs: [(String, Entry)]) -> [String: Entry] {
        Dictionary(pairs) { _, _ in preconditionFailure("a name is twice in the Catalog") }
    }
}
