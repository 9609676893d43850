/// A live picture as browsers show it in an `img`: `multipart/x-mixed-replace`, one JPEG a part.
///
/// A part ends with the boundary of the next one, since browsers show a picture once they see that it is over. A viewer who is slow skips
/// pictures: the newest waits, the one before goes.
public final class MultipartPictures: ByteStream {
    /// The media type, boundary included.
    public static let mediaType = "multipart/x-mixed-replace; boundary=\(boundary)"
    private static let boundary = "luneta-picture"

    private let feed: ByteFeed

    /// Creates a stream; `ended` is called once it is over.
    init(ended: @escaping @Sendable () -> Void) { feed = ByteFeed(capacity: 1, ended: ended) }

    /// A picture as a part.
    public static func part(_ picture: [UInt8]) -> [UInt8] {
        var part = Array("Content-Type: image/jpeg\r\nContent-Length: \(picture.count)\r\n\r\n".utf8)
        part.reserveCapacity(part.count + picture.count + 32)
        part += picture
        part += "\r\n--\(boundary)\r\n".utf8
        return part
    }

    /// Hands a part over. Any thread; never blocks.
    func push(_ part: [UInt8]) { feed.push(part) }

    /// How many pictures the viewer was too slow for.
    var skipped: Int { feed.dropped }

    public func end() { feed.end() }

    public func makeAsyncIterator() -> Iterator { Iterator(parts: feed.makeAsyncIterator()) }

    /// The boundary before the first part, then the parts.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var parts: AsyncStream<[UInt8]>.Iterator
        private var hasBegun = false

        fileprivate init(parts: AsyncStream<[UInt8]>.Iterator) { self.parts = parts }

        public mutating func next() async -> [UInt8]? { await next(isolation: nil) }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> [UInt8]? {
            guard hasBegun else {
                hasBegun = true
                return Array("--\(MultipartPictures.boundary)\r\n".utf8)
            }
            return await parts.next(isolation: actor)
        }
    }
}
