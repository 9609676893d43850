internal import Glibc

/// Writes a file whole or not at all: under a name nobody sees, onto the disk, then under its own name.
struct AtomicFile {
    /// Where it goes.
    let folder: Descriptor
    /// What writes.
    let writer: MediaFolder.Writer

    /// Writes bytes.
    /// - Returns: the name they got.
    /// - Throws: what the system said; the folder is as it was.
    func write(_ bytes: [UInt8], _ place: PathTemplate.Filled) throws(SystemError) -> String {
        let temporary = ".luneta-\(String(UInt64.random(in: 0 ... .max), radix: 36)).part"
        do throws(SystemError) {
            try fill(temporary, bytes)
            let name = try place.digits == nil ? replace(temporary, place.name(0)) : count(temporary, place)
            // A power cut after this loses neither the file nor its name.
            fsync(folder.number)
            return name
        } catch {
            unlinkat(folder.number, temporary, 0)
            throw error
        }
    }

    private func fill(_ name: String, _ bytes: [UInt8]) throws(SystemError) {
        let file = try Descriptor(openat(folder.number, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644))
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { writer(file.number, $0.baseAddress! + written, bytes.count - written) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw count < 0 ? .last : SystemError(code: ENOSPC) }
            written += count
        }
        try SystemError.check(fsync(file.number))
    }

    private func replace(_ temporary: String, _ name: String) throws(SystemError) -> String {
        try SystemError.check(renameat(folder.number, temporary, folder.number, name))
        return name
    }

    /// Gives it the first number after all that are there.
    private func count(_ temporary: String, _ place: PathTemplate.Filled) throws(SystemError) -> String {
        var number = (try folder.names().compactMap(place.number).max() ?? 0) + 1
        while try !isClaimed(place.name(number)) { number += 1 }
        do throws(SystemError) {
            return try replace(temporary, place.name(number))
        } catch {
            unlinkat(folder.number, place.name(number), 0)
            throw error
        }
    }

    /// Takes a name by an empty file, which no two writers can; false when somebody has it.
    private func isClaimed(_ name: String) throws(SystemError) -> Bool {
        do throws(SystemError) {
            _ = try Descriptor(openat(folder.number, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644))
            return true
        } catch {
            guard error.code == EEXIST else { throw error }
            return false
        }
    }
}
