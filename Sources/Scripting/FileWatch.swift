internal import Foundation

/// What changes when a file is written.
struct FileStamp: Sendable, Equatable {
    let modified: Double
    let size: Int
    let number: Int

    /// What the file system says of a file; nil when it is not there.
    init?(_ path: String) {
        guard let found = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        modified = (found[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0
        size = (found[.size] as? Int) ?? 0
        number = (found[.systemFileNumber] as? Int) ?? 0
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
