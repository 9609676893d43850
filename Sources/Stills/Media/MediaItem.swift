/// A file in the media folder.
public struct MediaItem: Sendable, Equatable {
    /// What kinds of file there are.
    public enum Kind: String, Sendable, CaseIterable {
        /// A picture.
        case still
        /// A film.
        case recording

        /// By the end of a file's name; nil for everything that is no medium.
        init?(name: String) {
            guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
            switch name[name.index(after: dot)...].lowercased() {
            case "jpg", "jpeg": self = .still
            case "mp4": self = .recording
            default: return nil
            }
        }

        /// Its media type.
        public var mediaType: String { self == .still ? "image/jpeg" : "video/mp4" }
    }

    /// Where it is, below the media folder.
    public let path: String
    /// What it is.
    public let kind: Kind
    /// Its length in bytes.
    public let size: Int
    /// When it was written, in seconds since 1970.
    public let time: Double
    /// Changes whenever its content does.
    public let tag: String
}

/// Some of the files, in the order of their paths.
public struct MediaPage: Sendable, Equatable {
    /// The files.
    public let items: [MediaItem]
    /// Where the next page goes on; nil on the last one.
    public let next: String?
}
