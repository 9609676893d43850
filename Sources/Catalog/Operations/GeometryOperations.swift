extension Catalog {
    static let geometryOperations: [Operation] = [
        .setting(
            "roi", "setRoi", "Digital zoom window in fractions of the whole sensor; (0, 0, 1, 1) is all of it", topic: "image",
            [
                WireField("x", "Left edge", .number(.init(from: 0, to: 1))), WireField("y", "Top edge", .number(.init(from: 0, to: 1))),
                WireField("width", "x + width is at most 1", .number(.init(above: 0, to: 1))),
                WireField("height", "y + height is at most 1", .number(.init(above: 0, to: 1))),
            ]
        ) { members throws(Problem) in ["geometry.roi": .list(["x", "y", "width", "height"].map { members[$0] ?? .null })] },
        .setting(
            "transform", "setTransform", "Flip or rotate the picture", topic: "image",
            [
                WireField("hflip", "Mirror left to right", .boolean, standard: false, sets: "geometry.hflip"),
                WireField("vflip", "Mirror top to bottom", .boolean, standard: false, sets: "geometry.vflip"),
                WireField("rotation", "Degrees", .integer(), standard: 0, oneOf: [0, 180], sets: "geometry.rotation"),
            ]),
        .setting(
            "resolution", "setResolution", "Change the video size, and optionally the field-of-view mode", topic: "camera",
            [
                WireField("width", "Pixels; even", .integer(.init(from: 64, to: 4096))),
                WireField("height", "Pixels; even", .integer(.init(from: 64, to: 4096))), restartStreaming,
                WireField("fov_mode", "Set with the size", .text, standard: .null, oneOf: ["scale", "crop"]),
            ], stopUnless: restartStreaming.name, resolution),
        .setting(
            "framerate", "setFramerate", "Change the frame rate; values above the limit for the size are cut, not refused", topic: "camera",
            [WireField("framerate", "Frames a second", .number(.init(above: 0, to: 1000)), sets: "stream.framerate"), restartStreaming],
            reply: .framerate, stopUnless: restartStreaming.name),
        Operation(
            .get, "/v1/camera/fov_mode", "getFovMode", "The field-of-view mode", topic: "camera", does: .answer(.fovMode),
            replies: .fovMode),
        .setting(
            "fov_mode", "setFovMode", "Choose how the sensor mode follows the size", topic: "camera",
            [WireField("mode", "How", .text, oneOf: ["scale", "crop"], sets: "geometry.fov_mode")], reply: .fovMode),
    ]

    private static let restartStreaming = WireField(
        "restart_streaming", "Whether publishing goes on afterwards, if it was on before", .boolean, standard: true)

    private static let resolution: Operation.Translation = { members throws(Problem) in
        var values: [String: Value] = ["stream.size": .list([members["width"] ?? .null, members["height"] ?? .null])]
        if let mode = members["fov_mode"], mode != .null { values["geometry.fov_mode"] = mode }
        return values
    }
}
