internal import Pipeline

extension PipelineEvent {
    /// The event as a log line.
    var sentence: String {
        switch self {
        case .up(let url): "stream is up: \(url)"
        case .down(let reason): "stream is down: \(reason)"
        case .encoderFailed(let reason): "the encoder failed: \(reason)"
        case .watched(let isWatched): isWatched ? "somebody watches the live picture" : "nobody watches the live picture any more"
        case .liveFailed(let reason): "the live picture fails: \(reason)"
        }
    }
}
