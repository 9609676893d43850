/// A function that a script finds beside controls and commands.
public struct ScriptFunction: Sendable {
    /// How it is called: `every`, `camera:apply`, `profile.push`.
    public let name: String
    /// What it does, in one sentence.
    public let about: String
    /// Its parameters: name and LuaCATS type.
    public let parameters: [(name: String, type: String)]
    /// The LuaCATS types of what it returns.
    public let returns: [String]
    /// A line that shows it.
    public let example: String

    init(_ name: String, _ about: String, _ parameters: [(name: String, type: String)] = [], returns: [String] = [], example: String) {
        self.name = name
        self.about = about
        self.parameters = parameters
        self.returns = returns
        self.example = example
    }
}

extension Catalog {
    /// Every function of the script surface that is not a command.
    public static let functions: [ScriptFunction] =
        cameraFunctions + profileFunctions + timeFunctions + eventFunctions + webFunctions + otherFunctions

    private static let cameraFunctions = [
        ScriptFunction(
            "camera:apply", "Sets several controls with one camera request, all or nothing; a bad value raises.",
            [("values", "table<string, any>")], returns: ["luneta.Change"],
            example: #"local change = camera:apply{ ["exposure.auto"] = false, ["exposure.time"] = "20ms" }"#),
        ScriptFunction(
            "camera:ramp",
            "Sets several controls as `camera:apply` does, but lets numbers go there within `over`, a step a frame: exposure time and gains "
                + "in equal photographic stops and never in a visible step, the rest evenly. The next write of a control ends its ramp; "
                + "`:await()` answers at the end.",
            [("values", "table<string, any>")], returns: ["luneta.Change"],
            example: #"camera:ramp{ ["exposure.gain"] = 8, over = "20m" }"#),
        ScriptFunction(
            "camera:release", "Hands a control, or all that this script holds, back to the holder underneath.", [("key", "string?")],
            example: #"camera:release("exposure.time")"#),
        ScriptFunction(
            "camera:why", "Lists who holds a control, newest first.", [("key", "string")], returns: ["luneta.Holding[]"],
            example: #"for _, h in ipairs(camera:why("exposure.gain")) do print(h.owner, h.value) end"#),
    ]

    private static let profileFunctions = [
        ScriptFunction(
            "profile.define", "Adds or replaces a named set of values.", [("name", "string"), ("values", "table<string, any>")],
            example: #"profile.define("night", { ["exposure.mode"] = "long" })"#),
        ScriptFunction(
            "profile.push", "Puts a profile on top of the stack of each of its controls; with `over` as a ramp, see `camera:ramp`.",
            [("name", "string"), ("options", "{ over?: number|string }?")], returns: ["luneta.Change"],
            example: #"profile.push("night", { over = "20m" })"#),
        ScriptFunction(
            "profile.pop", "Takes a profile off; each control falls back to the holder underneath.",
            [("name", "string"), ("options", "{ over?: number|string }?")], returns: ["luneta.Change"],
            example: #"profile.pop("night", { over = "20m" })"#),
        ScriptFunction(
            "profile.active", "Lists the active profiles, oldest first.", returns: ["string[]"], example: "print(#profile.active())"),
    ]

    /// In the words of the Lua language server, which completes them.
    private static let sunEvents = [
        "sunrise", "sunset", "civil_dawn", "civil_dusk", "nautical_dawn", "nautical_dusk", "astronomical_dawn", "astronomical_dusk", "noon",
        "midnight",
    ].map { "\"\($0)\"" }.joined(separator: "|")

    private static let timeFunctions = [
        ScriptFunction(
            "every", "Calls a function again and again, on an absolute schedule that does not drift.",
            [("interval", "number|string"), ("fn", "fun()")], returns: ["luneta.Handle"],
            example: #"every("5m", function() log.info("lux", { lux = camera.frame.lux }) end)"#),
        ScriptFunction(
            "after", "Calls a function once, later.", [("delay", "number|string"), ("fn", "fun()")], returns: ["luneta.Handle"],
            example: #"after("10s", function() camera:release() end)"#),
        ScriptFunction(
            "at",
            "Calls a function every day at a time of day. All that goes by the wall clock rests until that was set; a time that the change to "
                + "summer time skips comes right after it, one that comes twice in autumn counts once.",
            [("time", "string"), ("fn", "fun()")], returns: ["luneta.Handle"],
            example: #"at("22:30", function() profile.push("night") end)"#),
        ScriptFunction(
            "cron", "Calls a function as a line of a crontab says: minute, hour, day of the month, month, day of the week.",
            [("expression", "string"), ("fn", "fun()")], returns: ["luneta.Handle"],
            example: #"cron("*/10 6-18 * * 1-5", function() still.take{} end)"#),
        ScriptFunction(
            "sun.on",
            "Calls a function with the sun: `sunrise sunset civil_dawn civil_dusk nautical_dawn nautical_dusk astronomical_dawn "
                + "astronomical_dusk noon midnight`, `offset` earlier or later. Needs the settings `luneta.latitude` and `luneta.longitude`. "
                + "Where the sun does not rise or set for months, the next time is after them.",
            [("event", sunEvents), ("fn", "fun()"), ("options", "{ offset?: number|string }?")], returns: ["luneta.Handle"],
            example: #"sun.on("civil_dusk", function() profile.push("night") end, { offset = "-15m" })"#),
        ScriptFunction(
            "sun.elevation",
            "Degrees of the sun above the horizon, now or at a time in seconds since 1970; `nil` and a problem while the clock is not set.",
            [("time", "number?")], returns: ["number?", "luneta.Problem?"], example: "if (sun.elevation() or 0) < -6 then print('dark') end"
        ),
        ScriptFunction(
            "sun.next", "The next time of a sun event in seconds since 1970, after now or after another time.",
            [("event", sunEvents), ("after", "number?")], returns: ["number?", "luneta.Problem?"],
            example: #"print(os.date("%H:%M", sun.next("sunset")))"#),
        ScriptFunction(
            "sleep", "Waits; the script's other handlers run meanwhile.", [("duration", "number|string")], example: #"sleep("2s")"#),
        ScriptFunction("timers", "Lists what this script has pending.", returns: ["luneta.Timer[]"], example: "print(#timers())"),
        ScriptFunction("clock.now", "The wall clock in seconds since 1970, UTC.", returns: ["number"], example: "print(clock.now())"),
        ScriptFunction(
            "clock.trusted", "Whether the wall clock has been set since the machine started.", returns: ["boolean"],
            example: "if clock.trusted() then print(os.date()) end"),
    ]

    private static let eventFunctions = [
        ScriptFunction(
            "on", "Calls a function for every event of a topic.", [("topic", "string"), ("fn", "fun(event: table)")],
            returns: ["luneta.Handle"],
            example: #"on("light.changed", function(e) print(e.lux) end)"#),
        ScriptFunction(
            "wait", "Waits for the next event of a topic; `nil` and a problem when the time runs out.",
            [("topic", "string"), ("timeout", "number|string|nil")], returns: ["table?", "luneta.Problem?"],
            example: #"local e, problem = wait("stream.up", "30s")"#),
        ScriptFunction(
            "emit", "Tells other scripts and clients something.", [("topic", "string"), ("fields", "table?")],
            example: #"emit("garden.gate", { open = true })"#),
    ]

    private static let webFunctions: [ScriptFunction] = {
        let options = """
            { timeout?: number|string, headers?: table<string, string>, body?: string, json?: any, form?: table<string, string>, \
            file?: string, max_bytes?: integer }?
            """
        let note =
            "any status is an answer, `nil` and a problem when there is none, at the latest after `timeout` (10 s). Needs `---@needs http` or "
            + "`---@needs http example.org`."
        return [
            ScriptFunction(
                "http.get", "Fetches an address; \(note)", [("url", "string"), ("options", options)],
                returns: ["luneta.Reply?", "luneta.Problem?"],
                example: #"local reply, problem = http.get("https://example.org/weather.json", { timeout = "5s" })"#),
            ScriptFunction(
                "http.post", "Sends `body`, `json`, `form` or a `file` of the media folder to an address; \(note)",
                [("url", "string"), ("options", options)], returns: ["luneta.Reply?", "luneta.Problem?"],
                example: #"http.post("https://example.org/hook", { json = { lux = camera.frame.lux } })"#),
            ScriptFunction(
                "http.request", "As `http.post`, with any `method`; \(note)",
                [("url", "string"), ("options", options.replacing("{ timeout", with: "{ method?: string, timeout"))],
                returns: ["luneta.Reply?", "luneta.Problem?"],
                example: #"http.request("https://ntfy.sh/garden", { method = "PUT", file = "garden/noon.jpg" })"#),
        ]
    }()

    private static let otherFunctions = ["debug", "info", "warn", "error"].map { level in
        ScriptFunction(
            "log.\(level)", "Writes a line of level \(level) to the script's own log.", [("text", "any"), ("fields", "table?")],
            example: #"log.\#(level)("switched to night", { lux = 3.1 })"#)
    }

    /// Names of the script surface that belong to later versions: using one says so.
    public static let laterNames: Set<String> = [
        "timelapse", "record", "storage", "overlay", "mqtt", "gpio",
    ]
}
