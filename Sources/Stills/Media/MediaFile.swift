public import Catalog
internal import Glibc

/// A medium that is open: it can be read to its end even when it is deleted or replaced meanwhile.
public final class MediaFile: Sendable {
    /// What it is.
    public let item: MediaItem
    private let descriptor: Descriptor
    private let line: WaitingLine

    init(item: MediaItem, descriptor: Descriptor, line: WaitingLine) {
        self.item = item
        self.descriptor = descriptor
        self.line = line
    }

    /// Some bytes from an offset on; fewer at the end of the file, none after it.
    /// - Throws: `failed` when the disk does.
    public func read(at offset: Int, count: Int) async throws(Problem) -> [UInt8] {
        try await line.run { [descriptor, item] () throws(Problem) in
            var failure: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                let read = pread(descriptor.number, buffer.baseAddress, count, off_t(offset))
                (initialized, failure) = (max(0, read), read < 0 ? errno : 0)
            }
            guard failure == 0 else {
                throw Problem(.failed, "'\(item.path)' cannot be read: \(SystemError(code: failure).sentence)", key: item.path)
            }
            return bytes
        }
    }
}
