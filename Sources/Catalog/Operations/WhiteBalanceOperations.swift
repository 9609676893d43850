extension Catalog {
    static let whiteBalanceOperations: [Operation] = [
        .setting(
            "awb", "setAwb", "Turn automatic white balance on or off", topic: "white balance",
            [WireField("enabled", "Whether the camera chooses the gains of red and blue", .boolean, sets: "white_balance.auto")],
            reply: .ok(schema: "AwbResult", [.init("awb_enabled", of: "enabled")])),
        .setting(
            "awb_mode", "setAwbMode", "Choose the family of light; turns automatic white balance on", topic: "white balance",
            [
                WireField(
                    "mode", "The family of light", .text,
                    oneOf: ["auto", "tungsten", "fluorescent", "indoor", "daylight", "cloudy", "custom"])
            ]
        ) { members throws(Problem) in ["white_balance.auto": true, "white_balance.mode": members["mode"] ?? .null] },
        .setting(
            "manual_awb", "setManualAwb", "Fix the gains of red and blue; turns automatic white balance off", topic: "white balance",
            [
                WireField("red_gain", "Gain of red", .number(.init(from: 0.5, to: 5))),
                WireField("blue_gain", "Gain of blue", .number(.init(from: 0.5, to: 5))),
            ]
        ) { members throws(Problem) in fixedGains(members["red_gain"] ?? .null, members["blue_gain"] ?? .null) },
        .setting(
            "awb_preset", "setAwbPreset", "Fixed gains for cameras without an infrared filter", topic: "white balance",
            [WireField("preset", "Which gains", .text, oneOf: gainPresets.map { .text($0.name) })]
        ) { members throws(Problem) in
            guard let preset = gainPresets.first(where: { .text($0.name) == members["preset"] }) else { return [:] }
            return fixedGains(.number(preset.red), .number(preset.blue))
        },
    ]

    /// The reference service's gains, by name.
    private static let gainPresets: [(name: String, red: Double, blue: Double)] = [
        ("daylight_noir", 1.2, 1.8), ("ir_850nm", 1.0, 1.0), ("ir_940nm", 1.0, 1.0), ("indoor_noir", 1.4, 1.6),
    ]

    private static func fixedGains(_ red: Value, _ blue: Value) -> [String: Value] {
        ["white_balance.auto": false, "white_balance.red_gain": red, "white_balance.blue_gain": blue]
    }
}
