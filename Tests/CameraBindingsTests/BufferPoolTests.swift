@testable import CameraBindings
import Catalog
import Painting
import Testing

@Suite struct BufferPoolTests {
    @Test func `a pool gives what it has and gets it back with the last reference`() throws {
        let pool = try BufferPool(width: 64, height: 64, count: 2)
        var first = pool.take()
        let second = pool.take()
        #expect(first != nil && second != nil && pool.take() == nil)
        first = nil
        #expect(pool.inUse == 1 && pool.take() != nil)
    }

    @Test func `two frames may share a buffer`() throws {
        let pool = try BufferPool(width: 64, height: 64, count: 1)
        var buffer = pool.take()
        let metadata = FrameMetadata(report: FrameReport(), settledRequest: 0, inForce: InForce(values: [:]))
        var frames = [Frame(buffer, metadata), Frame(buffer, metadata)]
        buffer = nil
        frames.removeLast()
        #expect(pool.inUse == 1)
        frames.removeLast()
        #expect(pool.inUse == 0)
    }

    @Test func `buffers begin on a page and rows on a cache line`() throws {
        let picture = try #require(try BufferPool(width: 322, height: 64, count: 1).take()).picture
        #expect(Int(bitPattern: picture.luma) % 4096 == 0)
        #expect(picture.stride == 384)
    }
}
