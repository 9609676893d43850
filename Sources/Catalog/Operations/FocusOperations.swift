extension Catalog {
    static let focusOperations: [Operation] = [
        .setting(
            "autofocus_mode", "setAutofocusMode", "Manual, one-shot or continuous focus", topic: "focus",
            [
                WireField(
                    "mode", "Who moves the lens; `default` acts as `manual`", .text, oneOf: ["default", "manual", "auto", "continuous"],
                    sets: "focus.mode")
            ]),
        .setting(
            "lens_position", "setLensPosition", "Lens position in dioptres, 0 is infinity; turns manual focus on", topic: "focus",
            [WireField("position", "Dioptres", .number(.init(from: 0, to: 15)))]
        ) { members throws(Problem) in ["focus.mode": "manual", "focus.lens_position": members["position"] ?? .null] },
        .setting(
            "autofocus_range", "setAutofocusRange", "Which distances a focus scan covers", topic: "focus",
            [WireField("range_mode", "Which distances", .text, oneOf: ["normal", "macro", "full"], sets: "focus.range")]),
        Operation(
            .post, "/v1/camera/autofocus_trigger", "triggerAutofocus", "Start one focus scan and answer at once", topic: "focus",
            does: .perform("focus.trigger"), replies: .ok()),
    ]
}
