internal import Catalog

/// The Catalog's controls on a camera of libcamera's: the one table of what maps to what, for every version.
///
/// Controls are found by name among those the camera reports, so a version that has another control for the same thing is another
/// entry of a rule, not another build. What is sent is a function of everything that is in effect: several Catalog controls make one
/// libcamera control (frame rate, exposure ceiling and a long manual exposure are `FrameDurationLimits` together), and the other way.
struct ControlMap: Sendable {
    /// The controls the camera reports, by name.
    let native: [String: NativeControl]
    /// The window of the sensor that digital zoom moves in, as x, y, width and height in sensor pixels; nil without digital zoom.
    let cropBounds: [Int]?

    init(_ controls: [NativeControl], cropBounds: [Int]? = nil) {
        native = Dictionary(controls.filter(\.isReported).map { ($0.name, $0) }) { first, _ in first }
        self.cropBounds = cropBounds
    }

    /// What a set of Catalog values becomes.
    struct Plan: Equatable {
        /// Values by libcamera's name.
        var settings: [String: Value] = [:]
        /// Catalog values that come out differently, with the reason.
        var cuts: [String: Cut] = [:]

        /// A value that differs from the one asked for.
        struct Cut: Equatable {
            var value: Value
            var reason: String
        }
    }

    /// The limits of each Catalog control that goes with requests; what is missing this camera does not have.
    var limits: [String: ValueType] {
        var limits: [String: ValueType] = [:]
        for rule in ControlMap.words where native[rule.name] != nil { limits[rule.key] = choice(rule) }
        for rule in ControlMap.numbers { limits[rule.key] = number(rule) }
        for rule in ControlMap.switches { limits[rule.key] = native[rule.name].map { _ in .bool } }
        if hasExposureSwitch { limits["exposure.auto"] = .bool }
        if hasExposureSwitch, let durations = durationRange {
            limits["exposure.max_time"] = .integer(0...max(1, Int(min(durations.upperBound, 240_000_000))), .microseconds)
        }
        if hasExposureSwitch {
            for key in ControlMap.unbounded { limits[key] = Catalog.controlsByKey[key]?.type }
        }
        if let gains = native["ColourGains"], native["AwbEnable"] != nil {
            let range = gainRange(gains)
            (limits["white_balance.red_gain"], limits["white_balance.blue_gain"]) = (.number(range, .ratio), .number(range, .ratio))
        }
        if native["ScalerCrop"] != nil, cropBounds != nil { limits["geometry.roi"] = .window }
        return limits
    }

    /// What is sent for a set of values, which must be within the limits, at a frame rate.
    func plan(_ values: [String: Value], framerate: Double) -> Plan {
        var plan = Plan()
        for rule in ControlMap.words where native[rule.name] != nil {
            if let number = values[rule.key]?.string.flatMap({ rule.numbers[$0] }) { plan.settings[rule.name] = .integer(number) }
        }
        for rule in ControlMap.numbers where rule.isSent(values) && native[rule.name] != nil { plan.settings[rule.name] = values[rule.key] }
        for rule in ControlMap.switches where native[rule.name] != nil { plan.settings[rule.name] = values[rule.key] }
        addExposure(values, to: &plan)
        cutUnbounded(values, in: &plan)
        addDurations(values, framerate, to: &plan)
        addColour(values, to: &plan)
        addWindow(values, to: &plan)
        return plan
    }
}

// MARK: One to one

extension ControlMap {
    /// A Catalog choice that is an enumerated control.
    struct Words: Sendable {
        let key: String
        let name: String
        let numbers: [String: Int]
    }

    /// A Catalog number that is a libcamera number with the same unit.
    struct Number: Sendable {
        let key: String
        let name: String
        /// The control and value without which it is not sent, where there is one.
        var condition: (key: String, values: [Value])?

        func isSent(_ values: [String: Value]) -> Bool {
            guard let condition else { return true }
            return condition.values.contains(values[condition.key] ?? .null)
        }
    }

    /// A Catalog switch that is a libcamera switch.
    struct Switch: Sendable {
        let key: String
        let name: String
    }

    // Numbers from libcamera's control_ids_core.yaml and control_ids_draft.yaml; the same in 0.0.3 and 0.7.2.
    private static let words = [
        Words(key: "exposure.mode", name: "AeExposureMode", numbers: ["normal": 0, "short": 1, "long": 2, "custom": 3]),
        Words(key: "exposure.constraint", name: "AeConstraintMode", numbers: ["normal": 0, "highlight": 1, "shadows": 2, "custom": 3]),
        Words(key: "exposure.metering", name: "AeMeteringMode", numbers: ["centre": 0, "spot": 1, "matrix": 2, "custom": 3]),
        Words(
            key: "white_balance.mode", name: "AwbMode",
            numbers: Dictionary(uniqueKeysWithValues: zip(Catalog.whiteBalanceModes, 0...))),
        Words(key: "focus.mode", name: "AfMode", numbers: ["default": 0, "manual": 0, "auto": 1, "continuous": 2]),
        Words(key: "focus.range", name: "AfRange", numbers: ["normal": 0, "macro": 1, "full": 2]),
        Words(
            key: "image.noise_reduction", name: "NoiseReductionMode",
            numbers: ["off": 0, "fast": 1, "high_quality": 2, "minimal": 3, "zsl": 4]),
        Words(key: "image.hdr", name: "HdrMode", numbers: ["off": 0, "auto": 3, "single-exp": 3]),
    ]

    private static let numbers = [
        Number(key: "exposure.time", name: "ExposureTime", condition: ("exposure.auto", [false])),
        Number(key: "exposure.gain", name: "AnalogueGain", condition: ("exposure.auto", [false])),
        Number(key: "exposure.value", name: "ExposureValue"),
        Number(key: "focus.lens_position", name: "LensPosition", condition: ("focus.mode", ["manual", "default"])),
        Number(key: "image.brightness", name: "Brightness"),
        Number(key: "image.contrast", name: "Contrast"),
        Number(key: "image.saturation", name: "Saturation"),
        Number(key: "image.sharpness", name: "Sharpness"),
    ]

    private static let switches = [
        Switch(key: "white_balance.auto", name: "AwbEnable"),
        Switch(key: "image.lens_correction", name: "LensShadingCorrectionEnable"),
    ]

    private func choice(_ rule: Words) -> ValueType? {
        guard let control = native[rule.name], case .choice(let words)? = Catalog.controlsByKey[rule.key]?.type else { return nil }
        let range = (control.minimum?.int ?? .min)...max(control.minimum?.int ?? .min, control.maximum?.int ?? .max)
        let taken = words.filter { word in
            guard let number = rule.numbers[word] else { return false }
            return control.allowed.isEmpty ? range.contains(number) : control.allowed.contains(number)
        }
        return taken.isEmpty ? nil : .choice(taken)
    }

    private func number(_ rule: Number) -> ValueType? {
        guard let control = native[rule.name], let type = Catalog.controlsByKey[rule.key]?.type else { return nil }
        let (least, most) = (control.minimum?.double ?? -.infinity, control.maximum?.double ?? .infinity)
        switch type {
        case .integer(let range, let unit):
            let low = max(range.lowerBound, Int(max(least, -1e18)))
            return .integer(low...max(low, min(range.upperBound, Int(min(most, 1e18)))), unit)
        case .number(let range, let unit):
            let low = max(range.lowerBound, least)
            return .number(low...max(low, min(range.upperBound, most)), unit)
        default: return type
        }
    }
}

// MARK: Exposure and frame duration

extension ControlMap {
    /// From 0.5 on time and gain are each automatic or manual; before, one switch is for both.
    private var hasModes: Bool { native["ExposureTimeMode"] != nil && native["AnalogueGainMode"] != nil }
    private var hasExposureSwitch: Bool { hasModes || native["AeEnable"] != nil }

    /// The shortest and longest frame in µs; nil where the camera does not say.
    var durationRange: ClosedRange<Double>? {
        guard let limits = native["FrameDurationLimits"], let least = scalar(limits.minimum), let most = scalar(limits.maximum) else {
            return nil
        }
        return least...max(least, most)
    }

    /// Limits of a list are given as a number in some versions and as a list of them in others.
    private func scalar(_ value: Value?) -> Double? { value?.double ?? value?.list?.first?.double }

    private func addExposure(_ values: [String: Value], to plan: inout Plan) {
        guard let isAuto = values["exposure.auto"]?.bool else { return }
        if hasModes {
            plan.settings["ExposureTimeMode"] = .integer(isAuto ? 0 : 1)
            plan.settings["AnalogueGainMode"] = .integer(isAuto ? 0 : 1)
        } else if native["AeEnable"] != nil {
            plan.settings["AeEnable"] = .bool(isAuto)
            // A manual value stays fixed under automatic exposure until it is released with 0 (raspberrypi IPA up to 0.4).
            if isAuto, native["ExposureTime"] != nil { plan.settings["ExposureTime"] = 0 }
            if isAuto, native["AnalogueGain"] != nil { plan.settings["AnalogueGain"] = .number(0) }
        }
    }

    /// Bounds of automatic exposure that libcamera has no control for: their standard values, which bound nothing, are all they take.
    private static let unbounded = ["exposure.min_time", "exposure.min_gain", "exposure.max_gain"]

    private func cutUnbounded(_ values: [String: Value], in plan: inout Plan) {
        for key in ControlMap.unbounded where hasExposureSwitch {
            guard let standard = Catalog.controlsByKey[key]?.standard, let value = values[key], !value.matches(standard, tolerance: 1e-6)
            else {
                continue
            }
            plan.cuts[key] = Plan.Cut(value: standard, reason: "libcamera bounds automatic exposure by 'exposure.max_time' only")
        }
    }

    /// Frame rate, exposure ceiling and long exposures are one control: a frame can be no shorter than its exposure.
    private func addDurations(_ values: [String: Value], _ framerate: Double, to plan: inout Plan) {
        guard let range = durationRange else { return }
        let frame = max(range.lowerBound, min(1e6 / framerate, range.upperBound))
        var longest = frame
        if values["exposure.auto"]?.bool == false {
            longest = max(frame, values["exposure.time"]?.double ?? 0)
        } else if let ceiling = values["exposure.max_time"]?.double, ceiling > 0 {
            longest = max(frame, ceiling)
            if ceiling < frame.rounded(.down) {
                plan.cuts["exposure.max_time"] = Plan.Cut(
                    value: .integer(Int(frame)),
                    reason: "this camera bounds automatic exposure by the frame's duration only; raise 'stream.framerate' for less")
            }
        }
        let isManual = values["exposure.auto"]?.bool == false
        // A manual exposure that is longer than the frame makes every frame that long.
        let shortest = isManual ? longest : frame
        plan.settings["FrameDurationLimits"] = [.integer(Int(shortest)), .integer(Int(min(longest, range.upperBound)))]
    }
}

// MARK: Colour and window

extension ControlMap {
    private func gainRange(_ gains: NativeControl) -> ClosedRange<Double> {
        let low = max(0.1, scalar(gains.minimum) ?? 0.1)
        return low...max(low, min(32, scalar(gains.maximum) ?? 32))
    }

    private func addColour(_ values: [String: Value], to plan: inout Plan) {
        guard native["ColourGains"] != nil, values["white_balance.auto"]?.bool == false,
            let red = values["white_balance.red_gain"], let blue = values["white_balance.blue_gain"]
        else { return }
        plan.settings["ColourGains"] = [red, blue]
    }

    private func addWindow(_ values: [String: Value], to plan: inout Plan) {
        guard native["ScalerCrop"] != nil, let bounds = cropBounds, let window = Window(values["geometry.roi"]) else { return }
        let (width, height) = (Double(bounds[2]), Double(bounds[3]))
        let rectangle = [
            bounds[0] + Int(window.x * width), bounds[1] + Int(window.y * height), max(2, Int(window.width * width)),
            max(2, Int(window.height * height)),
        ]
        plan.settings["ScalerCrop"] = .list(rectangle.map(Value.integer))
    }
}

// MARK: Raw controls

extension ControlMap {
    /// The Catalog controls that a control of libcamera's carries out.
    static func catalogKeys(_ name: String) -> [String] {
        let single = words.filter { $0.name == name }.map(\.key) + numbers.filter { $0.name == name }.map(\.key)
        return single + switches.filter { $0.name == name }.map(\.key) + (shared[name] ?? [])
    }

    private static let shared = [
        "AeEnable": ["exposure.auto"], "ExposureTimeMode": ["exposure.auto"], "AnalogueGainMode": ["exposure.auto"],
        "FrameDurationLimits": ["exposure.max_time", "exposure.time", "stream.framerate"],
        "ColourGains": ["white_balance.red_gain", "white_balance.blue_gain"], "ScalerCrop": ["geometry.roi"],
    ]
}

// MARK: Back from metadata

extension ControlMap {
    /// The Catalog values that a value libcamera reports stands for, under the values that were asked.
    func reported(_ name: String, _ value: Value, asked: [String: Value]) -> [String: Value] {
        switch name {
        case "ColourGains":
            guard let gains = value.list, gains.count == 2, asked["white_balance.auto"] == false else { return [:] }
            return ["white_balance.red_gain": gains[0], "white_balance.blue_gain": gains[1]]
        case "ScalerCrop":
            guard let bounds = cropBounds, let sides = value.list?.compactMap(\.double), sides.count == 4, bounds[2] > 0, bounds[3] > 0
            else {
                return [:]
            }
            let (width, height) = (Double(bounds[2]), Double(bounds[3]))
            let window = [
                (sides[0] - Double(bounds[0])) / width, (sides[1] - Double(bounds[1])) / height, sides[2] / width, sides[3] / height,
            ]
            return ["geometry.roi": .list(window.map(Value.number))]
        default:
            guard let rule = ControlMap.numbers.first(where: { $0.name == name }), rule.isSent(asked) else { return [:] }
            return [rule.key: value]
        }
    }
}

extension ControlMap {
    /// Whether metadata that names a control says what was set: zero releases a value, and limits are not what a frame had.
    static func isEchoed(_ name: String, _ value: Value) -> Bool {
        switch name {
        case "FrameDurationLimits", "AeEnable", "AfTrigger": false
        case "ExposureTime", "AnalogueGain": value.double != 0
        default: true
        }
    }
}
