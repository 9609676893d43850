extension Catalog {
    static let image: [Control] = [
        Control("image.brightness", "Lifts or lowers the whole picture.", .number(-1...1, .none), standard: 0),
        Control("image.contrast", "Spread between dark and bright; 1 is neutral.", .number(0...32, .ratio), standard: 1),
        Control("image.saturation", "Strength of colour; 0 is grey, 1 is neutral.", .number(0...32, .ratio), standard: 1),
        Control("image.sharpness", "Strength of edges; 1 is neutral.", .number(0...16, .ratio), standard: 1),
        Control(
            "image.noise_reduction", "How noise is removed.", .choice(["off", "fast", "high_quality", "minimal", "zsl"]),
            standard: "fast"),
        Control(
            "image.hdr", "High dynamic range: by the sensor, or from one exposure.", .choice(["off", "auto", "sensor", "single-exp"]),
            standard: "off", cost: .reconfiguration),
        Control(
            "image.tuning",
            "Tuning file of the camera's image processing; empty takes what the configuration or the sensor says. "
                + "Another one opens the camera anew: about a second without frames, which the event `camera.reopened` tells.",
            .text(maximum: 1000), standard: "", cost: .reconfiguration),
        Control("image.lens_correction", "Whether darkening towards the corners is corrected.", .bool, standard: true),
    ]
}
