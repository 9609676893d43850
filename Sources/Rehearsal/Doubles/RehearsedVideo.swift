internal import CameraBindings
internal import Pipeline
internal import Timing

/// Stands in for the pipeline: publishing goes well unless the rehearsal says otherwise.
final class RehearsedVideo: VideoOutput {
    private struct State {
        var url: String?
        var fault: String?
    }

    private let state = Mutex(State())
    private let report: @Sendable (PipelineEvent) -> Void

    init(_ report: @escaping @Sendable (PipelineEvent) -> Void) { self.report = report }

    func offer(_ frame: Frame) {}
    func configure(_ configuration: StreamConfiguration) {}

    func startPublishing(to url: String) {
        let isUp = state.withLock { state in
            state.url = url
            return state.fault == nil
        }
        if isUp { report(.up(url: url)) }
    }

    func stopPublishing() { state.withLock { $0.url = nil } }
    func watch() -> LiveView { .ended }
    var isWatched: Bool { false }
    var needsPixels: Bool { false }
    func requestKeyFrame() {}
    func shutDown() {}

    /// Breaks the connection for a reason, or mends it.
    func fail(_ reason: String?) {
        let (url, before) = state.withLock { state in
            defer { state.fault = reason }
            return (state.url, state.fault)
        }
        guard let url, before != reason else { return }
        report(reason.map { .down(reason: $0) } ?? .up(url: url))
    }

    var status: PipelineStatus {
        let (url, fault) = state.withLock { ($0.url, $0.fault) }
        var status = PipelineStatus()
        status.encoder = url == nil ? "none" : "rehearsed"
        status.encoderIsUp = url != nil
        status.publisher = url == nil ? "stopped" : fault == nil ? "live" : "waiting"
        status.publisherReason = url == nil ? nil : fault
        return status
    }
}
