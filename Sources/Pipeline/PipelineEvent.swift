/// What a pipeline tells its owner as it happens.
public enum PipelineEvent: Sendable, Equatable {
    /// The server takes the stream; the URL is without credentials.
    case up(url: String)
    /// The stream does not reach the server, and why; told once for each outage and again when the reason changes.
    case down(reason: String)
    /// The encoder cannot be opened or gave up, and why; it is tried again.
    case encoderFailed(String)
    /// Whether somebody watches the live picture now; the first one has come, or the last one has left.
    case watched(Bool)
    /// The live picture cannot be made, and why; the next key frame tries again.
    case liveFailed(String)
}
