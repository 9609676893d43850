/// Where an NV12 picture lies: a plane of luma, then one of interleaved Cb and Cr at half size; BT.709, limited range.
///
/// `@unchecked Sendable`: it only points; whoever owns the memory says who may write to it and when.
public struct Picture: @unchecked Sendable {
    /// Width in pixels; even.
    public let width: Int
    /// Height in pixels; even.
    public let height: Int
    /// Bytes from one row to the next, in both planes.
    public let stride: Int
    /// The first byte of luma.
    public let luma: UnsafeMutablePointer<UInt8>
    /// The first byte of chroma.
    public let chroma: UnsafeMutablePointer<UInt8>

    /// Creates a picture over memory that outlives it.
    public init(width: Int, height: Int, stride: Int, luma: UnsafeMutablePointer<UInt8>, chroma: UnsafeMutablePointer<UInt8>) {
        self.width = width
        self.height = height
        self.stride = stride
        self.luma = luma
        self.chroma = chroma
    }

    /// Creates a picture over one block of ``size(width:height:)`` bytes.
    public init(width: Int, height: Int, in memory: UnsafeMutableRawPointer) {
        let stride = Picture.stride(width)
        let bytes = memory.assumingMemoryBound(to: UInt8.self)
        self.init(width: width, height: height, stride: stride, luma: bytes, chroma: bytes + stride * height)
    }

    /// Bytes that a picture takes.
    public static func size(width: Int, height: Int) -> Int { stride(width) * height * 3 / 2 }

    // Rows begin on a cache line, which is also what encoders and scalers like best.
    private static func stride(_ width: Int) -> Int { (width + 63) & ~63 }
}
