internal import Timing

/// One frame of a fragmented MP4; every viewer gets the same bytes.
final class LiveFragment: Sendable {
    /// `moof` and `mdat`.
    let bytes: [UInt8]
    /// Whether a player can start here.
    let isKey: Bool
    /// What a player must have been told before.
    let header: LiveHeader
    /// When the camera took the picture.
    let captured: Instant

    init(_ bytes: [UInt8], isKey: Bool, header: LiveHeader, captured: Instant) {
        self.bytes = bytes
        self.isKey = isKey
        self.header = header
        self.captured = captured
    }
}

/// The beginning of a fragmented MP4: what a player must know before the first fragment.
final class LiveHeader: Sendable {
    /// `ftyp` and `moov`.
    let bytes: [UInt8]
    /// The codec as browsers name it, such as `avc1.42C01F`.
    let codecs: String

    init(_ bytes: [UInt8], codecs: String) {
        self.bytes = bytes
        self.codecs = codecs
    }
}
