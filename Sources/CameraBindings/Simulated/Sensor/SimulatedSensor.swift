package import Catalog
internal import Glibc
package import Timing

/// A sensor with its automatics, stepped frame by frame: no thread, no pixels, no clock.
///
/// Given the same light and the same controls at the same frames it does the same, so a simulated day may run as fast as the machine.
package struct SimulatedSensor: Sendable {
    /// Which sensor it is.
    package let model: SensorModel
    /// The configuration it runs with.
    package let configuration: CameraConfiguration
    /// The number of the next frame.
    package private(set) var sequence: UInt64

    private let readout: Readout
    private let granted: GrantedConfiguration
    private let limits: [String: ValueType]
    private let seed: UInt64
    private let blackLevels: [Int]
    private var asked: [String: Value] = [:]
    private var pending = PendingControls()
    private var settledRequest: UInt64 = 0
    private var inForce: InForce
    private var settings: SensorSettings
    private var autoExposure = AutoExposure()
    private var whiteBalance = AutoWhiteBalance()
    private var focus = AutoFocus()
    /// Exposures chosen and not yet in force, the next one first.
    private var exposures: [Exposure]
    private var hasStarted = false

    /// Puts a sensor into a configuration.
    /// - Parameters:
    ///   - limits: the controls that are supported; the model's own unless the camera restricts them.
    ///   - former: the same sensor before it was configured anew; what was asked of it, its automatics and its counter go on.
    /// - Throws: `unsupported` for a sensor mode that does not exist.
    package init(
        _ model: SensorModel, _ wanted: CameraConfiguration, limits: [String: ValueType]? = nil, seed: UInt64 = 0, after former: Self? = nil
    ) throws(CameraError) {
        self.model = model
        granted = try model.grant(wanted)
        configuration = granted.configuration
        readout = model.readouts[granted.configuration.mode ?? 0]
        self.limits = limits ?? model.limits
        self.seed = seed
        blackLevels = Array(repeating: model.blackLevel, count: 4)
        sequence = former?.sequence ?? 0
        settledRequest = former?.settledRequest ?? 0
        asked = former?.asked ?? [:]
        pending = former?.pending ?? pending
        autoExposure = former?.autoExposure ?? autoExposure
        whiteBalance = former?.whiteBalance ?? whiteBalance
        focus = former?.focus ?? focus
        inForce = InForce(values: [:])
        settings = SensorSettings([:], model: model, frame: 1)
        // A camera starts with a guess; the loop needs some frames to know better.
        let guess = Exposure(time: 10_000, analogueGain: model.gain.range.lowerBound, digitalGain: 1)
        exposures = Array(repeating: former?.exposures.first ?? guess, count: model.controlDelay)
        refresh()
    }

    /// Sends control values; they are in force on the frame after the sensor's delay, or on the first one.
    package mutating func set(_ values: [String: Value], request: UInt64) {
        let delay = hasStarted ? UInt64(model.controlDelay) : 0
        pending.add(values, request: request, due: sequence + delay)
    }

    /// Starts one focus scan.
    package mutating func triggerFocus() { focus.trigger(settings.focus) }

    /// Counts frames that were exposed and got lost; the automatics saw them, until there was nothing left for them to do.
    package mutating func skip(_ frames: Int, _ light: Light, at time: Instant) {
        var left = frames
        for _ in 0..<min(left, SimulatedSensor.convergence) where !isAtRest {
            _ = step(light, at: time)
            left -= 1
        }
        sequence += UInt64(left)
    }

    /// Frames within which the automatics settle after any change of light.
    private static let convergence = 40

    private var isAtRest: Bool { !pending.isEmpty ? false : !settings.isExposureAutomatic || autoExposure.isSettled }

    /// Takes the next frame, which begins at `time`.
    package mutating func step(_ light: Light, at time: Instant) -> Shot {
        land()
        hasStarted = true
        let exposure = settings.isExposureAutomatic ? exposures[0] : manualExposure
        let illumination = brightness(exposure, light)
        var shot = shoot(light, exposure, illumination)
        expose(after: exposure, illumination)
        whiteBalance.step(light.colourTemperature, family: settings.family)
        let seconds = max(1 / configuration.framerate, exposure.time / 1e6)
        shot.seconds = seconds
        report(&shot.metadata.report, light, exposure, illumination)
        shot.metadata.report.timestamp = time.seconds
        shot.metadata.report.frameDuration = Int(seconds * 1e6)
        sequence += 1
        return shot
    }
}

// MARK: Controls

extension SimulatedSensor {
    /// Puts into force what is due on this frame.
    private mutating func land() {
        guard let landed = pending.take(on: sequence) else { return }
        settledRequest = max(settledRequest, landed.request)
        asked.merge(landed.values.filter { granted.values[$0.key] == nil }) { $1 }
        refresh()
    }

    private mutating func refresh() {
        var clamping = Clamping(asked, limits: limits, before: inForce.values)
        for (key, value) in granted.values where limits[key] != nil { clamping.set(key, value, because: granted.reasons[key]) }
        if let time = clamping.values["exposure.time"]?.double {
            let exposed = model.exposure(time, lineTime: readout.lineTime)
            clamping.set("exposure.time", .integer(Int(exposed)), because: clamping.reasons["exposure.time"])
        }
        if let gain = clamping.values["exposure.gain"]?.double {
            clamping.set("exposure.gain", .number(model.gain.quantised(gain)), because: clamping.reasons["exposure.gain"])
        }
        inForce = InForce(values: clamping.values, reasons: clamping.reasons)
        settings = SensorSettings(inForce.values, model: model, frame: 1e6 / configuration.framerate)
    }

    // The value in force is cut to whole microseconds; one more makes it the whole lines again that it came from.
    private var manualExposure: Exposure {
        Exposure(time: model.exposure(settings.time + 1, lineTime: readout.lineTime), analogueGain: settings.gain, digitalGain: 1)
    }
}

// MARK: Light to frame

extension SimulatedSensor {
    /// The exposure as a factor; at 1 a grey card is middle grey.
    private func brightness(_ exposure: Exposure, _ light: Light) -> Double {
        // Without its filter a sensor gets about a third of a stop more.
        light.lux * exposure.total / 1e6 / model.luxSeconds * (model.isInfraredSensitive ? 1.25 : 1)
    }

    /// Lets automatic exposure see this frame, and queues what it decides.
    private mutating func expose(after exposure: Exposure, _ illumination: Double) {
        guard settings.isExposureAutomatic else {
            // Automatic exposure goes on from where the hand left off.
            autoExposure = AutoExposure()
            for index in exposures.indices { exposures[index] = exposure }
            return
        }
        let reading = LightMeter.read(exposure: illumination, settings.exposure.pattern)
        let (time, gain) = autoExposure.step(reading, exposure: exposure, settings.exposure)
        let lines = model.exposure(time, lineTime: readout.lineTime)
        let code = model.gain.quantised(gain)
        for index in exposures.indices.dropLast() { exposures[index] = exposures[index + 1] }
        // What whole lines and codes cut off comes back after the sensor.
        exposures[exposures.count - 1] = Exposure(
            time: lines, analogueGain: code, digitalGain: max(1, min(time * gain / (lines * code), 2)))
    }

    private mutating func shoot(_ light: Light, _ exposure: Exposure, _ illumination: Double) -> Shot {
        let gains = whiteBalanceGains
        let neutral = ColourGains.neutral(light.colourTemperature, isInfraredSensitive: model.isInfraredSensitive)
        let metadata = FrameMetadata(report: FrameReport(), settledRequest: settledRequest, inForce: inForce)
        var shot = Shot(
            metadata: metadata, seconds: 0, exposure: illumination,
            cast: ColourGains(red: gains.red / neutral.red, blue: gains.blue / neutral.blue), defocus: 0,
            noise: 0.8 * (exposure.analogueGain * exposure.digitalGain).squareRoot() * settings.noiseLeft, settings: settings)
        shot.metadata.report.colourTemperature = Int(whiteBalance.colourTemperature)
        shot.metadata.report.redGain = gains.red
        shot.metadata.report.blueGain = gains.blue
        if model.lens != nil { look(light, &shot) }
        return shot
    }

    /// Reports where the lens is, then lets automatic focus move it.
    private mutating func look(_ light: Light, _ shot: inout Shot) {
        if settings.focus.mode == .manual { focus.step(0, settings.focus) }
        let sharpness = Double(AutoFocus.figure(position: focus.position, distance: light.distance))
        let figure = Int(sharpness * (1 + 0.01 * jitter(1)))
        shot.defocus = focus.position - 1 / light.distance
        shot.metadata.report.lensPosition = focus.position
        shot.metadata.report.focusFigure = figure
        shot.metadata.report.focusState = focus.state.rawValue
        if settings.focus.mode != .manual { focus.step(figure, settings.focus) }
    }

    private var whiteBalanceGains: ColourGains {
        guard settings.isWhiteBalanceAutomatic else { return settings.gains }
        return ColourGains.neutral(whiteBalance.colourTemperature, isInfraredSensitive: model.isInfraredSensitive)
    }

    private func report(_ report: inout FrameReport, _ light: Light, _ exposure: Exposure, _ illumination: Double) {
        report.sequence = sequence
        report.exposureTime = Int(exposure.time)
        report.analogueGain = exposure.analogueGain
        report.digitalGain = exposure.digitalGain
        report.lux = lux(light, illumination)
        report.blackLevels = blackLevels
        report.exposureSettled = settings.isExposureAutomatic ? autoExposure.isSettled : true
    }

    /// Estimates the illuminance as the real one does: mean level over exposure, which falls short while highlights clip.
    private func lux(_ light: Light, _ illumination: Double) -> Double {
        guard illumination > 0 else { return 0 }
        let seen = LightMeter.read(exposure: illumination, .matrix).mean / LightMeter.normalMean(.matrix)
        return light.lux * seen / illumination * (1 + 0.01 * jitter(2))
    }

    /// A repeatable number from -1 to 1 that differs from frame to frame.
    private func jitter(_ kind: UInt64) -> Double {
        var bits = (sequence &+ seed &* 0x1_0000) &* 0x9E37_79B9_7F4A_7C15 &+ kind &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 31) &* 0x94D0_49BB_1331_11EB
        return Double(bits >> 11) / 4_503_599_627_370_496 - 1
    }
}
