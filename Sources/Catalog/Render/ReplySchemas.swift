/// The named schemas of OpenAPI: what the operations answer.
enum ReplySchemas {
    /// Every schema in the order of the document.
    static let all: [Document.Member] =
        errors.map(member) + plain.map(member) + cameraSchemas.map(member) + capabilitySchemas.map(member) + systemSchemas.map(member)
        + pictureSchemas.map(member) + ownSchemas.map(member)

    private static func member(_ schema: (String, Document)) -> Document.Member { .init(schema.0, schema.1) }

    private static let ok = ("status", ["type": "string", "const": "ok"] as Document)

    /// What an answer to a write says beyond the reference service's members, as far as it is known.
    private static let truth: [(String, Document)] = [
        ("applied", Schema.map(of: [:], "What is in force, by control key")),
        ("clamped", Schema.type("boolean", "Whether this camera cut a value")),
        ("frame", Schema.type("integer", "The first frame that carries it")),
        ("reason", Schema.type("string", "Why a value was cut, has no effect now or is not proved")),
    ]

    private static let errors: [(String, Document)] = [
        (
            "Problem",
            Schema.object(
                [("detail", Schema.type("string", "A sentence for people"))],
                optional: [
                    ("code", Schema.words(Problem.Code.allCases.map(\.rawValue), "A stable name for programs")),
                    ("key", Schema.type("string", "The member, control or script it is about")),
                    ("allowed", ["description": "What would have been accepted"]), ("given", ["description": "What was given"]),
                ])
        ),
        (
            "ValidationProblem",
            Schema.object([
                (
                    "detail",
                    Schema.list(
                        of: Schema.object(
                            [
                                ("type", Schema.type("string", "Machine name of the violation")),
                                (
                                    "loc",
                                    Schema.list(
                                        of: ["type": ["string", "integer"]], "`body` and the member, or the offset in malformed JSON")
                                ),
                                ("msg", Schema.type("string")), ("input", ["description": "The offending value"]),
                            ], optional: [("ctx", Schema.map(of: [:], "The bound that was violated"))]))
                )
            ])
        ),
        ("AnyRejection", Schema.either(Schema.named("ValidationProblem"), Schema.named("Problem"))),
    ]

    private static let plain: [(String, Document)] = [
        ("AnyObject", Schema.type("object")), ("Ok", Schema.object([ok], optional: truth)),
        ("AutoExposureResult", Schema.object([ok, ("auto_exposure", Schema.type("boolean"))], optional: truth)),
        ("AwbResult", Schema.object([ok, ("awb_enabled", Schema.type("boolean"))], optional: truth)),
        (
            "ManualExposureResult",
            Schema.object([ok, ("exposure_us", Schema.type("integer")), ("gain", Schema.type("number"))], optional: truth)
        ),
        (
            "FramerateResult",
            Schema.object(
                [
                    ok, ("requested_framerate", Schema.type("number")), ("applied_framerate", Schema.type("number")),
                    ("max_framerate_for_resolution", Schema.type("number")),
                    ("resolution", ["type": "string", "pattern": "^[0-9]+x[0-9]+$"]), ("clamped", Schema.type("boolean")),
                ], optional: truth.filter { $0.0 != "clamped" })
        ),
        (
            "FovMode",
            Schema.object([("mode", Schema.words(["scale", "crop"])), ("description", Schema.type("string"))], optional: truth)
        ),
        (
            "StreamingResult",
            Schema.object(
                [ok, ("streaming", Schema.type("boolean", "Whether publishing is wanted now"))],
                optional: [
                    ("up", Schema.type("boolean", "Whether packets reach the server")), ("state", Schema.type("string")),
                    ("reason", Schema.type("string")),
                ])
        ),
        (
            "Part",
            Schema.object([("up", Schema.type("boolean")), ("state", Schema.type("string")), ("reason", Schema.optional("string"))])
        ),
        (
            "Health",
            Schema.object([
                ("status", Schema.words(["healthy", "initializing"], "initializing until the first frame, and while the camera is lost")),
                ("camera_configured", Schema.type("boolean")),
                ("streaming_active", Schema.type("boolean", "Whether packets reach the server")), ("version", Schema.type("string")),
                ("streaming_wanted", Schema.type("boolean")), ("camera", Schema.named("Part")), ("encoder", Schema.named("Part")),
                ("publisher", Schema.named("Part")),
                (
                    "counters",
                    ["type": "object", "additionalProperties": ["type": "integer"], "description": "Frames and packets, lost and sent"]
                ),
            ])
        ),
    ]
}
