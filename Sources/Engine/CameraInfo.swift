internal import CameraBindings
internal import Catalog
internal import Pipeline

/// The attached camera as front ends see it.
enum CameraInfo {
    /// `camera.info`: model, sensor, modes and the mode in force.
    static func table(_ camera: Capabilities, _ granted: CameraConfiguration) -> Value {
        [
            "model": .text(camera.model), "kind": .text(camera.kind), "sensor_width": .integer(camera.sensorWidth),
            "sensor_height": .integer(camera.sensorHeight), "is_wide": .bool(camera.isWide),
            "field_of_view": camera.fieldOfView.map(Value.integer) ?? .null, "has_autofocus": .bool(camera.hasAutofocus),
            "modes": .list(camera.modes.map(mode)), "mode": modeInForce(camera, granted),
            "size": [.integer(granted.width), .integer(granted.height)], "framerate": .number(granted.framerate),
        ]
    }

    private static func mode(_ mode: SensorMode) -> Value {
        let crop: Value = [.number(mode.crop.x), .number(mode.crop.y), .number(mode.crop.width), .number(mode.crop.height)]
        return [
            "width": .integer(mode.width), "height": .integer(mode.height), "max_fps": .number(mode.maximumFramerate), "crop": crop,
            "bit_depth": .integer(mode.bitDepth), "about": .text(mode.about),
        ]
    }

    private static func modeInForce(_ camera: Capabilities, _ granted: CameraConfiguration) -> Value {
        guard let index = granted.mode, camera.modes.indices.contains(index), case .table(var table) = mode(camera.modes[index]) else {
            return .null
        }
        table["index"] = .integer(index)
        return .table(table)
    }

    /// The camera's line in the status.
    static func part(_ phase: Watchdog.Phase, isDelivering: Bool) -> HostStatus.Part {
        switch phase {
        case .off: .init(isUp: isDelivering, state: isDelivering ? "running" : "stopped")
        case .running: .init(isUp: isDelivering, state: isDelivering ? "running" : "starting")
        case .lost(let reason, _, _): .init(isUp: false, state: "lost", reason: reason)
        }
    }

    /// What the pipeline lost.
    static func drops(_ video: PipelineStatus) -> [HostStatus.Drop] {
        [
            .init("encode", "the encoder was late", video.framesDropped),
            .init("publish", "the server was late", video.packetsDropped),
            .init("video", "a viewer was slow", video.fragmentsSkipped),
        ]
    }

    /// How long the pipeline's stages took; from milliseconds to seconds.
    static func latencies(_ video: PipelineStatus) -> [HostStatus.StageLatency] {
        [("encode", video.encodeTime), ("encoded", video.encodedAfter), ("sent", video.sentAfter), ("shown", video.liveAfter)].map {
            stage, figures in
            .init(stage, median: figures.median / 1000, high: figures.high / 1000)
        }
    }

    /// The pipeline's numbers by the names of status and metrics.
    static func counters(_ video: PipelineStatus) -> [String: Int] {
        [
            "frames_in": video.framesIn, "frames_dropped": video.framesDropped, "frames_late": video.framesLate,
            "frames_encoded": video.framesEncoded, "frames_repeated": video.framesRepeated, "packets_sent": video.packetsSent,
            "packets_dropped": video.packetsDropped, "bytes_sent": video.bytesSent, "key_frames": video.keyFrames,
            "publisher_attempts": video.attempts,
            "video_viewers": video.viewers, "video_viewers_ever": video.viewersEver, "video_fragments_sent": video.fragmentsSent,
            "video_fragments_skipped": video.fragmentsSkipped,
        ]
    }
}
