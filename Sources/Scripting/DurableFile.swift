internal import Catalog
internal import Foundation
internal import Glibc

/// A file that takes another's place all at once: after a power cut there is the old one or the new one, whole.
struct DurableFile {
    /// Where it will be.
    let path: String
    private let draft: String

    /// Writes the bytes beside their place, to the disk.
    /// - Throws: `failed`, with the reason and the remedy; nothing is left behind.
    init(_ bytes: some Sequence<UInt8>, to path: String) throws(Problem) {
        self.path = path
        let place = URL(fileURLWithPath: path)
        let folder = place.deletingLastPathComponent()
        draft = folder.appendingPathComponent(".\(place.lastPathComponent).\(getpid()).new").path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw Problem(.failed, "the folder '\(folder.path)' cannot be made: \(error.localizedDescription)")
        }
        try write(Array(bytes))
    }

    /// Puts it in its place.
    /// - Throws: `failed`; the old file is as it was.
    func commit() throws(Problem) {
        guard rename(draft, path) == 0 else {
            let reason = String(cString: strerror(errno))
            discard()
            throw Problem(.failed, "'\(path)' cannot be replaced: \(reason)")
        }
        // The new name lasts only once its folder is on the disk too.
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    /// Gives it up.
    func discard() { unlink(draft) }

    private func write(_ bytes: [UInt8]) throws(Problem) {
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure("made", errno) }
        defer { close(file) }
        let code = DurableFile.write(bytes, to: file)
        guard code == 0 else { throw failure("written", code) }
    }

    /// Writes all of it to the disk.
    /// - Returns: 0, or the error number.
    static func write(_ bytes: [UInt8], to file: Int32) -> Int32 {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : ENOSPC }
            start += count
        }
        return fsync(file) == 0 ? 0 : errno
    }

    private func failure(_ what: String, _ code: Int32) -> Problem {
        discard()
        let remedy = code == ENOSPC ? "; make room on that disk" : code == EACCES ? "; let the service's user write there" : ""
        return Problem(.failed, "'\(path)' cannot be \(what): \(String(cString: strerror(code)))\(remedy)")
    }
}
