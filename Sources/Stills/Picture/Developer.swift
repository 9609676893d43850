internal import CJPEG
internal import CameraBindings
internal import Catalog
internal import Glibc

/// Turns frames into JPEGs with EXIF; the Swift side of CJPEG. Belongs to one thread.
final class Developer {
    private let developer: OpaquePointer
    private let software: String
    /// The frame that was taken: its size, and what is known of it.
    private var taken: Taken?

    private struct Taken {
        var width: Int
        var height: Int
        var report: FrameReport
        var time: Double
        var label: CameraLabel
        /// Nil while the clock cannot be trusted.
        var local: LocalTime?
    }

    /// Creates a developer; `software` is what EXIF says made the picture.
    /// - Throws: `failed` without memory.
    init(software: String) throws(Problem) {
        var developer: OpaquePointer?
        guard cjpeg_open(&developer) == 0, let developer else { throw .noMemory }
        self.developer = developer
        self.software = software
    }

    deinit { cjpeg_close(developer) }

    /// Takes a frame's pixels over; the frame is not needed afterwards. Without pixels, or without memory, there is no picture.
    func take(_ frame: Frame, time: Double, local: LocalTime?, label: CameraLabel) throws(Problem) {
        taken = nil
        guard let pixels = frame.pixels else { throw Problem(.unavailable, "the camera makes no pictures now") }
        var picture = cjpeg_picture(pixels)
        guard cjpeg_take(developer, &picture) == 0 else { throw .noMemory }
        taken = Taken(
            width: pixels.width, height: pixels.height, report: frame.metadata.report, time: time, label: label, local: local)
    }

    /// A JPEG of the frame that was taken.
    func develop(_ settings: PictureSettings) throws(Problem) -> Still {
        guard let taken else { throw Problem(.unavailable, "there is no frame to make a picture of") }
        let framing = Framing(settings, frameWidth: taken.width, frameHeight: taken.height)
        var frame = cjpeg_frame(framing, quality: settings.quality, isQuick: settings.isQuick)
        var picture = cjpeg_bytes()
        switch cjpeg_develop(developer, &frame, &picture) {
        case 0: break
        case -ENOMEM: throw .noMemory
        case let status: throw Problem(.failed, "no JPEG of \(framing.width)x\(framing.height) could be made (\(status))")
        }
        let bytes = Developer.jpeg(segment: try exif(taken, framing), picture)
        return Still(
            bytes: bytes, width: framing.width, height: framing.height, fit: settings.fit, scaling: framing.scaling, report: taken.report,
            time: taken.time)
    }

    /// The start of an image, a segment, and the rest of the image.
    private static func jpeg(segment: [UInt8], _ picture: cjpeg_bytes) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 + segment.count + picture.count)
        bytes += [0xff, 0xd8]
        bytes += segment
        bytes += UnsafeBufferPointer(start: picture.base, count: picture.count)
        return bytes
    }

    private func exif(_ taken: Taken, _ framing: Framing) throws(Problem) -> [UInt8] {
        var facts = cjpeg_facts()
        facts.exposure_microseconds = UInt32(clamping: taken.report.exposureTime ?? 0)
        facts.sensitivity = Developer.sensitivity(taken.report)
        (facts.width, facts.height) = (UInt32(framing.width), UInt32(framing.height))
        let local = taken.local
        let texts = [
            taken.label.make, taken.label.model, software, local?.exif, local.map { LocalTime.digits($0.millisecond, 3) },
            local?.offsetText,
        ]
        var segment = cjpeg_bytes()
        let status = texts.withCStrings { texts in
            (facts.make, facts.model, facts.software) = (texts[0], texts[1], texts[2])
            (facts.time, facts.fraction, facts.offset) = (texts[3], texts[4], texts[5])
            return cjpeg_exif(&facts, &segment)
        }
        guard status == 0 else { throw .noMemory }
        defer { cjpeg_free(segment) }
        return Array(UnsafeBufferPointer(start: segment.base, count: segment.count))
    }

    /// ISO 100 stands for a gain of 1; 0 where the camera does not say.
    private static func sensitivity(_ report: FrameReport) -> UInt16 {
        guard let gain = report.analogueGain, gain.isFinite, gain > 0 else { return 0 }
        return UInt16(clamping: Int((min(gain * (report.digitalGain ?? 1), 1000) * 100).rounded()))
    }
}

extension cjpeg_picture {
    fileprivate init(_ pixels: Pixels) {
        self.init()
        let bases = pixels.planes.map { UnsafePointer($0.base.assumingMemoryBound(to: UInt8.self)) }
        let strides = pixels.planes.map { Int32($0.stride) }
        (width, height) = (Int32(pixels.width), Int32(pixels.height))
        is_interleaved = pixels.format == .nv12
        planes = (bases[0], bases[1], is_interleaved ? nil : bases[2])
        self.strides = (strides[0], strides[1], is_interleaved ? 0 : strides[2])
    }
}

extension cjpeg_frame {
    fileprivate init(_ framing: Framing, quality: Int, isQuick: Bool) {
        self.init(
            left: Int32(framing.left), top: Int32(framing.top), width: Int32(framing.partWidth), height: Int32(framing.partHeight),
            out_width: Int32(framing.width), out_height: Int32(framing.height), quality: Int32(quality), is_quick: isQuick)
    }
}

extension [String?] {
    /// Lends C the texts for the length of a call; nil stays NULL.
    fileprivate func withCStrings<Answer>(_ body: ([UnsafePointer<CChar>?]) -> Answer) -> Answer {
        let copies = map { text in text.flatMap { strdup($0) } }
        defer { for copy in copies { free(copy) } }
        return body(copies.map { UnsafePointer($0) })
    }
}

extension Problem {
    static let noMemory = Problem(.failed, "there is no memory for a picture of this size; ask for a smaller one")
}
