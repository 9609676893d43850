internal import CameraBindings
internal import Catalog
internal import Timing

/// Frames in, packets out: opens, changes and reopens the encoder as frames and orders demand. Used by the encode thread alone.
struct EncodeStage {
    /// Opens the encoder of a name.
    typealias Open = (String, EncoderSettings) throws(EncoderError) -> any Encoder

    private static let retryPause = 1.0

    private let board: PipelineBoard
    private let sinks: [any Sink]
    private let clock: any HostClock
    private let report: @Sendable (PipelineEvent) -> Void
    private let open: Open
    private var encoder: (any Encoder)?
    private var failed: Set<String> = []
    private var retryAt = Instant(nanoseconds: 0)
    private var rhythm = KeyRhythm()
    private var timeline = FrameTimeline()
    private var repetition = Repetition()

    /// Creates a stage without an encoder; the first frame opens one.
    init(
        board: PipelineBoard, sinks: [any Sink], clock: any HostClock, report: @escaping @Sendable (PipelineEvent) -> Void,
        open: @escaping Open = { name, settings throws(EncoderError) in try H264Encoder(name, settings) }
    ) {
        self.board = board
        self.sinks = sinks
        self.clock = clock
        self.report = report
        self.open = open
    }

    /// Takes frames until the queue is closed; while a long exposure lasts, the picture before it is shown again.
    mutating func run(_ frames: FrameQueue) {
        while true {
            switch frames.next(within: repetition.patience) {
            case .frame(let frame): take(frame)
            case .none: takeAgain()
            case .closed: return
            }
        }
    }

    /// Encodes a frame and hands the packets to the sinks.
    mutating func take(_ frame: Frame) {
        defer { board.finished() }
        repetition.showed(frame, at: clock.now, framerate: board.configuration.framerate)
        show(frame, at: frame.metadata.report.timestamp)
    }

    /// Encodes the last frame once more where that keeps players going.
    mutating func takeAgain() {
        guard let (frame, timestamp) = repetition.due(at: clock.now) else { return }
        board.note { $0.framesRepeated += 1 }
        show(frame, at: timestamp)
    }

    private mutating func show(_ frame: Frame, at timestamp: Double) {
        guard let pixels = frame.pixels, sinks.contains(where: \.wantsPackets) else { return }
        do throws(EncoderError) {
            let orders = board.takeOrders()
            guard let encoder = try encoder(for: pixels, orders.configuration) else { return }
            try encode(frame, at: timestamp, with: encoder, orders)
        } catch {
            giveUp(error)
        }
    }

    private mutating func encode(_ frame: Frame, at timestamp: Double, with encoder: any Encoder, _ orders: PipelineBoard.Orders)
        throws(EncoderError)
    {
        let framerate = orders.configuration.framerate
        let time = timeline.time(of: timestamp, framerate: framerate)
        let isKey = rhythm.isDue(
            at: time.pts, interval: orders.configuration.keyInterval, framerate: framerate, asked: orders.isKeyAsked)
        let began = clock.now
        try encoder.encode(frame, at: time, asKey: isKey) { packet in
            count(packet, since: began)
            for sink in sinks where sink.wantsPackets { sink.offer(packet) }
        }
    }

    private func count(_ packet: Packet, since began: Instant) {
        let now = clock.now
        board.note { figures in
            figures.framesEncoded += 1
            if packet.isKey { figures.keyFrames += 1 }
            figures.lastEncode = began.seconds(to: now)
            figures.encodeTime.add(seconds: figures.lastEncode)
            figures.encodedAfter.add(seconds: packet.captured.seconds(to: now))
        }
    }

    /// The encoder for frames like these; nil while it is too early to try again.
    private mutating func encoder(for pixels: Pixels, _ wanted: StreamConfiguration) throws(EncoderError) -> (any Encoder)? {
        if let encoder, encoder.settings.fits(pixels) {
            if encoder.settings.bitrate == wanted.bitrate || encoder.setBitrate(wanted.bitrate) { return encoder }
        }
        guard clock.now >= retryAt else { return nil }
        // The old one goes first: a device allows only one.
        encoder = nil
        let settings = EncoderSettings(
            width: pixels.width, height: pixels.height, format: pixels.format, framerate: wanted.framerate, bitrate: wanted.bitrate)
        let choice = try EncoderChoice(except: failed) { name throws(EncoderError) in try open(name, settings) }
        encoder = choice.encoder
        rhythm = KeyRhythm()
        board.note { figures in
            figures.encoder = choice.encoder.name
            figures.encoderChoice = choice.reason
            figures.encoderReason = nil
        }
        return choice.encoder
    }

    private mutating func giveUp(_ error: EncoderError) {
        if let name = encoder?.name, name != EncoderChoice.software {
            // A device that failed is not trusted again, and software takes its place with the next frame.
            failed.insert(name)
        } else {
            retryAt = clock.now.advanced(by: EncodeStage.retryPause)
        }
        encoder = nil
        let isNews = board.figures.encoderReason != error.sentence
        board.note { figures in
            figures.encoder = "none"
            figures.encoderChoice = nil
            figures.encoderReason = error.sentence
        }
        if isNews { report(.encoderFailed(error.sentence)) }
    }
}

extension EncoderSettings {
    fileprivate func fits(_ pixels: Pixels) -> Bool { width == pixels.width && height == pixels.height && format == pixels.format }
}
