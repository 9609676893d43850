internal import Catalog
internal import Glibc

/// The folder that pictures and recordings are kept in. Calls block for as long as the disk takes.
///
/// Nothing leaves it: paths are walked one name at a time, and no symbolic link below it is followed.
struct MediaFolder: Sendable {
    /// Writes bytes and says how many it wrote, or -1; the system's `write`, except in tests.
    typealias Writer = @Sendable (Int32, UnsafeRawPointer, Int) -> Int

    /// Where it is.
    let root: String
    private let writer: Writer

    /// Creates the folder's keeper; it need not exist before the first picture.
    init(_ root: String, writer: @escaping Writer = { write($0, $1, $2) }) {
        self.root = root
        self.writer = writer
    }

    // MARK: Writing

    /// Writes a file whole or not at all, and makes its folders.
    /// - Returns: its path below the media folder.
    /// - Throws: `failed` with the remedy; nothing is left behind.
    func store(_ bytes: [UInt8], as place: PathTemplate.Filled) throws(Problem) -> String {
        var made: [(parent: Descriptor, name: String)] = []
        do throws(SystemError) {
            let folder = try prepare(place.folders, &made)
            let name = try AtomicFile(folder: folder, writer: writer).write(bytes, place)
            return (place.folders + [name]).joined(separator: "/")
        } catch {
            for (parent, name) in made.reversed() { unlinkat(parent.number, name, AT_REMOVEDIR) }
            throw refused(error, (place.folders + [place.name(1)]).joined(separator: "/"))
        }
    }

    /// Opens the innermost folder; those that are not there are made, and noted.
    private func prepare(_ folders: [String], _ made: inout [(parent: Descriptor, name: String)]) throws(SystemError) -> Descriptor {
        try makeRoot()
        var folder = try openRoot()
        for name in folders {
            if mkdirat(folder.number, name, 0o755) == 0 {
                made.append((folder, name))
            } else if errno != EEXIST {
                throw .last
            }
            folder = try folder.folder(name)
        }
        return folder
    }

    private func makeRoot() throws(SystemError) {
        var path = root.hasPrefix("/") ? "/" : ""
        for part in root.split(separator: "/") {
            path += part + "/"
            if mkdir(path, 0o755) != 0 && errno != EEXIST { throw .last }
        }
    }

    private func openRoot() throws(SystemError) -> Descriptor {
        try Descriptor(Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    }

    private func refused(_ error: SystemError, _ path: String) -> Problem {
        switch error.code {
        case ENOSPC, EDQUOT, EFBIG:
            Problem(
                .failed,
                "there is no room for '\(path)' in the media folder '\(root)' (\(error.sentence)); delete some of it, "
                    + "or set 'LUNETA_MEDIA' to a folder on another disk", key: "path")
        case EACCES, EPERM, EROFS:
            Problem(
                .failed,
                "'\(path)' cannot be written into the media folder '\(root)' (\(error.sentence)); let the service's user write "
                    + "there, or set 'LUNETA_MEDIA' to another folder", key: "path")
        case ELOOP, ENOTDIR:
            Problem(
                .denied, "'\(path)' goes through something that is no folder; symbolic links in the media folder are not followed",
                key: "path")
        case EISDIR: Problem(.conflict, "'\(path)' is a folder", key: "path")
        default: Problem(.failed, "'\(path)' cannot be written into the media folder '\(root)': \(error.sentence)", key: "path")
        }
    }

    // MARK: Reading

    /// Opens a file.
    /// - Throws: `unknown` when there is no such medium.
    func open(_ path: MediaPath) throws(Problem) -> (MediaItem, Descriptor) {
        do throws(SystemError) {
            let file = try enter(path.folders).file(path.name)
            return (MediaItem(path.text, path.kind, try file.status()), file)
        } catch {
            throw unreadable(error, path)
        }
    }

    /// Deletes a file, and the folders that are empty without it.
    /// - Throws: `unknown` when there is no such medium.
    func delete(_ path: MediaPath) throws(Problem) {
        do throws(SystemError) {
            var folders = [try openRoot()]
            for name in path.folders { folders.append(try folders[folders.count - 1].folder(name)) }
            let folder = folders[folders.count - 1]
            _ = try folder.file(path.name)
            try SystemError.check(unlinkat(folder.number, path.name, 0))
            for (parent, name) in zip(folders, path.folders).reversed() {
                guard unlinkat(parent.number, name, AT_REMOVEDIR) == 0 else { break }
            }
        } catch {
            throw unreadable(error, path)
        }
    }

    private func enter(_ folders: [String]) throws(SystemError) -> Descriptor {
        var folder = try openRoot()
        for name in folders { folder = try folder.folder(name) }
        return folder
    }

    private func unreadable(_ error: SystemError, _ path: MediaPath) -> Problem {
        switch error.code {
        case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, ENXIO: .noMedium(path.text)
        default: Problem(.failed, "'\(path.text)' in the media folder '\(root)' cannot be reached: \(error.sentence)", key: path.text)
        }
    }

    /// Some of the files after a path, in the order of their paths.
    /// - Throws: `failed` when the folder cannot be read; one that is not there yet is empty.
    func page(after: String?, limit: Int) throws(Problem) -> MediaPage {
        do throws(SystemError) {
            var walk = MediaWalk(after: after ?? "", limit: limit)
            try walk.enter(try openRoot())
            return walk.page
        } catch {
            guard error.code != ENOENT else { return MediaPage(items: [], next: nil) }
            throw Problem(.failed, "the media folder '\(root)' cannot be read: \(error.sentence)")
        }
    }
}

extension MediaItem {
    init(_ path: String, _ kind: Kind, _ status: stat) {
        self.init(path: path, kind: kind, size: Int(status.st_size), time: status.written, tag: status.tag)
    }
}
