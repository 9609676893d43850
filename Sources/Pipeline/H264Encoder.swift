internal import CMedia
internal import CameraBindings
internal import Glibc
internal import Timing

/// H.264 by libavcodec: libx264, or a V4L2 memory-to-memory device.
final class H264Encoder: Encoder {
    /// A device that swallowed so many frames will never give one back; a healthy one starts after about ten.
    private static let mostSwallowed = 60
    /// Below this many bits a second the Raspberry Pi's encoder hangs.
    private static let leastBitrate = 100_000
    /// Far beyond any stream: ``KeyRhythm`` sets the key frames.
    private static let endlessGroup = Int32(1 << 30)

    let name: String
    private(set) var settings: EncoderSettings
    private let handle: OpaquePointer
    private var header: StreamHeader?
    /// Frames sent whose packets have not come out yet.
    private var inside: [FrameTime] = []

    /// Opens `name`.
    /// - Throws: when libavcodec has no such encoder, or it does not open with these settings.
    init(_ name: String, _ settings: EncoderSettings) throws(EncoderError) {
        self.name = name
        self.settings = settings
        var wanted = H264Encoder.translate(settings)
        var opened: OpaquePointer?
        let status = name.withCString { codec in
            wanted.codec = codec
            return cmed_encoder_create(&wanted, &opened)
        }
        guard let opened else { throw EncoderError(sentence: "'\(name)' does not open: \(Status.explain(status))") }
        handle = opened
    }

    deinit { cmed_encoder_destroy(handle) }

    func encode(_ frame: Frame, at time: FrameTime, asKey: Bool, deliver: (Packet) -> Void) throws(EncoderError) {
        guard let pixels = frame.pixels else { return }
        inside.append(time)
        let status = send(frame, pixels, time.pts, asKey)
        // -EAGAIN: a device with all its buffers in use; the frame is lost, and too many of these end below.
        guard status == 0 || status == -EAGAIN else { throw EncoderError(sentence: "'\(name)' refused a frame: \(Status.explain(status))") }
        while let packet = try receive() { deliver(packet) }
        guard inside.count <= H264Encoder.mostSwallowed else {
            throw EncoderError(sentence: "'\(name)' took \(inside.count) frames and gave no packet")
        }
    }

    func setBitrate(_ bitrate: Int) -> Bool {
        guard cmed_encoder_set_bitrate(handle, H264Encoder.clamp(bitrate)) == 0 else { return false }
        settings.bitrate = bitrate
        return true
    }

    private static func clamp(_ bitrate: Int) -> Int64 { Int64(max(bitrate, leastBitrate)) }

    private static func translate(_ settings: EncoderSettings) -> cmed_encoder_settings {
        var wanted = cmed_encoder_settings()
        wanted.width = Int32(settings.width)
        wanted.height = Int32(settings.height)
        wanted.format = settings.format == .nv12 ? CMED_NV12 : CMED_YUV420P
        wanted.rate_frames = Int32((settings.framerate * 1000).rounded())
        wanted.rate_seconds = 1000
        wanted.bitrate = clamp(settings.bitrate)
        wanted.gop = endlessGroup
        wanted.threads = Int32(settings.threads)
        return wanted
    }

    private func send(_ frame: Frame, _ pixels: Pixels, _ pts: Int64, _ asKey: Bool) -> Int32 {
        var picture = cmed_picture()
        let planes = pixels.planes.map { $0.base.assumingMemoryBound(to: UInt8.self) }
        picture.planes = (planes[0], planes[1], planes.count > 2 ? planes[2] : nil)
        picture.strides = (
            Int32(pixels.planes[0].stride), Int32(pixels.planes[1].stride), Int32(planes.count > 2 ? pixels.planes[2].stride : 0)
        )
        picture.size = pixels.planes[0].stride * pixels.planes[0].rows
        let owner = Unmanaged.passRetained(frame).toOpaque()
        return cmed_encoder_send(handle, &picture, pts, asKey ? 1 : 0, H264Encoder.release, owner)
    }

    /// Drops the encoder's reference to a frame; libavcodec calls it on the thread that encodes.
    private static let release: cmed_release = { owner, _ in
        guard let owner else { return }
        Unmanaged<Frame>.fromOpaque(owner).release()
    }

    private func receive() throws(EncoderError) -> Packet? {
        var packet: OpaquePointer?
        let status = cmed_encoder_receive(handle, &packet)
        if status == -EAGAIN { return nil }
        guard let packet else { throw EncoderError(sentence: "'\(name)' gave no packet: \(Status.explain(status))") }
        let pts = cmed_packet_view(packet).pts
        let captured = inside.first { $0.pts == pts }?.captured ?? Instant(nanoseconds: 0)
        inside.removeAll { $0.pts <= pts }
        return Packet(taking: packet, header: currentHeader(), captured: captured)
    }

    private func currentHeader() -> StreamHeader {
        if let header { return header }
        var data: UnsafePointer<UInt8>?
        var size = 0
        let isKnown = cmed_encoder_header(handle, &data, &size) == 0
        let made = StreamHeader(
            width: settings.width, height: settings.height, parameters: Array(UnsafeBufferPointer(start: data, count: isKnown ? size : 0)))
        if isKnown { header = made }
        return made
    }
}
