internal import Painting
internal import Timing

/// Picture buffers of one size, allocated once and used again and again.
final class BufferPool: Sendable {
    /// Enough for a queue, an encoder and a still at the same time; more would only add latency.
    static let standardCount = 5

    /// Width in pixels.
    let width: Int
    /// Height in pixels.
    let height: Int
    private let memory: [PixelMemory]
    private let idle: Mutex<[Int]>

    /// Allocates `count` buffers.
    /// - Throws: `failed` when there is no memory for them.
    init(width: Int, height: Int, count: Int = standardCount) throws(CameraError) {
        self.width = width
        self.height = height
        var blocks: [PixelMemory] = []
        for _ in 0..<count {
            guard let block = PixelMemory(size: Picture.size(width: width, height: height)) else {
                throw .failed("no memory for \(count) pictures of \(width)x\(height); ask for a smaller 'stream.size'")
            }
            blocks.append(block)
        }
        memory = blocks
        idle = Mutex(Array(0..<count))
    }

    /// Buffers that somebody holds.
    var inUse: Int { memory.count - idle.withLock { $0.count } }

    /// A buffer; nil while all are in use. The last reference to it gives it back.
    func take() -> PictureBuffer? {
        guard let index = idle.withLock({ $0.popLast() }) else { return nil }
        return PictureBuffer(Picture(width: width, height: height, in: memory[index].base), pool: self, index: index)
    }

    fileprivate func giveBack(_ index: Int) { idle.withLock { $0.append(index) } }
}

/// A buffer of a pool while somebody holds it: whoever took it writes it, everybody else reads.
final class PictureBuffer: Sendable {
    /// Where its pixels are.
    let picture: Picture
    private let pool: BufferPool
    private let index: Int

    fileprivate init(_ picture: Picture, pool: BufferPool, index: Int) {
        self.picture = picture
        self.pool = pool
        self.index = index
    }

    deinit { pool.giveBack(index) }

    /// The pixels as a frame carries them.
    var pixels: Pixels {
        let luma = Pixels.Plane(base: UnsafeMutableRawPointer(picture.luma), stride: picture.stride, rows: picture.height)
        let chroma = Pixels.Plane(base: UnsafeMutableRawPointer(picture.chroma), stride: picture.stride, rows: picture.height / 2)
        return Pixels(width: picture.width, height: picture.height, format: .nv12, planes: [luma, chroma])
    }
}

extension Frame {
    /// A frame that holds a buffer; without one it carries metadata only.
    convenience init(_ buffer: PictureBuffer?, _ metadata: FrameMetadata) {
        self.init(pixels: buffer?.pixels, metadata: metadata) { withExtendedLifetime(buffer) {} }
    }
}
