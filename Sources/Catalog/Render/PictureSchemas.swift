extension ReplySchemas {
    /// What is said of a picture beside its size.
    private static let facts: [(String, Document)] = [
        ("fit", Schema.words(Catalog.pictureFits, "What was done about the aspect")),
        ("scaled", Schema.words(["up", "down", "none"], "Whether it has more pixels than the camera gave, or fewer")),
        ("bytes", Schema.type("integer", "Its length before base64")),
        ("frame", Schema.type("integer", "The number of the frame it shows")),
        ("time", Schema.type("number", "When its exposure began, in seconds since 1970")),
        ("exposure_time", Schema.type("integer", "In microseconds")), ("gain", Schema.type("number")),
        ("focused", Schema.optional("boolean", "Whether focus was reached; null where it was not tried")),
        ("focus_reason", Schema.type("string", "Why focus was not reached or not tried")),
    ]

    /// Pictures and the media folder.
    static let pictureSchemas: [(String, Document)] = [
        (
            "SnapshotResult",
            Schema.object(
                [
                    ("status", ["type": "string", "const": "ok"]),
                    (
                        "image_base64",
                        ["type": "string", "contentEncoding": "base64", "contentMediaType": "image/jpeg", "description": "The JPEG"]
                    ), ("width", Schema.type("integer")), ("height", Schema.type("integer")),
                ], optional: facts)
        ),
        (
            "Medium",
            Schema.object([
                ("path", Schema.type("string", "Below the media folder")), ("kind", Schema.words(["still", "recording"])),
                ("size", Schema.type("integer", "In bytes")), ("time", Schema.type("number", "When it was written, in seconds since 1970")),
            ])
        ),
        (
            "MediaPage",
            Schema.object([
                ("items", Schema.list(of: Schema.named("Medium"), "In the order of their paths")),
                ("next", Schema.optional("string", "What `after` says for the next page; null on the last one")),
            ])
        ),
    ]
}
