extension Catalog {
    static let exposureOperations: [Operation] = [
        .setting(
            "auto_exposure", "setAutoExposure", "Turn automatic exposure on or off", topic: "exposure",
            [WireField("enabled", "Whether the camera chooses time and gain", .boolean, sets: "exposure.auto")],
            reply: .ok(schema: "AutoExposureResult", [.init("auto_exposure", of: "enabled")])),
        .setting(
            "manual_exposure", "setManualExposure", "Fix exposure time and gain; turns automatic exposure off", topic: "exposure",
            [
                WireField("exposure_us", "Microseconds; 1 to 99 are refused by rule", .integer(.init(above: 0, to: 1_000_000))),
                WireField("gain", "Sensor gain; below 1 is refused by rule", .number(.init(above: 0, to: 16)), standard: 1.0),
            ], reply: .ok(schema: "ManualExposureResult", [.init("exposure_us"), .init("gain")]), manualExposure),
        .setting(
            "exposure_value", "setExposureValue", "Compensation of automatic exposure", topic: "exposure",
            [WireField("ev", "Stops", .number(.init(from: -8, to: 8)), sets: "exposure.value")]),
        .setting(
            "exposure_limits", "setExposureLimits", "Bound what automatic exposure may choose; only the members sent change",
            topic: "exposure", exposureLimitFields, exposureLimits),
        .setting(
            "ae_constraint_mode", "setAeConstraintMode", "What automatic exposure protects", topic: "exposure",
            [
                WireField(
                    "mode", "What to protect", .text, oneOf: ["normal", "highlight", "shadows", "custom"], sets: "exposure.constraint")
            ]),
        .setting(
            "ae_exposure_mode", "setAeExposureMode", "How automatic exposure splits between time and gain", topic: "exposure",
            [WireField("mode", "How to split", .text, oneOf: ["normal", "short", "long", "custom"], sets: "exposure.mode")]),
    ]

    private static let exposureLimitFields = [
        WireField(
            "min_exposure_us", "Shortest time in microseconds", .integer(.init(from: 100, to: 1_000_000)), standard: .null,
            sets: "exposure.min_time"),
        WireField(
            "max_exposure_us", "Longest time in microseconds", .integer(.init(from: 100, to: 1_000_000)), standard: .null,
            sets: "exposure.max_time"),
        WireField("min_gain", "Lowest gain", .number(.init(from: 1, to: 16)), standard: .null, sets: "exposure.min_gain"),
        WireField("max_gain", "Highest gain", .number(.init(from: 1, to: 16)), standard: .null, sets: "exposure.max_gain"),
    ]

    private static let manualExposure: Operation.Translation = { members throws(Problem) in
        let time = members["exposure_us"] ?? .null
        let gain = members["gain"] ?? .null
        if let value = time.double, value < 100 {
            throw Problem(
                .outOfRange, "exposure_us must be >= 100, got \(time)", key: "exposure_us", allowed: ["min": 100, "max": 1_000_000],
                given: time)
        }
        if let value = gain.double, value < 1 {
            throw Problem(.outOfRange, "gain must be >= 1, got \(gain)", key: "gain", allowed: ["min": 1, "max": 16], given: gain)
        }
        return ["exposure.auto": false, "exposure.time": time, "exposure.gain": gain]
    }

    private static let exposureLimits: Operation.Translation = { members throws(Problem) in
        for (low, high) in [("min_exposure_us", "max_exposure_us"), ("min_gain", "max_gain")] {
            guard let lower = members[low]?.double, let upper = members[high]?.double, lower >= upper else { continue }
            let sentence = "'\(low)' must be below '\(high)', got \(Value.plain(lower)) and \(Value.plain(upper))"
            throw Problem(.contradiction, sentence, key: low, allowed: .number(upper), given: .number(lower))
        }
        return try Operation.direct(exposureLimitFields)(members)
    }
}
