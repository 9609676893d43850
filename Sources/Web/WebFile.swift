public import Catalog

/// A file that goes along with a request.
public struct WebFile: Sendable {
    /// Its length in bytes.
    public let size: Int
    /// What it is, such as `image/jpeg`.
    public let mediaType: String
    /// Reads so many bytes from an offset.
    public let read: @Sendable (_ offset: Int, _ count: Int) async throws(Problem) -> [UInt8]

    /// Creates a file.
    public init(size: Int, mediaType: String, read: @escaping @Sendable (_ offset: Int, _ count: Int) async throws(Problem) -> [UInt8]) {
        self.size = size
        self.mediaType = mediaType
        self.read = read
    }

    /// Its bytes in pieces.
    struct Pieces: AsyncSequence, Sendable {
        let file: WebFile

        struct Iterator: AsyncIteratorProtocol {
            let file: WebFile
            var offset = 0

            mutating func next() async throws -> [UInt8]? {
                guard offset < file.size else { return nil }
                let bytes = try await file.read(offset, Swift.min(64 << 10, file.size - offset))
                guard !bytes.isEmpty else { throw Problem(.failed, "the file became shorter while it was sent") }
                offset += bytes.count
                return bytes
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(file: file) }
    }
}
