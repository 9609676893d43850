package import Catalog

/// The controls of a simulated sensor as numbers, read from the values in force.
package struct SensorSettings: Sendable, Equatable {
    package var isExposureAutomatic = true
    package var time = 10_000.0
    package var gain = 1.0
    package var exposure: AutoExposure.Settings
    package var isWhiteBalanceAutomatic = true
    package var family: ClosedRange<Double> = 2500...8000
    package var gains = ColourGains(red: 1.5, blue: 1.5)
    package var focus = AutoFocus.Settings()
    package var brightness = 0.0
    package var contrast = 1.0
    package var saturation = 1.0
    package var sharpness = 1.0
    package var noiseLeft = 1.0
    package var correctsLens = true
    package var roi = Window.full
}

extension SensorSettings {
    /// How much of the noise each kind of noise reduction leaves.
    static let noiseLeft: [String: Double] = ["off": 1, "minimal": 0.8, "zsl": 0.65, "fast": 0.5, "high_quality": 0.25]
    /// Reach of a focus scan in dioptres, and where the lens rests when it fails (libcamera's imx708 tuning).
    static let focusRanges: [String: (range: ClosedRange<Double>, rest: Double)] = [
        "normal": (0...12, 1), "macro": (3...15, 4), "full": (0...15, 1),
    ]

    /// Reads the settings from values in force.
    /// - Parameter frame: the duration of a frame in µs, the longest exposure that does not stretch it.
    package init(_ values: [String: Value], model: SensorModel, frame: Double) {
        let number = { (key: String, standard: Double) in values[key]?.double ?? standard }
        exposure = SensorSettings.exposure(values, model: model, frame: frame)
        isExposureAutomatic = values["exposure.auto"]?.bool ?? true
        time = number("exposure.time", time)
        gain = number("exposure.gain", gain)
        isWhiteBalanceAutomatic = values["white_balance.auto"]?.bool ?? true
        family = AutoWhiteBalance.families[values["white_balance.mode"]?.string ?? "auto"] ?? family
        gains = ColourGains(red: number("white_balance.red_gain", 1.5), blue: number("white_balance.blue_gain", 1.5))
        focus = SensorSettings.focus(values)
        brightness = number("image.brightness", 0)
        contrast = number("image.contrast", 1)
        saturation = number("image.saturation", 1)
        sharpness = number("image.sharpness", 1)
        noiseLeft = SensorSettings.noiseLeft[values["image.noise_reduction"]?.string ?? "off"] ?? 1
        correctsLens = values["image.lens_correction"]?.bool ?? true
        roi = Window(values["geometry.roi"]) ?? .full
    }

    private static func exposure(_ values: [String: Value], model: SensorModel, frame: Double) -> AutoExposure.Settings {
        let number = { (key: String) in values[key]?.double ?? 0 }
        let word = { (key: String) in values[key]?.string ?? "" }
        let shortest = max(number("exposure.min_time"), 1)
        let longest = number("exposure.max_time") > 0 ? number("exposure.max_time") : frame
        let lowest = max(number("exposure.min_gain"), model.gain.range.lowerBound)
        let highest = number("exposure.max_gain") > 0 ? number("exposure.max_gain") : model.gain.range.upperBound
        let limits = ExposureProgram.Limits(time: shortest...max(longest, shortest), gain: lowest...max(highest, lowest))
        return AutoExposure.Settings(
            compensation: number("exposure.value"), program: ExposureProgram(rawValue: word("exposure.mode")) ?? .normal,
            constraint: AutoExposure.Constraint(rawValue: word("exposure.constraint")) ?? .normal,
            pattern: LightMeter.Pattern(rawValue: word("exposure.metering")) ?? .centre, limits: limits)
    }

    private static func focus(_ values: [String: Value]) -> AutoFocus.Settings {
        let range = focusRanges[values["focus.range"]?.string ?? "normal"] ?? (0...12, 1)
        // `default` acts as `manual`, as the Catalog says.
        let mode = AutoFocus.Mode(rawValue: values["focus.mode"]?.string ?? "") ?? .manual
        let position = values["focus.lens_position"]?.double ?? 1
        return AutoFocus.Settings(mode: mode, range: range.range, rest: range.rest, manualPosition: position)
    }
}

extension Window {
    /// The window a control holds as four numbers; nil for anything else.
    init?(_ value: Value?) {
        let numbers = (value?.list ?? []).compactMap(\.double)
        guard numbers.count == 4 else { return nil }
        self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }
}
