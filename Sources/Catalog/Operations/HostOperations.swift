extension Catalog {
    static let systemOperations: [Operation] = [
        Operation(
            .get, "/health", "getHealth", "Whether the service is up, and which part is not and why; never asks for a key", topic: "system",
            does: .answer(.health), replies: .own("Health"), access: .open),
        Operation(
            .get, "/openapi.json", "getOpenAPI", "This document", topic: "system", does: .answer(.openAPI), replies: .own("AnyObject"),
            access: .open),
        Operation(
            .get, "/metrics", "getMetrics", "Everything that is counted and measured, for Prometheus", topic: "system",
            does: .answer(.metrics), replies: .media("text/plain"), access: .key),
        Operation(
            .get, "/v1/system/status", "getSystemStatus", "Temperature, load, memory, network, disk and uptime of the machine",
            topic: "system", does: .answer(.systemStatus), replies: .own("SystemStatus"), access: .key),
        Operation(
            .get, "/v1/system/logs", "getSystemLogs", "The last lines of the service log that pass the filters, oldest first",
            topic: "system",
            query: [
                WireField("lines", "How many", .integer(.init(from: 1, to: 10_000)), standard: 100), logLevel, logSearch,
            ], does: .answer(.logs), replies: .own("Logs"), access: .key),
        Operation(
            .get, "/v1/system/logs/stream", "streamSystemLogs", "New lines of the service log as server-sent events, without history",
            topic: "system", query: [logLevel, logSearch], does: .answer(.followLogs), replies: .media("text/event-stream"), also: [503],
            access: .key),
    ]

    private static let logLevel = WireField(
        "level", "Lines of this level; any other word is looked for in the text, upper-cased. Empty means all", .text, standard: .null)
    private static let logSearch = WireField(
        "search", "Lines that contain this text, case sensitive. Empty means all", .text, standard: .null)

    static let cameraOperations: [Operation] = [
        Operation(
            .get, "/v1/camera/status", "getCameraStatus", "What the newest frame said and the settings in force; never waits for a frame",
            topic: "camera", does: .answer(.status), replies: .own("CameraStatus")),
        Operation(
            .get, "/v1/camera/capabilities", "getCameraCapabilities", "What the attached camera can do", topic: "camera",
            does: .answer(.capabilities), replies: .own("CameraCapabilities")),
    ]

    static let sceneOperations: [Operation] = [
        .setting(
            "day_night_mode", "setDayNightMode", "Scene detection and its darkness threshold", topic: "scene",
            [
                WireField(
                    "mode", "`auto` runs the day and night script", .text, oneOf: ["manual", "auto"], sets: "scene.day_night"),
                WireField(
                    "threshold_lux", "Below it is night; sent or not, it replaces the one before", .number(.init(from: 0)), standard: 10.0,
                    sets: "scene.threshold"),
            ])
    ]

    static let streamingOperations: [Operation] = [
        Operation(
            .post, "/v1/streaming/start", "startStreaming", "Publish the stream; no effect when it is published already",
            topic: "streaming",
            does: .perform("stream.start"), replies: .streaming(true)),
        Operation(
            .post, "/v1/streaming/stop", "stopStreaming", "Stop publishing; the camera keeps running", topic: "streaming",
            does: .perform("stream.stop"), replies: .streaming(false)),
        Operation(
            .get, "/v1/stream/live.mp4", "getLiveVideo",
            "The stream as a fragmented MP4 that never ends: an init segment, then a fragment for each frame, for Media Source Extensions. "
                + "The content type and `X-Codecs` name the codec. A viewer that is slow skips to a key frame; a new size sends a new init "
                + "segment in between. Nothing has to be published for it. 503 when no picture comes within 3 s.",
            topic: "streaming", does: .answer(.liveVideo), replies: .media("video/mp4")),
    ]
}
