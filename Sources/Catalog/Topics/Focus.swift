extension Catalog {
    static let focus: [Control] = [
        Control(
            "focus.mode", "Who moves the lens: you, one scan on request, or the camera all the time; `default` acts as `manual`.",
            .choice(["default", "manual", "auto", "continuous"]), standard: "continuous"),
        Control(
            "focus.range", "Which distances a focus scan covers.", .choice(["normal", "macro", "full"]), standard: "normal",
            while: .init("focus.mode", "auto", "continuous")),
        Control(
            "focus.lens_position", "Distance of focus while `focus.mode` is manual; 0 is infinity, 1 is one metre.",
            .number(0...32, .dioptres), standard: 1, while: .init("focus.mode", "manual", "default")),
    ]

    static let focusCommands: [Command] = [
        Command(
            "focus.trigger", "Starts one focus scan; needs `focus.mode` auto.",
            reply: "Nothing; `camera.frame.focus_state` follows the scan.", need: "control")
    ]
}
