internal import CameraBindings
public import Catalog
internal import Pipeline
internal import Timing

extension Engine {
    public func perform(_ command: String, _ arguments: [String: Value], by owner: Owner) async throws(Problem) -> Value {
        let checked = try Catalog.command(command, arguments)
        switch command {
        case "focus.trigger": return try await triggerFocus()
        case "stream.start": return stream(wanted: true)
        case "stream.stop": return stream(wanted: false)
        case "stream.status": return streamStatus
        case "stream.key_frame":
            video.requestKeyFrame()
            return .null
        default:
            guard let handler = commands.handler(command) else {
                throw Problem(.unsupported, "nothing here carries out '\(command)'", key: command)
            }
            return try await handler(checked, owner)
        }
    }

    /// Says who carries out a command that is not the engine's own, such as `script.run`.
    public func handle(_ command: String, _ handler: @escaping CommandTable.Handler) { commands.handle(command, handler) }

    private func triggerFocus() async throws(Problem) -> Value {
        let answer = await askDevice { engine -> Result<Void, CameraError>? in
            guard let camera = engine.currentCamera else { return nil }
            do throws(CameraError) {
                return .success(try camera.triggerFocus())
            } catch {
                return .failure(error)
            }
        }
        switch answer {
        case nil: throw Problem(.unavailable, "there is no camera to focus")
        case .failure(.unsupported(let sentence)): throw Problem(.unsupported, sentence, key: "focus.trigger")
        case .failure(let error): throw Problem(.failed, error.sentence, key: "focus.trigger")
        case .success: return .null
        }
    }

    /// Starts or stops publishing; the camera keeps running either way.
    @discardableResult public func stream(wanted: Bool) -> Value {
        // Both in one turn, so that the last caller's wish is what the pipeline does. A lock of its own: the pipeline may report at once,
        // and listeners read the state.
        let wasWanted = publishing.withLock { _ in
            let before = state.withLock { state in
                defer { state.isStreamWanted = wanted }
                return state.isStreamWanted
            }
            if wanted { video.startPublishing(to: url) } else { video.stopPublishing() }
            return before
        }
        if wasWanted && !wanted { emit("stream.down", ["reason": "publishing was stopped"]) }
        demandPixels()
        return streamStatus
    }

    private var streamStatus: Value {
        let part = status.publisher
        return ["state": .text(part.state), "up": .bool(part.isUp), "reason": part.reason.map(Value.text) ?? .null]
    }

    func pipelineReported(_ event: PipelineEvent) {
        switch event {
        case .up(let url): emit("stream.up", ["url": .text(url)])
        case .down(let reason): emit("stream.down", ["reason": .text(reason)])
        case .encoderFailed(let reason): emit("stream.down", ["reason": .text("the encoder failed: \(reason)")])
        case .watched: demandPixels()
        case .liveFailed: break
        }
    }

    public var status: HostStatus {
        let video = video.status
        let (phase, isDelivering, wanted) = state.withLock { ($0.watchdog.phase, $0.watchdog.isDelivering, $0.isStreamWanted) }
        let encoderState = video.encoderIsUp ? video.encoder : "stopped"
        return HostStatus(
            camera: CameraInfo.part(phase, isDelivering: isDelivering),
            encoder: .init(isUp: video.encoderIsUp, state: encoderState, reason: video.encoderReason),
            publisher: .init(isUp: video.publisher == "live", state: video.publisher, reason: video.publisherReason),
            streamWanted: wanted, bitrate: video.bitrate, counters: CameraInfo.counters(video), drops: CameraInfo.drops(video),
            latencies: CameraInfo.latencies(video))
    }
}
