internal import Catalog

extension Answers {
    /// What runs and what does not; reads cached state only.
    var health: [UInt8] {
        let host = surface.status
        var json = JSONWriter(capacity: 512)
        json.object { json in
            let isReady = surface.frame != nil && host.camera.state != "lost"
            json.member("status", isReady ? "healthy" : "initializing")
            json.member("camera_configured", isConfigured)
            json.member("streaming_active", host.publisher.isUp)
            json.member("version", version)
            json.member("streaming_wanted", host.streamWanted)
            for (name, part) in [("camera", host.camera), ("encoder", host.encoder), ("publisher", host.publisher)] {
                json.name(name)
                json.object { json in
                    json.member("up", part.isUp)
                    json.member("state", part.state)
                    json.member("reason", part.reason)
                }
            }
            json.name("counters")
            json.object { json in
                let counters = host.counters.merging(["picture_viewers": viewers.count, "pictures_skipped": viewers.skipped]) { $1 }
                for (name, count) in counters.sorted(by: { $0.key < $1.key }) { json.member(name, count) }
            }
        }
        return json.bytes
    }

    /// The newest frame and the settings in force, written straight into bytes: clients poll this.
    var status: [UInt8] {
        let frame = surface.frame
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            writeFrame(frame, into: &json)
            writeScene(frame, into: &json)
            writeGeometry(into: &json)
            writeLimits(frame, into: &json)
            json.member("exposure_value", setting("exposure.value")?.double)
            json.member("noise_reduction_mode", setting("image.noise_reduction")?.string)
            json.member("ae_constraint_mode", setting("exposure.constraint")?.string)
            json.member("ae_exposure_mode", setting("exposure.mode")?.string)
        }
        return json.bytes
    }

    private func writeFrame(_ frame: FrameReport?, into json: inout JSONWriter) {
        json.member("lux", frame?.lux)
        json.member("exposure_us", frame?.exposureTime)
        json.member("analogue_gain", frame?.analogueGain)
        json.member("colour_temperature", frame?.colourTemperature)
        json.member("auto_exposure", setting("exposure.auto")?.bool ?? false)
        json.member("streaming", surface.status.publisher.isUp)
        json.member("autofocus_mode", setting("focus.mode")?.string)
        json.member("lens_position", frame?.lensPosition)
        json.member("focus_fom", frame?.focusFigure)
        json.member("hdr_mode", setting("image.hdr")?.string ?? "off")
        json.member("lens_correction_enabled", setting("image.lens_correction")?.bool ?? false)
    }

    private func writeScene(_ frame: FrameReport?, into json: inout JSONWriter) {
        let threshold = setting("scene.threshold")?.double
        json.member("scene_mode", Answers.sceneMode(lux: frame?.lux, threshold: threshold ?? 10))
        json.member("day_night_mode", setting("scene.day_night")?.string)
        json.member("day_night_threshold_lux", threshold)
        json.member("frame_duration_us", frame?.frameDuration)
        json.name("sensor_black_levels")
        if let levels = frame?.blackLevels { json.list { json in for level in levels { json.value(level) } } } else { json.null() }
    }

    /// `day` above 100 lux, `low_light` above the threshold, else `night`; `unknown` for a camera that does not measure light.
    static func sceneMode(lux: Double?, threshold: Double) -> String {
        guard let lux else { return "unknown" }
        return lux > 100 ? "day" : lux > threshold ? "low_light" : "night"
    }

    private func writeGeometry(into json: inout JSONWriter) {
        let camera = CameraTable(surface.info)
        let bitrate = surface.status.bitrate
        json.member("fov_mode", wantedFovMode)
        json.member("bitrate_bps", bitrate)
        json.member("bitrate_mbps", (Double(bitrate) / 1e4).rounded() / 100)
        json.member("is_wide_camera", camera.isWide)
        json.member("sensor_mode_width", camera.modeWidth)
        json.member("sensor_mode_height", camera.modeHeight)
    }

    private func writeLimits(_ frame: FrameReport?, into json: inout JSONWriter) {
        let camera = limits("exposure.time", within: 100...1_000_000)
        let longest = Int(setting("exposure.max_time")?.double ?? 0)
        let shortest = Int(setting("exposure.min_time")?.double ?? 0)
        json.name("current_limits")
        json.object { json in
            json.member("frame_duration_us", frame?.frameDuration)
            json.name("frame_duration_limits_us")
            if longest > 0 { json.range(shortest, longest) } else { json.null() }
            json.name("effective_exposure_limit_us")
            let lower = Int(camera.lowerBound)
            json.range(lower, max(lower, longest > 0 ? min(longest, Int(camera.upperBound)) : Int(camera.upperBound)))
        }
    }

    /// The value of a control; nil when this camera does not have it.
    func setting(_ key: String) -> Value? {
        guard let state = try? surface.state(key), state.isSupported else { return nil }
        return state.value
    }

    /// The limits of a control on this camera, within those of the wire contract; all zero when it has none.
    func limits(_ key: String, within contract: ClosedRange<Double>) -> ClosedRange<Double> {
        guard let state = try? surface.state(key), state.isSupported, let range = state.limits.range else { return 0...0 }
        return range.clamped(to: contract)
    }
}

extension JSONWriter {
    /// Writes `{"min":…,"max":…}`.
    fileprivate mutating func range(_ lower: Int, _ upper: Int) {
        object { json in
            json.member("min", lower)
            json.member("max", upper)
        }
    }
}
