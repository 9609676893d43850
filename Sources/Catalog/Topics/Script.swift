extension Catalog {
    static let scriptCommands: [Command] = [
        Command("script.list", "Lists the scripts with their states.", reply: "A list of scripts."),
        Command(
            "script.run", "Runs a script of the script folder, or one given as source.",
            [
                Field("name", "its name, without `.lua`", .text(maximum: 100), optional: true),
                Field("source", "Lua text for a one-off", .text(maximum: 262_144), optional: true),
                Field("args", "values for `script.args`", .any, optional: true),
            ], reply: "The script.", need: "script"),
        Command(
            "script.stop", "Stops a script; the values it holds go back.", [Field("name", "its name", .text(maximum: 100))],
            reply: "The script.", need: "script"),
        Command(
            "script.reload", "Loads a script anew; the old generation keeps running when the new one fails.",
            [Field("name", "its name; without it every running script", .text(maximum: 100), optional: true)], reply: "The script.",
            need: "script"),
    ]

    static let scriptEvents: [EventKind] = [
        EventKind(
            "script.started", "A generation of a script runs.",
            [Field("name", "which", .text(maximum: 100)), Field("generation", "its number", .any)]),
        EventKind("script.stopped", "A script was stopped or came to its end.", [Field("name", "which", .text(maximum: 100))]),
        EventKind(
            "script.failed", "A script raised an error or used up its budget.",
            [Field("name", "which", .text(maximum: 100)), Field("problem", "what went wrong, with the traceback", .text(maximum: 100_000))]),
    ]
}
