internal import Glibc

/// An open file or folder; closed with its last reference.
final class Descriptor: Sendable {
    /// What the system calls it.
    let number: Int32

    /// Takes over what the system opened.
    /// - Throws: the error of the call that failed, for a negative number.
    init(_ number: Int32) throws(SystemError) {
        guard number >= 0 else { throw .last }
        self.number = number
    }

    deinit { close(number) }

    /// Length, time of writing and what else the system knows.
    func status() throws(SystemError) -> stat {
        var status = stat()
        try SystemError.check(fstat(number, &status))
        return status
    }

    /// Opens a folder below this one; a symbolic link is none.
    func folder(_ name: String) throws(SystemError) -> Descriptor {
        try Descriptor(openat(number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0))
    }

    /// Opens a plain file below this one for reading; a symbolic link is none.
    func file(_ name: String) throws(SystemError) -> Descriptor {
        // Opening a pipe would wait for somebody who writes.
        let file = try Descriptor(openat(number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0))
        guard try file.status().isFile else { throw SystemError(code: ENOENT) }
        return file
    }

    /// The names in this folder, in no order.
    func names() throws(SystemError) -> [String] {
        let copy = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard copy >= 0 else { throw .last }
        guard let folder = fdopendir(copy) else {
            let error = SystemError.last
            close(copy)
            throw error
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if let name { names.append(name) }
        }
        return names
    }
}

/// What a call of the system failed with.
struct SystemError: Error, Equatable {
    /// Its number.
    let code: Int32

    /// What the last call of this thread failed with.
    static var last: SystemError { SystemError(code: errno) }

    /// Its sentence, lower case.
    var sentence: String { String(cString: strerror(code)).lowercased() }

    /// Throws for a negative answer.
    static func check(_ status: Int32) throws(SystemError) {
        guard status >= 0 else { throw .last }
    }
}

extension stat {
    /// Whether it is a plain file.
    var isFile: Bool { st_mode & S_IFMT == S_IFREG }
    /// Whether it is a folder.
    var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
    /// When it was written, in seconds since 1970.
    var written: Double { Double(st_mtim.tv_sec) + Double(st_mtim.tv_nsec) / 1e9 }
    /// Changes whenever its content does.
    var tag: String {
        [
            UInt64(st_ino), UInt64(bitPattern: Int64(st_size)),
            UInt64(bitPattern: Int64(st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(st_mtim.tv_nsec)),
        ]
        .map { String($0, radix: 36) }.joined(separator: "-")
    }
}
