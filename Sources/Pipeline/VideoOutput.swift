public import CameraBindings

/// Where frames go to be seen: the pipeline, or in a rehearsal what stands in for it.
public protocol VideoOutput: Sendable {
    /// Takes a frame. For the camera's thread: never blocks.
    func offer(_ frame: Frame)
    /// Changes bitrate, key interval and frame rate from the next frame on.
    func configure(_ configuration: StreamConfiguration)
    /// Starts publishing to `url` and keeps at it until ``stopPublishing()``.
    func startPublishing(to url: String)
    /// Stops publishing; returns at once.
    func stopPublishing()
    /// Lets somebody watch.
    func watch() -> LiveView
    /// Whether somebody watches.
    var isWatched: Bool { get }
    /// Whether publishing takes pictures; otherwise metadata will do.
    var needsPixels: Bool { get }
    /// Makes the next frame a key frame.
    func requestKeyFrame()
    /// How it is doing. Any thread.
    var status: PipelineStatus { get }
    /// Ends it; nothing works afterwards.
    func shutDown()
}

extension Pipeline: VideoOutput {
    /// Always.
    public var needsPixels: Bool { true }
}

extension LiveView {
    /// A view that is over before it begins.
    public static var ended: LiveView {
        let mailbox = LiveMailbox {}
        mailbox.end()
        return LiveView(mailbox) {}
    }
}
