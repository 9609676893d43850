internal import CCamera
internal import Catalog
internal import Glibc

/// One opened camera of libcamera's.
///
/// `@unchecked Sendable`: `camera` is used by one thread at a time (the owner's), except for ``queue(_:_:)`` and ``wake()``, which
/// libcamera and the C layer allow from any thread.
final class NativeCamera: @unchecked Sendable {
    private let camera: OpaquePointer
    // The camera must go before its library does.
    private let library: LibcameraLibrary
    /// libcamera's name for it.
    let id: String

    /// Takes a camera for this process.
    /// - Throws: `notFound` without such a camera, `failed` when another process has it.
    init(_ id: String, in library: LibcameraLibrary) throws(CameraError) {
        camera = try library.open(id)
        self.library = library
        self.id = id
    }

    deinit { ccam_camera_close(camera) }

    /// Every control libcamera knows, with what this camera reports in its present configuration.
    var controls: [NativeControl] {
        var count = 0
        guard let controls = ccam_camera_controls(camera, &count) else { return [] }
        return (0..<count).map { NativeControl(controls[$0]) }
    }

    /// What the camera says of itself.
    func property(_ name: String) -> Value? { ccam_camera_property(camera, name).flatMap { NativeShape.value($0.pointee) } }

    /// A pixel format with the sizes it comes in.
    struct Format: Sendable, Equatable {
        /// libcamera's name for it.
        var name: String
        /// The smallest size.
        var least: PixelSize
        /// The largest size.
        var most: PixelSize
        /// The sizes; empty where only the range is known.
        var sizes: [PixelSize]
    }

    /// The formats for video or for raw pictures; empty where it has no such stream.
    func formats(_ role: ccam_role) -> [Format] {
        var count = 0
        guard let formats = ccam_camera_formats(camera, role, &count) else { return [] }
        return (0..<count).map { Format(formats[$0]) }
    }

    /// Says what a wish would become.
    func attempt(_ wish: NativeWish) -> ccam_grant? {
        var grant = ccam_grant()
        return wish.withWish { ccam_camera_try(camera, $0, &grant) } == 0 ? grant : nil
    }

    /// Configures the stopped camera.
    /// - Throws: `failed`.
    func configure(_ wish: NativeWish) throws(CameraError) -> ccam_grant {
        var grant = ccam_grant()
        let status = wish.withWish { ccam_camera_configure(camera, $0, &grant) }
        guard status == 0 else {
            throw .failed("the camera refused \(wish.width)x\(wish.height) \(wish.format): \(NativeStatus.sentence(status))")
        }
        return grant
    }

    /// Makes the buffers of the configured camera, from the first kind of memory that serves.
    /// - Throws: `failed`.
    func makeBuffers(_ kinds: [ccam_memory]) throws(CameraError) -> OpaquePointer {
        var status = -ENOMEM
        for kind in kinds {
            var buffers: OpaquePointer?
            status = ccam_buffers_create(camera, kind, &buffers)
            if let buffers { return buffers }
        }
        throw .failed("no memory for the camera's pictures (\(NativeStatus.sentence(status))); 'luneta doctor' shows what is free")
    }

    /// Starts it with some control values.
    /// - Throws: `failed`.
    func start(_ buffers: OpaquePointer, _ fields: NativeFields) throws(CameraError) {
        let status = fields.withFields { ccam_camera_start(camera, buffers, $0, $1) }
        guard status == 0 else { throw .failed("the camera did not start: \(NativeStatus.sentence(status))") }
    }

    func stop() { ccam_camera_stop(camera) }

    /// Queues a slot; false when the camera does not take it.
    func queue(_ slot: Int, _ fields: NativeFields) -> Bool { fields.withFields { ccam_camera_queue(camera, slot, $0, $1) } == 0 }

    /// Waits for the next event.
    func wait(seconds: Double) -> ccam_event {
        var event = ccam_event()
        ccam_camera_wait(camera, seconds, &event)
        return event
    }

    /// Ends a wait early.
    func wake() { ccam_camera_wake(camera) }
}

/// A size in pixels.
struct PixelSize: Sendable, Hashable {
    var width: Int
    var height: Int
    var area: Int { width * height }
}

/// How libcamera is asked to run a camera.
struct NativeWish: Equatable {
    var width: Int
    var height: Int
    var format: String
    var buffers: Int
    /// Output size and bits of the sensor mode; nil leaves the choice to libcamera.
    var mode: Mode?
    /// A second, smaller stream; nil for none.
    var low: PixelSize?
    var hflip = false
    var vflip = false

    /// A sensor mode as libcamera is asked for it.
    struct Mode: Equatable {
        var size: PixelSize
        var bits: Int
    }

    func withWish(_ body: (UnsafePointer<ccam_wish>) -> Int32) -> Int32 {
        format.withCString { format in
            var wish = ccam_wish()
            (wish.width, wish.height, wish.format, wish.buffers) = (Int32(width), Int32(height), format, Int32(buffers))
            (wish.low_width, wish.low_height) = (Int32(low?.width ?? 0), Int32(low?.height ?? 0))
            (wish.mode_width, wish.mode_height) = (Int32(mode?.size.width ?? 0), Int32(mode?.size.height ?? 0))
            (wish.mode_bits, wish.hflip, wish.vflip) = (Int32(mode?.bits ?? 0), hflip, vflip)
            return body(&wish)
        }
    }
}

extension NativeCamera.Format {
    fileprivate init(_ format: ccam_format) {
        name = String(cFormat: format.name)
        least = PixelSize(width: Int(format.least_width), height: Int(format.least_height))
        most = PixelSize(width: Int(format.most_width), height: Int(format.most_height))
        sizes = (0..<format.size_count).map { PixelSize(width: Int(format.sizes[2 * $0]), height: Int(format.sizes[2 * $0 + 1])) }
    }
}

extension ccam_stream {
    /// libcamera's name for its pixel format.
    var formatName: String { String(cFormat: format) }
}

extension String {
    /// Text in a fixed block that a null byte ends.
    fileprivate init<Block>(cFormat block: Block) {
        self = withUnsafeBytes(of: block) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
