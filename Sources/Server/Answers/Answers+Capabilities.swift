internal import Catalog

extension Answers {
    /// What the attached camera can do, within what the paths of the reference service take.
    var capabilities: Document {
        let camera = CameraTable(surface.info)
        let size = wantedSize
        let rates = FramerateTable(camera, fovMode: wantedFovMode)
        let current = camera.framerate ?? setting("stream.framerate")?.double ?? 30
        let modes: Document = .object(camera.modes.enumerated().map { .init("mode_\($0)", Answers.document($1)) })
        return [
            "sensor_model": .text(camera.model ?? "unknown"),
            "sensor_resolution": [
                "width": camera.sensorWidth.map(Document.integer) ?? .null, "height": camera.sensorHeight.map(Document.integer) ?? .null,
            ],
            "supported_resolutions": .list(rates.named.reversed().map(\.document)),
            "exposure_limits_us": range("exposure.time", 100...1_000_000), "gain_limits": range("exposure.gain", 1...16),
            "lens_position_limits": range("focus.lens_position", 0...15), "exposure_value_range": range("exposure.value", -8...8),
            "supported_noise_reduction_modes": words("image.noise_reduction", of: "setNoiseReduction"),
            "supported_ae_constraint_modes": words("exposure.constraint", of: "setAeConstraintMode"),
            "supported_ae_exposure_modes": words("exposure.mode", of: "setAeExposureMode"),
            "supported_awb_modes": words("white_balance.mode", of: "setAwbMode"),
            "features": .list(features.map(Document.text)), "current_framerate": .number(current),
            "framerate_limits_by_resolution": .list(rates.limits),
            "max_framerate_for_current_resolution": .number(rates.limit(size.width, size.height)),
            "is_wide_camera": camera.isWide.map(Document.bool) ?? .null,
            "field_of_view_degrees": camera.fieldOfView.map(Document.integer) ?? .null,
            "sensor_modes": camera.modes.isEmpty ? .null : modes,
            "recommended_resolutions": camera.modes.isEmpty ? .null : .list(rates.recommended),
        ]
    }

    private static func document(_ mode: CameraTable.Mode) -> Document {
        [
            "width": .integer(mode.size.width), "height": .integer(mode.size.height), "max_fps": .number(mode.size.framerate),
            "description": .text(mode.about),
        ]
    }

    private func range(_ key: String, _ contract: ClosedRange<Double>) -> Document {
        let limits = limits(key, within: contract)
        return ["min": .number(limits.lowerBound), "max": .number(limits.upperBound)]
    }

    /// The words an operation takes, as far as this camera knows them.
    private func words(_ key: String, of operation: String) -> Document {
        guard let state = try? surface.state(key), state.isSupported, case .choice(let known) = state.limits else { return [] }
        let taken = Catalog.operations.first { $0.id == operation }?.fields.flatMap(\.allowed).compactMap(\.string) ?? []
        return .list(taken.filter(known.contains).map(Document.text))
    }

    /// The reference service's feature names, each listed when this camera has every control behind it.
    private var features: [String] {
        Answers.featureControls.filter { $0.controls.allSatisfy { (try? surface.state($0))?.isSupported == true } }.map(\.name)
    }

    private static let featureControls: [(name: String, controls: [String])] = [
        ("auto_exposure", ["exposure.auto"]), ("manual_exposure", ["exposure.time", "exposure.gain"]),
        ("auto_white_balance", ["white_balance.auto"]), ("manual_white_balance", ["white_balance.red_gain", "white_balance.blue_gain"]),
        ("exposure_value_compensation", ["exposure.value"]), ("noise_reduction", ["image.noise_reduction"]),
        ("ae_constraint_modes", ["exposure.constraint"]), ("ae_exposure_modes", ["exposure.mode"]), ("awb_modes", ["white_balance.mode"]),
        ("image_processing", ["image.brightness", "image.contrast", "image.saturation", "image.sharpness"]),
        ("roi_digital_zoom", ["geometry.roi"]), ("exposure_limits", ["exposure.min_time", "exposure.max_time"]),
        ("autofocus", ["focus.mode"]), ("lens_position_control", ["focus.lens_position"]), ("autofocus_trigger", ["focus.mode"]),
    ]
}
