internal import Foundation
internal import Glibc

/// A file somebody named on the command line for what a command has to tell.
struct OutputFile {
    let path: String

    /// Writes the text: a file of its own all at once, so that no reader sees half of it; what is there already and is no plain file (a
    /// device, a pipe, a link such as `/dev/stdout`) as it is, never replaced.
    /// - Throws: `cannotCreate`, with the reason.
    func write(_ text: String) throws(Exit) {
        do {
            if isOwnFile {
                try text.write(toFile: path, atomically: true, encoding: .utf8)
            } else {
                guard let file = FileHandle(forWritingAtPath: path) else { throw POSIXError(POSIXError.Code(rawValue: errno) ?? .EIO) }
                try file.write(contentsOf: Data(text.utf8))
                try file.close()
            }
        } catch {
            throw Exit(.cannotCreate, "'\(path)' cannot be written: \(error.localizedDescription)")
        }
    }

    private var isOwnFile: Bool {
        var status = stat()
        return lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }
}
