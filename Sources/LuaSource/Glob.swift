/// A pattern of names, in which `*` stands for any text.
struct Glob: Sendable, Equatable {
    private let pattern: [UInt8]

    init(_ pattern: String) { self.pattern = Array(pattern.utf8) }

    /// The pattern as it was written.
    var text: String { String(decoding: pattern, as: UTF8.self) }

    /// Whether a whole name fits.
    func matches(_ name: String) -> Bool { matches(Array(name.utf8)) }

    /// Whether the bytes of a whole name fit; takes at most the product of the lengths.
    func matches(_ name: [UInt8]) -> Bool {
        let star = UInt8(ascii: "*")
        var (n, p) = (0, 0)
        // Where to take up again: one more byte for the latest star.
        var retry: (name: Int, pattern: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == star {
                retry = (n, p + 1)
                p += 1
            } else if p < pattern.count, pattern[p] == name[n] {
                (n, p) = (n + 1, p + 1)
            } else if let last = retry {
                retry = (last.name + 1, last.pattern)
                (n, p) = (last.name + 1, last.pattern)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == star }
    }
}
