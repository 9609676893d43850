internal import Glibc

/// What changes when a file is written.
struct FileStamp: Sendable, Equatable {
    let seconds: Int
    let nanoseconds: Int
    let size: Int
    let number: UInt

    /// What the file system says of a file, or of the one a link leads to; nil when there is none.
    init?(_ path: String) {
        var found = stat()
        guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
        (seconds, nanoseconds) = (found.st_mtim.tv_sec, found.st_mtim.tv_nsec)
        (size, number) = (Int(found.st_size), UInt(found.st_ino))
    }
}

/// Tells which files stand still, by looking at them again and again: one that is just being written does not.
///
/// Looking is simpler than being told, works on network folders and with editors that replace the file.
struct FileWatch: Sendable {
    private var last: [String: FileStamp] = [:]

    /// The files that are as they were at the last look.
    mutating func settled(among files: Set<String>) -> [String: FileStamp] {
        let now = Dictionary(uniqueKeysWithValues: files.compactMap { file in FileStamp(file).map { (file, $0) } })
        defer { last = now }
        return now.filter { last[$0.key] == $0.value }
    }
}
