extension Catalog {
    static let controlOperations: [Operation] = [
        Operation(
            .get, "/v1/controls", "getControls", "Every control with its value, holder and limits on this camera", topic: "controls",
            does: .answer(.controls), replies: .own("Controls"), access: .key),
        Operation(
            .patch, "/v1/controls", "changeControls", "Several values at once, all or nothing, in one request to the camera",
            topic: "controls", takes: .controls, does: .answer(.changeControls), replies: .own("Outcomes"), access: .key),
        Operation(
            .get, "/v1/controls/{name}", "getControl", "One control", topic: "controls", does: .answer(.control),
            replies: .own("ControlState"), access: .key),
        Operation(
            .delete, "/v1/controls/{name}", "releaseControl", "Give a control back to the holder underneath", topic: "controls",
            does: .answer(.releaseControl), replies: .own("ControlState"), access: .key),
        Operation(
            .get, "/v1/controls/{name}/why", "explainControl", "The holders of a control, newest first", topic: "controls",
            does: .answer(.why), replies: .own("Holders"), access: .key),
    ]

    static let scriptOperations: [Operation] = [
        Operation(
            .get, "/v1/scripts", "getScripts", "Every script with its state", topic: "scripts", does: .answer(.scripts),
            replies: .own("Scripts"), access: .key),
        Operation(
            .post, "/v1/scripts", "startScript", "Run a script of the script folder, or one given as source", topic: "scripts",
            takes: .fields([
                WireField("name", "Its name, without `.lua`", .text, standard: .null),
                WireField("source", "Lua text of at most 256 KiB", .text, standard: .null), scriptArguments,
            ]), does: .answer(.startScript), replies: .own("Script"), access: .key),
        Operation(
            .post, "/v1/scripts/check", "checkScript", "Look for mistakes in program text without running it", topic: "scripts",
            takes: .source, does: .answer(.checkScript), replies: .own("ScriptCheck"), access: .key),
        Operation(
            .post, "/v1/scripts/eval", "evaluate",
            "Run one turn of a session: an expression, whose values come back, or statements; what it sets lasts from turn to turn",
            topic: "scripts",
            takes: .fields([
                WireField("code", "Lua text of at most 256 KiB", .text),
                WireField("session", "The session's name; it is listed as a script", .text, standard: "repl"),
            ]), does: .answer(.evaluate), replies: .own("Evaluation"), access: .key),
        Operation(
            .post, "/v1/scripts/reload", "reloadScripts", "Load every running script anew; one that fails keeps its old generation",
            topic: "scripts", does: .answer(.reloadScripts), replies: .own("Scripts"), access: .key),
        Operation(
            .get, "/v1/scripts/{name}", "getScript", "One script with its source; the source alone for `Accept: text/x-lua`",
            topic: "scripts", headers: [ifNoneMatch], does: .answer(.script), replies: .own("Script"), also: [304], access: .key),
        Operation(
            .put, "/v1/scripts/{name}", "saveScript",
            "Save a script's text in the script folder and reload it if it runs; text that does not load changes nothing",
            topic: "scripts", takes: .source, headers: [ifMatch], does: .answer(.saveScript), replies: .own("Script"), also: [412],
            access: .key),
        Operation(
            .delete, "/v1/scripts/{name}", "deleteScript", "Delete a script that does not run from the script folder", topic: "scripts",
            headers: [ifMatch], does: .answer(.deleteScript), replies: .ok(), also: [412], access: .key),
        Operation(
            .get, "/v1/scripts/{name}/log", "getScriptLog", "The last lines of a script's log", topic: "scripts", query: [follow],
            does: .answer(.scriptLog), replies: .followed("ScriptLog"), also: [409], access: .key),
        Operation(
            .post, "/v1/scripts/{name}/run", "runScript", "Run a script of the script folder, for real or dry", topic: "scripts",
            takes: .fields(
                [scriptArguments, WireField("source", "For a dry run: another text than the file's", .text, standard: .null)],
                required: false),
            query: [shadow], does: .answer(.runScript), replies: .own("Script"), access: .key),
        Operation(
            .get, "/v1/scripts/{name}/shadow", "getShadow", "A dry run: what the script would have done so far", topic: "scripts",
            does: .answer(.shadow), replies: .own("Script"), access: .key),
        Operation(
            .delete, "/v1/scripts/{name}/shadow", "endShadow", "End a dry run", topic: "scripts", does: .answer(.endShadow),
            replies: .own("Script"), access: .key),
        Operation(
            .post, "/v1/scripts/{name}/promote", "promoteScript",
            "Run for real what is in a dry run; it replaces the running script of that name", topic: "scripts", does: .answer(.promote),
            replies: .own("Script"), access: .key),
        Operation(
            .post, "/v1/scripts/{name}/stop", "stopScript", "Stop a script; the values it holds go back", topic: "scripts",
            does: .answer(.stopScript), replies: .own("Script"), access: .key),
        Operation(
            .post, "/v1/scripts/{name}/reload", "reloadScript",
            "Load a script anew; the old one keeps running when the new one fails", topic: "scripts", does: .answer(.reloadScript),
            replies: .own("Script"), access: .key),
    ]

    /// A condition that saves the transfer of what the client has.
    static let ifNoneMatch = WireField("If-None-Match", "The ETag the client has", .text, standard: .null)
    /// A condition that keeps one client from overwriting what another wrote.
    static let ifMatch = WireField("If-Match", "The ETag of the version to change; `*` for any that exists", .text, standard: .null)

    private static let shadow = WireField(
        "shadow", "A dry run: the script sees live events and time, what it would change is only noted", .boolean, standard: false)
    private static let scriptArguments = WireField("args", "Values for `script.args`", .object, standard: .null)
}

extension Catalog {
    /// Every fixed path, in the order of OpenAPI.
    public static let operations: [Operation] =
        systemOperations + pageOperations + cameraOperations + exposureOperations + whiteBalanceOperations + focusOperations
        + imageOperations + geometryOperations + sceneOperations + pictureOperations + streamingOperations + mediaOperations
        + controlOperations + profileOperations + followingOperations + scriptOperations
}
