extension ReplySchemas {
    private static let rawPattern = #"^raw\."#

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
        ("Script", Schema.type("object", "Name, state, generation and what the script said of itself")),
        ("Scripts", Schema.object([("scripts", Schema.list(of: Schema.named("Script")))])),
    ]
}
