internal import Catalog

extension Answers {
    /// Everything that is counted and measured, for Prometheus.
    func metrics(_ requests: RequestMetrics, streams: Int) -> Reply {
        var out = Exposition()
        out.metric("luneta_build_info", .gauge, "Always 1; the version is a label.")
        out.sample("luneta_build_info", ["version": version], 1)
        writeParts(to: &out)
        writeVideo(to: &out)
        writeFrame(to: &out)
        writeControls(to: &out)
        writeScripts(to: &out)
        out.single("luneta_http_streams", .gauge, "Streams that are being sent.", Double(streams))
        requests.write(to: &out)
        return .bytes(Array(out.text.utf8), Exposition.mediaType)
    }

    private func writeParts(to out: inout Exposition) {
        let status = surface.status
        let parts = [("camera", status.camera), ("encoder", status.encoder), ("publisher", status.publisher)]
        out.metric("luneta_up", .gauge, "Whether a part does its work.")
        for (name, part) in parts { out.sample("luneta_up", ["part": name], part.isUp ? 1 : 0) }
        out.metric("luneta_state", .gauge, "Always 1; the state of a part is a label.")
        for (name, part) in parts { out.sample("luneta_state", ["part": name, "state": part.state], 1) }
        out.single("luneta_stream_wanted", .gauge, "Whether somebody asked for a stream.", status.streamWanted ? 1 : 0)
    }

    private func writeVideo(to out: inout Exposition) {
        let status = surface.status
        let count = { (name: String) in Double(status.counters[name] ?? 0) }
        out.metric("luneta_frames_total", .counter, "Frames, by what became of them.")
        for (stage, name) in [
            ("offered", "frames_in"), ("encoded", "frames_encoded"), ("repeated", "frames_repeated"), ("key", "key_frames"),
        ] {
            out.sample("luneta_frames_total", ["stage": stage], count(name))
        }
        out.metric("luneta_drops_total", .counter, "Frames and packets lost, by stage and reason.")
        for drop in status.drops { out.sample("luneta_drops_total", ["stage": drop.stage, "reason": drop.reason], Double(drop.count)) }
        out.sample("luneta_drops_total", ["stage": "pictures", "reason": "a viewer was slow"], Double(viewers.skipped))
        out.metric("luneta_live_viewers", .gauge, "Who watches the live picture, as video or as JPEGs.")
        out.sample("luneta_live_viewers", ["kind": "video"], count("video_viewers"))
        out.sample("luneta_live_viewers", ["kind": "pictures"], Double(viewers.count))
        out.single("luneta_frames_late_total", .counter, "Frames that found the encoder busy.", count("frames_late"))
        out.single("luneta_packets_sent_total", .counter, "Packets written to the server.", count("packets_sent"))
        out.single("luneta_sent_bytes_total", .counter, "Bytes written to the server.", count("bytes_sent"))
        out.single(
            "luneta_publisher_attempts_total", .counter, "Connections attempted since publishing was started.", count("publisher_attempts"))
        out.single("luneta_bitrate_bits_per_second", .gauge, "What the encoder aims at.", Double(status.bitrate))
        out.metric("luneta_latency_seconds", .summary, "Time from a frame's start to the end of a stage, over the last 128 frames.")
        for latency in status.latencies {
            out.sample("luneta_latency_seconds", ["stage": latency.stage, "quantile": "0.5"], latency.median)
            out.sample("luneta_latency_seconds", ["stage": latency.stage, "quantile": "0.95"], latency.high)
        }
    }

    private func writeFrame(to out: inout Exposition) {
        guard let frame = surface.frame else { return }
        for field in FrameReport.fields {
            guard let value = field.read(frame)?.metric else { continue }
            let unit = field.unit == .none ? "" : " (\(field.unit.rawValue))"
            out.single("luneta_frame_\(field.name)", .gauge, "Of the newest frame: \(field.about)\(unit).", value)
        }
    }

    private func writeControls(to out: inout Exposition) {
        let values = (Catalog.controls + surface.rawControls).compactMap { control -> (String, Value)? in
            guard let state = try? surface.state(control.key), state.isSupported else { return nil }
            return (control.key, state.value)
        }
        out.metric("luneta_control", .gauge, "Effective values of controls that are numbers or truth values.")
        for (key, value) in values { if let number = value.metric { out.sample("luneta_control", ["key": key], number) } }
        out.metric("luneta_control_choice", .gauge, "Always 1; the effective word of a control is a label.")
        for (key, value) in values { if let word = value.string { out.sample("luneta_control_choice", ["key": key, "value": word], 1) } }
    }

    private func writeScripts(to out: inout Exposition) {
        let all = scripts.list().compactMap(\.table)
        let figures: [(String, String, Exposition.Kind, String)] = [
            ("luneta_script_cpu_seconds_total", "cpu_seconds", .counter, "CPU time of a script's generation."),
            ("luneta_script_memory_bytes", "memory_bytes", .gauge, "Bytes a script's values take."),
            ("luneta_script_errors_total", "errors", .counter, "Errors that ended a handler."),
            ("luneta_script_timers", "timers", .gauge, "Timers that are pending."),
            ("luneta_script_handlers", "handlers", .gauge, "Handlers of events."),
            ("luneta_script_generation", "generation", .gauge, "Times a script was loaded and taken into service."),
        ]
        out.metric("luneta_script_state", .gauge, "Always 1; the state of a script is a label.")
        for script in all {
            guard let name = script["name"]?.string, let state = script["state"]?.string else { continue }
            out.sample("luneta_script_state", ["script": name, "state": state], 1)
        }
        for (metric, field, kind, about) in figures {
            out.metric(metric, kind, about)
            for script in all {
                if let name = script["name"]?.string, let value = script[field]?.double { out.sample(metric, ["script": name], value) }
            }
        }
    }
}

extension Value {
    /// The number it is for a metric; truth values are 1 and 0.
    fileprivate var metric: Double? { double ?? bool.map { $0 ? 1 : 0 } }
}
