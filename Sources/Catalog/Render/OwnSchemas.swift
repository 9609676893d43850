extension ReplySchemas {
    private static let rawPattern = #"^raw\."#

    private static let logLine = Schema.object([
        ("time", Schema.type("number", "Seconds since 1970")), ("level", Schema.words(["debug", "info", "warn", "error"])),
        ("text", Schema.type("string")), ("fields", Schema.type("object")),
    ])

    /// Controls, what became of writes, and scripts.
    static let ownSchemas: [(String, Document)] = [
        (
            "Outcome",
            Schema.object(
                [
                    ("state", Schema.words(["pending", "applied", "clamped", "unsupported", "superseded", "unconfirmed"])),
                    ("asked", ["description": "What was asked for"]), ("clamped", Schema.type("boolean")),
                ],
                optional: [
                    ("applied", ["description": "What is in force"]), ("frame", Schema.type("integer", "The first frame that carries it")),
                    ("reason", Schema.type("string")),
                ])
        ),
        ("Outcomes", Schema.map(of: Schema.named("Outcome"), "By control key")),
        (
            "ControlState",
            Schema.object([
                ("value", ["description": "The effective value"]), ("holder", Schema.optional("string", "Who holds it; null for nobody")),
                ("standard", ["description": "Its value when nobody holds it"]),
                ("limits", Schema.type("object", "What this camera accepts, as JSON Schema")), ("unit", Schema.type("string")),
                ("supported", Schema.type("boolean")), ("about", Schema.type("string")),
                ("cost", Schema.words(["none", "reconfiguration"], "What viewers notice when it changes")),
                (
                    "effective_while",
                    Schema.either(
                        Schema.object([("key", Schema.type("string")), ("values", Schema.list(of: [:]))]), Schema.type("null"))
                ),
                ("outcome", Schema.either(Schema.named("Outcome"), Schema.type("null"))),
            ])
        ),
        (
            "Controls",
            Schema.adding(
                rawPattern, Schema.named("ControlState"), to: Schema.object(Catalog.controls.map { ($0.key, Schema.named("ControlState")) })
            )
        ),
        (
            "ControlValues",
            Schema.adding(
                rawPattern,
                ["description": "A control of libcamera by its own name, such as raw.AeFlickerPeriod; GET /v1/controls lists the camera's"],
                to: Schema.object(
                    [],
                    optional: Catalog.controls.map { control in
                        (control.key, .object(control.type.schema.members + [.init("description", .text(control.about))]))
                    }))
        ),
        (
            "Holders",
            Schema.object([
                ("key", Schema.type("string")), ("value", ["description": "The effective value"]),
                (
                    "holders",
                    Schema.list(
                        of: Schema.object([
                            ("owner", Schema.type("string")), ("value", [:]), ("time", Schema.type("number", "Seconds since 1970")),
                        ]), "Newest first")
                ), ("standard", ["description": "Its value when nobody holds it"]),
            ])
        ),
        (
            "Profile",
            Schema.object([
                ("active", Schema.type("boolean")), ("values", Schema.type("object", "Values by control key")),
            ])
        ),
        (
            "Profiles",
            Schema.object([
                ("active", Schema.list(of: Schema.type("string"), "The active ones, oldest first")),
                ("profiles", Schema.map(of: Schema.named("Profile"), "By name")),
            ])
        ),
        (
            "Metadata",
            Schema.object(
                FrameReport.fields.map { field in
                    (field.name, ["description": .text(field.unit == .none ? field.about : "\(field.about), \(field.unit.rawValue)")])
                }, "Null for what this camera does not say")
        ),
        ("Script", Schema.type("object", "Name, state, generation and what the script said of itself")),
        (
            "ScriptCheck",
            Schema.object([
                ("ok", Schema.type("boolean", "Whether nothing of it is an error")),
                (
                    "problems",
                    Schema.list(
                        of: Schema.object(
                            [
                                ("message", Schema.type("string")), ("line", Schema.type("integer", "From 1")),
                                ("column", Schema.type("integer", "From 1")),
                                ("severity", ["type": "string", "enum": ["error", "warning"]]),
                            ], optional: [("suggestion", Schema.type("string", "What to write there instead"))]))
                ),
            ])
        ),
        ("LogLine", logLine), ("ScriptLog", Schema.object([("lines", Schema.list(of: Schema.named("LogLine"), "Oldest first"))])),
        (
            "Evaluation",
            Schema.object(
                [
                    ("ok", Schema.type("boolean")),
                    ("results", Schema.list(of: [:], "What the code returned; functions and things of the host as words")),
                    ("output", Schema.list(of: Schema.named("LogLine"), "What it printed and logged")),
                    ("waiting", Schema.type("boolean", "Whether it waits for something still and goes on by itself")),
                ], optional: [("problem", Schema.type("object", "Why it ended early: code and sentence"))])
        ),
        ("Scripts", Schema.object([("scripts", Schema.list(of: Schema.named("Script")))])),
    ]
}
