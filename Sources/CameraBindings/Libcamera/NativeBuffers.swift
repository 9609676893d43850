internal import CCamera
internal import Catalog
internal import Timing

/// The mapped buffers of one configuration, as slots that are with the camera, idle, or held by a frame.
///
/// They outlive the configuration and the camera, as long as a frame holds one.
///
/// `@unchecked Sendable`: the C buffers are immutable once made; who holds which slot is under `slots`.
final class NativeBuffers: @unchecked Sendable {
    private struct Slots {
        var idle: [Int]
        var held: Set<Int> = []
        /// Is told that a slot became idle.
        var returned: (@Sendable () -> Void)?
    }

    /// The C buffers.
    let pointer: OpaquePointer
    private let count: Int
    private let slots: Mutex<Slots>

    /// Takes over what was made.
    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        count = ccam_buffers_count(pointer)
        slots = Mutex(Slots(idle: Array(0..<count)))
    }

    deinit { ccam_buffers_free(pointer) }

    /// Slots that frames hold.
    var held: Int { slots.withLock { $0.held.count } }

    /// Before a start: every slot that no frame holds is idle; `returned` is told of each that comes back.
    func reset(returned: (@Sendable () -> Void)?) {
        slots.withLock { slots in
            slots.idle = (0..<count).filter { !slots.held.contains($0) }
            slots.returned = returned
        }
    }

    /// An idle slot, oldest first; nil when there is none.
    func take() -> Int? { slots.withLock { $0.idle.isEmpty ? nil : $0.idle.removeFirst() } }

    /// A slot whose picture nobody wants.
    func putBack(_ slot: Int) { slots.withLock { $0.idle.append(slot) } }

    /// A frame holds a slot until it calls what this returns.
    func hold(_ slot: Int) -> @Sendable () -> Void {
        slots.withLock { _ = $0.held.insert(slot) }
        return { self.giveBack(slot) }
    }

    private func giveBack(_ slot: Int) {
        let returned = slots.withLock { slots in
            slots.held.remove(slot)
            slots.idle.append(slot)
            return slots.returned
        }
        returned?()
    }

    /// The mapped planes of a slot's picture, or of its small one.
    func planes(_ slot: Int, low: Bool = false) -> [ccam_plane] {
        var count = 0
        guard let planes = ccam_buffers_planes(pointer, slot, low, &count) else { return [] }
        return (0..<count).map { planes[$0] }
    }
}

/// Where the pixels of a configured stream lie in a slot, and what they are.
struct PictureLayout: Sendable, Equatable {
    let width: Int
    let height: Int
    let stride: Int
    /// What the encoder takes; nil for a format that has to be converted.
    let format: Pixels.Format?
    /// libcamera's name for the format.
    let name: String

    init(_ stream: ccam_stream) {
        (width, height, stride) = (Int(stream.width), Int(stream.height), Int(stream.stride))
        name = stream.formatName
        format =
            switch name {
            case "NV12": .nv12
            case "YUV420": .yuv420
            default: nil
            }
    }

    /// The pixels in mapped planes, wrapped as they are; nil when there are fewer bytes than the format has.
    func pixels(_ planes: [ccam_plane]) -> Pixels? {
        guard let format, let first = planes.first else { return nil }
        let strides = format == .nv12 ? [stride, stride] : [stride, stride / 2, stride / 2]
        let rows = [height] + Array(repeating: (height + 1) / 2, count: strides.count - 1)
        var end = 0
        let laid = zip(strides, rows).enumerated().map { index, shape in
            defer { end += shape.0 * shape.1 }
            // A driver with one plane for all has them one after the other.
            let base = planes.count == strides.count ? planes[index].base : first.base.map { $0 + end }
            return base.map { Pixels.Plane(base: UnsafeMutableRawPointer($0), stride: shape.0, rows: shape.1) }
        }
        let whole =
            planes.count == strides.count
            ? zip(planes, zip(strides, rows)).allSatisfy { $0.length >= $1.0 * ($1.1 - 1) + min($1.0, width) }
            : first.length >= end
        return whole ? Pixels(width: width, height: height, format: format, planes: laid.compactMap(\.self)) : nil
    }
}
