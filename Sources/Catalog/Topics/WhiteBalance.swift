extension Catalog {
    /// The illuminant families, in libcamera's order and with its numbers (`AwbMode`, 0 to 7).
    package static let whiteBalanceModes = ["auto", "incandescent", "tungsten", "fluorescent", "indoor", "daylight", "cloudy", "custom"]

    static let whiteBalance: [Control] = [
        Control("white_balance.auto", "Whether the camera chooses the gains of red and blue itself.", .bool, standard: true),
        Control(
            "white_balance.mode", "Which family of light automatic white balance expects.", .choice(whiteBalanceModes),
            standard: "auto", while: .init("white_balance.auto", true)),
        Control(
            "white_balance.red_gain", "Gain of red while `white_balance.auto` is off.", .number(0.1...32, .ratio), standard: 1.5,
            while: .init("white_balance.auto", false)),
        Control(
            "white_balance.blue_gain", "Gain of blue while `white_balance.auto` is off.", .number(0.1...32, .ratio), standard: 1.5,
            while: .init("white_balance.auto", false)),
    ]
}
