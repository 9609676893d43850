internal import Pipeline

extension PipelineEvent {
    /// The event as a log line.
    var sentence: String {
        switch self {
        case .up(let url): "stream is up: \(url)"
        case .down(let reason): "stream is down: \(reason)"
        case .encoderFailed(let reason): "the encoder failed: \(reason)"
        }
    }
}
