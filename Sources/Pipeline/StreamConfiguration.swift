/// What the stream shall be.
public struct StreamConfiguration: Sendable, Equatable {
    /// Width in pixels; even.
    public var width: Int
    /// Height in pixels; even.
    public var height: Int
    /// Frames a second.
    public var framerate: Double
    /// Bits a second; resolved, never 0.
    public var bitrate: Int
    /// Seconds from one key frame to the next.
    public var keyInterval: Double

    /// Creates a configuration.
    public init(width: Int, height: Int, framerate: Double, bitrate: Int, keyInterval: Double) {
        self.width = width
        self.height = height
        self.framerate = framerate
        self.bitrate = bitrate
        self.keyInterval = keyInterval
    }
}
