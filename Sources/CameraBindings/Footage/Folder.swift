internal import Glibc

/// Looks into folders of stills.
enum Folder {
    private static let endings = [".jpg", ".jpeg", ".png"]

    static func isFolder(_ path: String) -> Bool {
        var about = stat()
        return stat(path, &about) == 0 && about.st_mode & S_IFMT == S_IFDIR
    }

    /// The stills of a folder, by name.
    /// - Throws: `unreadable` when there are none.
    static func stills(in path: String) throws(CameraError) -> [String] {
        guard let folder = opendir(path) else {
            throw .unreadable(
                "'\(path)' cannot be opened (\(String(cString: strerror(errno)).lowercased())); give a folder that this user may read")
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if endings.contains(where: name.lowercased().hasSuffix) { names.append(name) }
        }
        guard !names.isEmpty else {
            throw .unreadable("the folder '\(path)' has no .jpg or .png stills; give one that has, or a video file")
        }
        return names.sorted().map { path + "/" + $0 }
    }
}
