internal import CMedia
internal import Timing

/// An access unit with its times; sinks share its bytes.
///
/// `@unchecked Sendable`: what the handle points to is written before the packet is made and only read afterwards.
final class Packet: @unchecked Sendable {
    /// Needed to decode it.
    let header: StreamHeader
    /// Presentation time, 90 kHz.
    let pts: Int64
    /// Whether decoding can start here.
    let isKey: Bool
    /// Bytes.
    let size: Int
    /// When the camera took the picture.
    let captured: Instant
    /// Ownership of the reference; for the calls of CMedia.
    let handle: OpaquePointer

    /// Takes ownership of `handle`.
    init(taking handle: OpaquePointer, header: StreamHeader, captured: Instant) {
        let view = cmed_packet_view(handle)
        self.handle = handle
        self.header = header
        self.captured = captured
        pts = view.pts
        isKey = view.is_key != 0
        size = view.size
    }

    deinit { cmed_packet_destroy(handle) }

    /// Reads the bytes, Annex B.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let view = cmed_packet_view(handle)
        return body(UnsafeRawBufferPointer(start: view.data, count: view.size))
    }
}
