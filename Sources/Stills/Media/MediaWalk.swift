internal import Glibc

/// Walks the media folder in the order of its paths and keeps what a page takes.
struct MediaWalk {
    private let after: String
    private let limit: Int
    private var items: [MediaItem] = []
    private var isFull = false

    init(after: String, limit: Int) {
        self.after = after
        self.limit = limit
    }

    /// What was found.
    var page: MediaPage { MediaPage(items: items, next: isFull ? items.last?.path : nil) }

    /// Looks into a folder. One that goes away meanwhile, or may not be read, is left out.
    mutating func enter(_ folder: Descriptor, at path: String = "", depth: Int = 0) throws(SystemError) {
        // A folder's name counts with its slash, so that names sort as whole paths do.
        var entries: [(key: String, name: String, status: stat)] = []
        for name in try folder.names() where MediaPath.isPlain(name) {
            var status = stat()
            guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.isFile || status.isFolder else { continue }
            entries.append((path + name + (status.isFolder ? "/" : ""), name, status))
        }
        entries.sort { MediaWalk.isBefore($0.key, $1.key) }
        for entry in entries where !isFull {
            if entry.status.isFolder {
                try? descend(folder, entry.name, entry.key, depth)
            } else if let kind = MediaItem.Kind(name: entry.name), MediaWalk.isBefore(after, entry.key) {
                note(MediaItem(entry.key, kind, entry.status))
            }
        }
    }

    private mutating func descend(_ folder: Descriptor, _ name: String, _ path: String, _ depth: Int) throws(SystemError) {
        // Everything in it comes before the page.
        guard depth < MediaWalk.deepest, after.hasPrefix(path) || MediaWalk.isBefore(after, path) else { return }
        try enter(try folder.folder(name), at: path, depth: depth + 1)
    }

    private mutating func note(_ item: MediaItem) {
        guard items.count < limit else { return isFull = true }
        items.append(item)
    }

    private static let deepest = 16

    /// By bytes, which does not depend on a language.
    private static func isBefore(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }
}
