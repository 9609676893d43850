extension ReplySchemas {
    /// What the machine is doing, and the service's log.
    static let systemSchemas: [(String, Document)] = [
        (
            "SystemStatus",
            Schema.object([
                (
                    "temperature",
                    section([("cpu_c", number), ("status", Schema.words(["normal", "warm", "hot", "critical"]))])
                ),
                (
                    "cpu",
                    section([
                        ("usage_percent", Schema.type("number", "Over the last two seconds")),
                        ("load_average", Schema.object([("1min", number), ("5min", number), ("15min", number)])),
                        ("cores", Schema.optional("integer")),
                    ])
                ),
                (
                    "memory",
                    section([
                        ("total_mb", Schema.type("number", "MiB")), ("used_mb", number), ("available_mb", number), ("percent", number),
                    ])
                ),
                (
                    "network",
                    section(
                        ["bytes_sent", "bytes_received", "packets_sent", "packets_received"].map { ($0, Schema.type("integer")) },
                        optional: [
                            (
                                "wifi",
                                Schema.object([
                                    ("signal_dbm", Schema.type("integer")), ("quality_percent", number),
                                    ("status", Schema.words(["excellent", "good", "fair", "weak"])),
                                ])
                            ), ("interface", Schema.type("string", "The one the default route takes")),
                        ])
                ),
                (
                    "disk",
                    section([("total_gb", Schema.type("number", "GiB")), ("used_gb", number), ("free_gb", number), ("percent", number)])
                ),
                ("uptime", Schema.object([("service_seconds", number)], optional: [("system_seconds", number), ("system_days", number)])),
                (
                    "throttled",
                    section(
                        [
                            "currently_throttled", "under_voltage_detected", "frequency_capped", "currently_throttled_temperature",
                            "has_occurred",
                        ].map { ($0, Schema.type("boolean")) } + [("raw_value", ["type": "string", "pattern": "^0x[0-9a-fA-F]+$"])])
                ),
            ])
        ),
        (
            "Logs",
            Schema.object([
                ("logs", Schema.list(of: Schema.type("string"))), ("total_lines", Schema.type("integer", "Lines returned")),
                ("service", ["type": "string", "const": "pi-camera-service"]),
            ])
        ),
    ]

    private static let number = Schema.type("number")

    /// A section that is null where it cannot be read.
    private static func section(_ members: [(String, Document)], optional: [(String, Document)] = []) -> Document {
        Schema.either(Schema.object(members, optional: optional), Schema.type("null"))
    }
}
