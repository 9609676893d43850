internal import Catalog

/// The path of a file below the media folder, checked: no way out, nothing hidden, a kind of file that belongs there.
struct MediaPath: Sendable, Equatable {
    /// The folders from the outermost on.
    let folders: [String]
    /// The file's name.
    let name: String
    /// What it is.
    let kind: MediaItem.Kind

    /// Reads a path as a client gives it.
    /// - Throws: `unknown` for everything that is no path of a medium: whatever else there may be does not exist here.
    init(_ text: String) throws(Problem) {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy(MediaPath.isPlain), let name = parts.popLast(), let kind = MediaItem.Kind(name: name) else {
            throw .noMedium(text)
        }
        (folders, self.name, self.kind) = (parts, name, kind)
    }

    /// Whether a name of a file or folder is neither empty, hidden nor a way out.
    static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && !name.utf8.contains(0) && name.utf8.count <= 255
    }

    /// The path as text.
    var text: String { (folders + [name]).joined(separator: "/") }
}

extension Problem {
    /// `there is no medium 'a.jpg'`.
    static func noMedium(_ path: String) -> Problem { Problem(.unknown, "there is no medium '\(path)'; '/v1/media' lists them", key: path) }
}
