internal import CMedia

/// Makes fragments of an MP4 out of packets, one for each. Used by one thread.
final class FragmentMuxer {
    /// Ticks a frame lasts as long as nothing better is known: a thirtieth of a second.
    private static let usualDuration: Int64 = 3000
    /// A longer pause than this many ticks says nothing about how long a frame lasts.
    private static let longestDuration: Int64 = 90_000

    /// What the packets need to be decoded.
    let stream: StreamHeader
    /// What the fragments need to be decoded.
    let header: LiveHeader
    private let handle: OpaquePointer
    private var last: Int64?
    private var duration = usualDuration

    /// Creates a muxer for the packets of one encoder.
    /// - Throws: when the encoder has not told its parameters, or libavformat refuses them.
    init(_ stream: StreamHeader) throws(EncoderError) {
        self.stream = stream
        guard let codecs = CodecName.name(stream.parameters) else { throw EncoderError(sentence: "the encoder has told no parameters yet") }
        var made: OpaquePointer?
        var bytes = cmed_bytes()
        let status = stream.parameters.withUnsafeBufferPointer { parameters in
            var wanted = cmed_stream(
                width: Int32(stream.width), height: Int32(stream.height), header: parameters.baseAddress, header_size: parameters.count)
            return cmed_muxer_create(&wanted, &made, &bytes)
        }
        guard let made else { throw EncoderError(sentence: "no MP4 can be made of it: \(Status.explain(status))") }
        handle = made
        header = LiveHeader(Array(bytes), codecs: codecs)
    }

    deinit { cmed_muxer_destroy(handle) }

    /// The fragment of one packet.
    /// - Throws: when libavformat refuses it; the muxer is of no more use then.
    func fragment(_ packet: Packet) throws(EncoderError) -> LiveFragment {
        if let last, packet.pts - last <= FragmentMuxer.longestDuration { duration = packet.pts - last }
        last = packet.pts
        var bytes = cmed_bytes()
        let status = cmed_muxer_write(handle, packet.handle, duration, &bytes)
        guard status == 0 else { throw EncoderError(sentence: "a frame does not go into the MP4: \(Status.explain(status))") }
        return LiveFragment(Array(bytes), isKey: packet.isKey, header: header, captured: packet.captured)
    }
}

extension [UInt8] {
    /// A copy of what a muxer made.
    fileprivate init(_ bytes: cmed_bytes) { self.init(UnsafeBufferPointer(start: bytes.data, count: bytes.size)) }
}
