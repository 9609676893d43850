extension Catalog {
    static let imageOperations: [Operation] = [
        .setting(
            "image_processing", "setImageProcessing", "Brightness, contrast, saturation, sharpness; only the members sent change",
            topic: "image",
            [
                WireField("brightness", "0 is neutral", .number(.init(from: -1, to: 1)), standard: .null, sets: "image.brightness"),
                WireField("contrast", "1 is neutral", .number(.init(from: 0, to: 2)), standard: .null, sets: "image.contrast"),
                WireField("saturation", "1 is neutral", .number(.init(from: 0, to: 2)), standard: .null, sets: "image.saturation"),
                WireField("sharpness", "1 is neutral", .number(.init(from: 0, to: 16)), standard: .null, sets: "image.sharpness"),
            ]),
        .setting(
            "noise_reduction", "setNoiseReduction", "How noise is removed", topic: "image",
            [
                WireField(
                    "mode", "How", .text, oneOf: ["off", "fast", "high_quality", "minimal", "zsl"], sets: "image.noise_reduction")
            ]),
        .setting(
            "hdr", "setHdr", "High dynamic range", topic: "image",
            [
                WireField(
                    "mode", "By the sensor, or from one exposure", .text, oneOf: ["off", "auto", "sensor", "single-exp"], sets: "image.hdr")
            ]),
        .setting(
            "lens_correction", "setLensCorrection", "Correction of darkening towards the corners", topic: "image",
            [WireField("enabled", "Whether it is corrected", .boolean, sets: "image.lens_correction")]),
    ]
}
