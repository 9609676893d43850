extension Catalog {
    static let systemOperations: [Operation] = [
        Operation(
            .get, "/health", "getHealth", "Whether the service is up, and which part is not and why; never asks for a key", topic: "system",
            does: .answer(.health), replies: .own("Health"), access: .open),
        Operation(
            .get, "/openapi.json", "getOpenAPI", "This document", topic: "system", does: .answer(.openAPI), replies: .own("AnyObject"),
            access: .open),
    ]

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
    ]
}
