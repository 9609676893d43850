public import Catalog
internal import Dispatch
internal import Timing

/// Keeps the media folder: writes, lists, reads and deletes on threads that may wait for a disk.
public final class MediaDesk: Sendable {
    private let folder: MediaFolder
    /// One after the other, so that a file is not deleted together with the folder it is just being written into.
    private let writing: WaitingLine
    private let reading: WaitingLine

    /// Creates the keeper of a folder; it is made with the first file.
    public convenience init(_ folder: String) { self.init(MediaFolder(folder)) }

    init(_ folder: MediaFolder) {
        self.folder = folder
        writing = WaitingLine("luneta.media.write", limit: 16)
        reading = WaitingLine("luneta.media.read", limit: 256)
    }

    /// Writes a file whole or not at all.
    /// - Returns: its path below the folder.
    package func store(_ bytes: [UInt8], as place: PathTemplate.Filled) async throws(Problem) -> String {
        try await writing.run { [folder] () throws(Problem) in try folder.store(bytes, as: place) }
    }

    /// Some of the files after a path, in the order of their paths.
    /// - Throws: `failed` when the folder cannot be read.
    public func page(after: String?, limit: Int) async throws(Problem) -> MediaPage {
        try await reading.run { [folder] () throws(Problem) in try folder.page(after: after, limit: limit) }
    }

    /// Opens a file.
    /// - Throws: `unknown` when there is no such medium.
    public func open(_ path: String) async throws(Problem) -> MediaFile {
        try await reading.run { [folder, reading] () throws(Problem) in
            let (item, descriptor) = try folder.open(try MediaPath(path))
            return MediaFile(item: item, descriptor: descriptor, line: reading)
        }
    }

    /// Deletes a file, and the folders that are empty without it.
    /// - Throws: `unknown` when there is no such medium.
    public func delete(_ path: String) async throws(Problem) {
        try await writing.run { [folder] () throws(Problem) in try folder.delete(try MediaPath(path)) }
    }
}

/// Work that waits for a disk, one after the other, on a thread of its own; so much of it may wait.
final class WaitingLine: Sendable {
    private let queue: DispatchQueue
    private let limit: Int
    private let waiting = Mutex(0)

    init(_ name: String, limit: Int) {
        queue = DispatchQueue(label: name, qos: .utility)
        self.limit = limit
    }

    /// Does work in its turn.
    /// - Throws: `unavailable` when too much waits, and what the work throws.
    func run<Answer: Sendable>(_ work: @escaping @Sendable () throws(Problem) -> Answer) async throws(Problem) -> Answer {
        let isAdmitted = waiting.withLock { waiting in
            guard waiting < limit else { return false }
            waiting += 1
            return true
        }
        guard isAdmitted else {
            throw Problem(.unavailable, "\(limit) pictures and files wait for the disk already; try again in a second")
        }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result { () throws(Problem) in try work() }) }
        }.get()
    }
}
