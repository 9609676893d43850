internal import Catalog
internal import Timing

/// A part of a medium, read as fast as the client takes it.
struct MediumStream: ByteStream {
    /// What is read.
    let medium: any Medium
    /// Which bytes.
    let range: Range<Int>
    private let isOver = Mutex(false)

    /// Bytes read at once.
    private static let chunk = 64 << 10

    init(medium: any Medium, range: Range<Int>) {
        self.medium = medium
        self.range = range
    }

    func end() { isOver.withLock { $0 = true } }

    func makeAsyncIterator() -> Iterator { Iterator(stream: self, offset: range.lowerBound) }

    /// Reads chunk after chunk; a disk that fails ends it early, which the client sees by the length that was promised.
    struct Iterator: AsyncIteratorProtocol {
        fileprivate let stream: MediumStream
        fileprivate var offset: Int

        mutating func next() async -> [UInt8]? {
            let count = Swift.min(MediumStream.chunk, stream.range.upperBound - offset)
            guard count > 0, !stream.isOver.withLock({ $0 }) else { return nil }
            guard let bytes = try? await stream.medium.read(at: offset, count: count), !bytes.isEmpty else { return nil }
            offset += bytes.count
            return bytes
        }
    }
}
