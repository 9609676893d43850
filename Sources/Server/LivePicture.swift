/// All that the server knows of the live picture.
public protocol LivePicture: Sendable {
    /// Lets somebody watch; the picture is made while somebody does.
    func watch() -> any LiveVideo
}

/// What one viewer gets: a fragmented MP4 from its init segment on, a frame at a time.
public protocol LiveVideo: ByteStream {
    /// What plays it, such as `avc1.42C01F`, as soon as there is a picture; nil when it is over or the task is cancelled.
    ///
    /// Asked once, before the first bytes are read.
    func codecs() async -> String?
}
