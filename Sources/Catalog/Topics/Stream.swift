extension Catalog {
    static let stream: [Control] = [
        Control(
            "stream.size", "Picture size of the stream.", .size(64...4608), standard: [1920, 1080], cost: .reconfiguration),
        Control(
            "stream.framerate", "Frames a second; cut to what the sensor mode can do.", .number(0.1...1000, .framesPerSecond),
            standard: 30, cost: .reconfiguration),
        Control(
            "stream.bitrate", "Bits a second of the video; 0 follows size and frame rate (6.5 Mbit/s per megapixel at 30 fps, 2 to 25).",
            .integer(0...50_000_000, .bitsPerSecond), standard: 0, to: .encoder),
        Control(
            "stream.key_interval", "Longest time between two key frames.", .number(0.1...10, .seconds), standard: 1, to: .encoder),
    ]

    static let streamCommands: [Command] = [
        Command(
            "stream.start", "Publishes the stream; nothing changes when it is already published.", reply: "The stream's status.",
            need: "stream"),
        Command("stream.stop", "Stops publishing; the camera keeps running.", reply: "The stream's status.", need: "stream"),
        Command(
            "stream.status", "Says whether packets reach the server, and if not why.", reply: "A table with `state`, `up` and `reason`."),
        Command("stream.key_frame", "Makes the next frame a key frame.", reply: "Nothing."),
    ]

    static let streamEvents: [EventKind] = [
        EventKind("stream.up", "Packets reach the server.", [Field("url", "where to, without credentials", .text(maximum: 2000))]),
        EventKind(
            "stream.down", "Packets no longer reach the server, or publishing was stopped.",
            [Field("reason", "why", .text(maximum: 2000))]),
    ]
}
