/// One plane of a picture seen as rows of bytes, `step` bytes to a sample position: 1 for luma, 2 for chroma.
struct Plane {
    let base: UnsafeMutablePointer<UInt8>
    let stride: Int
    /// Samples in a row.
    let width: Int
    let rows: Int
    /// Bytes a sample.
    let step: Int

    /// Bytes in a row that carry samples.
    var bytes: Int { width * step }

    func row(_ index: Int) -> UnsafeMutablePointer<UInt8> { base + index * stride }
}

extension Picture {
    var lumaPlane: Plane { Plane(base: luma, stride: stride, width: width, rows: height, step: 1) }
    var chromaPlane: Plane { Plane(base: chroma, stride: stride, width: width / 2, rows: height / 2, step: 2) }
    var planes: [Plane] { [lumaPlane, chromaPlane] }
}
