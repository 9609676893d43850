internal import CCamera
internal import CConversion
internal import Painting

/// Turns pictures of formats no encoder takes into NV12, in buffers of its own.
///
/// `@unchecked Sendable`: used by the capture thread only.
final class PictureConverter: @unchecked Sendable {
    private let converter: OpaquePointer
    private let pool: BufferPool

    /// Makes a converter for a layout.
    /// - Throws: `unsupported` for a format that nothing converts, `failed` without memory.
    init(_ layout: PictureLayout) throws(CameraError) {
        pool = try BufferPool(width: layout.width, height: layout.height)
        var converter: OpaquePointer?
        let status = cconv_open(layout.name, Int32(layout.width), Int32(layout.height), Int32(layout.stride), &converter)
        guard status == 0, let converter else { throw .unsupported("the camera's pixel format \(layout.name) cannot be converted") }
        self.converter = converter
    }

    deinit { cconv_close(converter) }

    /// The picture in NV12; nil while every buffer is in use, or when the picture is damaged.
    func convert(_ planes: [ccam_plane], bytes: Int) -> PictureBuffer? {
        guard let buffer = pool.take() else { return nil }
        let picture = buffer.picture
        var target = cconv_target(luma: picture.luma, chroma: picture.chroma, stride: Int32(picture.stride))
        let bases = planes.map { UnsafePointer($0.base) }
        let status = bases.withUnsafeBufferPointer { cconv_convert(converter, $0.baseAddress, planes.count, bytes, &target) }
        return status == 0 ? buffer : nil
    }
}
