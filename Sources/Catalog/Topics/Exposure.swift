extension Catalog {
    static let exposure: [Control] = [
        Control("exposure.auto", "Whether the camera chooses exposure time and gain itself.", .bool, standard: true),
        Control(
            "exposure.time", "Exposure time while `exposure.auto` is off; longer than a frame makes the frame longer.",
            .integer(1...240_000_000, .microseconds), standard: 10000, while: .init("exposure.auto", false)),
        Control(
            "exposure.gain", "Sensor gain while `exposure.auto` is off.", .number(1...64, .ratio), standard: 1,
            while: .init("exposure.auto", false)),
        Control(
            "exposure.value", "How much brighter or darker than usual automatic exposure aims.", .number(-8...8, .stops), standard: 0,
            while: .init("exposure.auto", true)),
        Control(
            "exposure.mode", "How automatic exposure splits between time and gain.", .choice(["normal", "short", "long", "custom"]),
            standard: "normal", while: .init("exposure.auto", true)),
        Control(
            "exposure.constraint", "What automatic exposure protects.", .choice(["normal", "highlight", "shadows", "custom"]),
            standard: "normal", while: .init("exposure.auto", true)),
        Control(
            "exposure.metering", "Which part of the picture automatic exposure looks at.",
            .choice(["centre", "spot", "matrix", "custom"]), standard: "centre", while: .init("exposure.auto", true)),
        Control(
            "exposure.min_time", "The shortest time automatic exposure may choose.", .integer(1...240_000_000, .microseconds),
            standard: 100, while: .init("exposure.auto", true)),
        Control(
            "exposure.max_time",
            "The longest time automatic exposure may choose; above a frame's duration it lowers the frame rate in the dark. "
                + "0 leaves the limit to the frame rate.",
            .integer(0...240_000_000, .microseconds), standard: 0, while: .init("exposure.auto", true)),
        Control(
            "exposure.min_gain", "The lowest gain automatic exposure may choose.", .number(1...64, .ratio), standard: 1,
            while: .init("exposure.auto", true)),
        Control(
            "exposure.max_gain", "The highest gain automatic exposure may choose; 0 leaves the limit to the sensor.",
            .number(0...64, .ratio), standard: 0, while: .init("exposure.auto", true)),
    ]
}
