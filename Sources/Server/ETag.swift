/// Tells versions of a text or file apart: RFC 9110, sections 8.8 and 13.1.
struct ETag: Sendable, Equatable {
    /// As it stands in a header, in quotes.
    let text: String

    /// The tag of some bytes: FNV-1a over them, in 64 bits, and their number. It tells versions apart; it proves nothing to an attacker.
    init(of bytes: some Sequence<UInt8>) {
        var (hash, count) = (UInt64(0xcbf2_9ce4_8422_2325), 0)
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            count += 1
        }
        text = "\"\(String(hash, radix: 16))-\(String(count, radix: 16))\""
    }

    /// A tag made of words that name a version.
    init(_ words: String) { text = "\"\(words)\"" }

    /// Whether a list of tags, as `If-Match` and `If-None-Match` have it, names this one; `*` names every one.
    func isNamed(in list: String) -> Bool {
        list.split(separator: ",").contains { entry in
            var tag = entry.drop { $0 == " " }
            if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
            while tag.last == " " { tag = tag.dropLast() }
            return tag == "*" || tag == text
        }
    }
}
