internal import CameraBindings

/// Turns frames into packets. Used by one thread.
protocol Encoder: AnyObject {
    /// What libavcodec calls it.
    var name: String { get }
    /// What it was opened for; the bitrate is the current one.
    var settings: EncoderSettings { get }

    /// Encodes a frame without copying it and hands over the packets that are ready.
    func encode(_ frame: Frame, at time: FrameTime, asKey: Bool, deliver: (Packet) -> Void) throws(EncoderError)

    /// Changes the bitrate from the next frame on; false when it has to be opened anew for that.
    func setBitrate(_ bitrate: Int) -> Bool
}

/// What an encoder is opened for.
struct EncoderSettings: Sendable, Equatable {
    var width: Int
    var height: Int
    var format: Pixels.Format
    var framerate: Double
    var bitrate: Int
    /// One is enough for 1080p30 on a Raspberry Pi 5 and costs the least.
    var threads = 1
}

/// Why there is no packet.
struct EncoderError: Error, Equatable {
    /// For people.
    var sentence: String
}
