/// How a pipeline is doing.
public struct PipelineStatus: Sendable, Equatable {
    /// `libx264`, `h264_v4l2m2m`, or `none` while none is open.
    public var encoder = "none"
    /// Whether an encoder is open.
    public var encoderIsUp = false
    /// Why the encoder is down; nil when it is up or nobody has wanted it yet.
    public var encoderReason: String?
    /// Why this encoder was chosen; nil while none is open.
    public var encoderChoice: String?
    /// `stopped`, `connecting`, `live` or `waiting`.
    public var publisher = "stopped"
    /// Why the publisher is not live; nil when it is live or stopped.
    public var publisherReason: String?
    /// Connections attempted since publishing was started.
    public var attempts = 0
    /// Frames offered while a sink wanted packets.
    public var framesIn = 0
    /// Frames lost because the encoder was late.
    public var framesDropped = 0
    /// Frames that found the encoder still busy with an earlier one.
    public var framesLate = 0
    /// Frames encoded, repeated ones among them.
    public var framesEncoded = 0
    /// Times a picture was encoded again because the next one took long.
    public var framesRepeated = 0
    /// Packets written to the server.
    public var packetsSent = 0
    /// Packets lost because the server was late.
    public var packetsDropped = 0
    /// Bytes of packets written to the server.
    public var bytesSent = 0
    /// Key frames encoded.
    public var keyFrames = 0
    /// Bits a second the encoder aims at.
    public var bitrate = 0
    /// Milliseconds the last frame took to encode.
    public var lastEncodeMilliseconds = 0.0
    /// Milliseconds to encode a frame, lately.
    public var encodeTime = Latency.Figures()
    /// Milliseconds from the frame's timestamp until it was encoded, lately.
    public var encodedAfter = Latency.Figures()
    /// Milliseconds from the frame's timestamp until it was written to the server, lately.
    public var sentAfter = Latency.Figures()
    /// Viewers of the live picture now.
    public var viewers = 0
    /// Viewers there have been.
    public var viewersEver = 0
    /// Fragments handed to viewers; one that goes to two viewers counts twice.
    public var fragmentsSent = 0
    /// Fragments that viewers lost because they were slow.
    public var fragmentsSkipped = 0
    /// Milliseconds from the frame's timestamp until it was made for the viewers, lately.
    public var liveAfter = Latency.Figures()

    /// Creates the status of a pipeline that has done nothing yet.
    public init() {}
}
