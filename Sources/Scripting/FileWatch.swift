internal import Foundation

/// Tells which files somebody has saved, by looking at them again and again.
///
/// Looking is simpler than being told, works on network folders and with editors that replace the file. A file counts as saved once it
/// stands still from one look to the next.
struct FileWatch: Sendable {
    /// What changes when a file is written.
    struct Stamp: Sendable, Equatable {
        let modified: Double
        let size: Int
        let number: Int
    }

    /// The files as they were when they counted as saved last; nil for one that was not there.
    private var settled: [String: Stamp?] = [:]
    private var unsettled: [String: Stamp] = [:]

    /// The files that were saved since the last look; one that is seen for the first time was not.
    mutating func saved(among files: Set<String>, stamp: (String) -> Stamp? = FileWatch.stamp) -> Set<String> {
        settled = settled.filter { files.contains($0.key) }
        unsettled = unsettled.filter { files.contains($0.key) }
        var saved: Set<String> = []
        for file in files where look(at: file, stamp(file)) { saved.insert(file) }
        return saved
    }

    private mutating func look(at file: String, _ now: Stamp?) -> Bool {
        guard let before = settled[file] else {
            settled[file] = .some(now)
            return false
        }
        // One that is gone may be back in a moment: some editors save so.
        guard let now, now != before else {
            unsettled[file] = nil
            return false
        }
        guard unsettled[file] == now else {
            unsettled[file] = now
            return false
        }
        settled[file] = .some(now)
        unsettled[file] = nil
        return true
    }

    /// What the file system says of a file; nil when it is not there.
    static func stamp(_ path: String) -> Stamp? {
        guard let found = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        return Stamp(
            modified: (found[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0, size: (found[.size] as? Int) ?? 0,
            number: (found[.systemFileNumber] as? Int) ?? 0)
    }
}
