public import CameraBindings
public import Timing

/// Frames to an encoder, to a server and to viewers: owns the threads and the queues between them.
///
/// No method waits for a device or a network; a server that hangs costs packets, counted, and never a frame.
public final class Pipeline: Sendable {
    private static let shutDownLimit = 2.0

    private let frames = FrameQueue(capacity: 3)
    private let board: PipelineBoard
    private let publisher: PublisherSink
    private let live: LiveSink
    private let threads: [WorkThread]
    private let clock: any HostClock

    /// Creates a pipeline and its threads; it does nothing until it has frames and somewhere to send them.
    ///
    /// `report` is called on the pipeline's threads and must not block.
    public init(_ configuration: StreamConfiguration, clock: any HostClock, report: @escaping @Sendable (PipelineEvent) -> Void) {
        let board = PipelineBoard(configuration)
        let publisher = PublisherSink(clock: clock, report: report, requestKeyFrame: board.askForKey)
        let live = LiveSink(clock: clock, report: report, requestKeyFrame: board.askForKey)
        let frames = frames
        self.board = board
        self.publisher = publisher
        self.live = live
        self.clock = clock
        threads = [
            WorkThread("encode") {
                var stage = EncodeStage(board: board, sinks: [publisher, live], clock: clock, report: report)
                stage.run(frames)
            },
            WorkThread("publish") { publisher.run() },
            WorkThread("live") { live.run() },
        ]
    }

    deinit { end() }

    /// Takes a frame; one without pixels, or that nobody wants, is released at once. For the camera's thread: never blocks.
    public func offer(_ frame: Frame) {
        guard frame.pixels != nil, publisher.wantsPackets || live.wantsPackets else { return }
        board.arrived(dropped: frames.dropped)
        frames.push(frame)
    }

    /// Changes bitrate, key interval and frame rate from the next frame on.
    ///
    /// The size follows the frames: the first one of another size opens the encoder anew and has the stream announced anew.
    public func configure(_ configuration: StreamConfiguration) { board.configuration = configuration }

    /// Starts publishing to `url` and keeps at it until ``stopPublishing()``; another URL replaces this one, the same does nothing.
    public func startPublishing(to url: String) { publisher.start(url) }

    /// Stops publishing. Returns at once; the connection is gone within 300 ms.
    public func stopPublishing() { publisher.stop() }

    /// Lets somebody watch the stream as a fragmented MP4, whether or not it is published; any number at a time.
    public func watch() -> LiveView { live.watch() }

    /// Whether somebody watches.
    public var isWatched: Bool { live.wantsPackets }

    /// Makes the next frame a key frame.
    public func requestKeyFrame() { board.askForKey() }

    /// How it is doing. Any thread.
    public var status: PipelineStatus {
        let encoding = board.figures
        let publishing = publisher.figures
        let watching = live.figures
        var status = PipelineStatus()
        status.encoder = encoding.encoder
        status.encoderIsUp = encoding.encoder != "none"
        status.encoderReason = encoding.encoderReason
        status.encoderChoice = encoding.encoderChoice
        status.publisher = publishing.phase.rawValue
        status.publisherReason = publishing.reason
        status.attempts = publishing.attempts
        status.framesIn = encoding.framesIn
        status.framesDropped = frames.dropped
        status.framesLate = encoding.framesLate
        status.framesEncoded = encoding.framesEncoded
        status.framesRepeated = encoding.framesRepeated
        status.keyFrames = encoding.keyFrames
        status.packetsSent = publishing.packets
        status.packetsDropped = publishing.dropped
        status.bytesSent = publishing.bytes
        status.bitrate = board.configuration.bitrate
        status.lastEncodeMilliseconds = encoding.lastEncode * 1000
        status.encodeTime = encoding.encodeTime.figures
        status.encodedAfter = encoding.encodedAfter.figures
        status.sentAfter = publishing.latency.figures
        status.viewers = watching.viewers
        status.viewersEver = watching.viewersEver
        status.fragmentsSent = watching.sent
        status.fragmentsSkipped = watching.skipped
        status.liveAfter = watching.latency.figures
        return status
    }

    /// Ends the threads; waits at most 2 s for them. Nothing works afterwards.
    public func shutDown() {
        end()
        let deadline = clock.now.advanced(by: Pipeline.shutDownLimit)
        for thread in threads { _ = thread.wait(seconds: clock.now.seconds(to: deadline)) }
    }

    private func end() {
        frames.close()
        publisher.end()
        live.end()
    }
}
