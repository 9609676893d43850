extension Catalog {
    static let scene: [Control] = [
        Control(
            "scene.day_night", "`auto` runs the bundled day and night script; `manual` stops it.", .choice(["manual", "auto"]),
            standard: "manual", to: .host),
        Control(
            "scene.threshold", "Below this it is night.", .number(0...1_000_000, .lux), standard: 10, to: .host),
    ]

    static let cameraEvents: [EventKind] = [
        EventKind(
            "light.changed", "The light changed by more than a third of a stop, at most twice a second.",
            [
                Field("lux", "illuminance now", .number(0...1e9, .lux)),
                Field("before", "illuminance at the last event", .number(0...1e9, .lux)),
            ]),
        EventKind("camera.lost", "No frame came in time, or the camera went away.", [Field("reason", "why", .text(maximum: 2000))]),
        EventKind(
            "camera.reopened", "The camera was opened anew because somebody asked for what takes that.",
            [
                Field("reason", "what was asked", .text(maximum: 2000)),
                Field("gap", "how long no frame could come", .number(0...3600, .seconds)),
            ]),
        EventKind("camera.found", "The camera delivers frames again.", [Field("model", "its sensor", .text(maximum: 200))]),
        EventKind(
            "control.changed", "The effective value of a control changed.",
            [
                Field("key", "which control", .text(maximum: 200)), Field("value", "its new value", .any),
                Field("owner", "who holds it now", .text(maximum: 200)),
            ]),
        EventKind(
            "clock.stepped", "The wall clock was set, or can be trusted from now on.",
            [
                Field("by", "how far; negative is back", .number(-1e12...1e12, .seconds)),
                Field("trusted", "whether it can be trusted now", .bool),
            ]),
        EventKind(
            "profile.changed", "A profile was pushed or popped.", [Field("active", "the active profiles, oldest first", .any)]),
    ]
}
