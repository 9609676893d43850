/// The part of a file that a client asks for: RFC 9110, section 14.
enum ByteRange: Equatable {
    /// All of it: no range, several, or one that makes no sense, which is ignored.
    case whole
    /// Some bytes of it.
    case part(Range<Int>)
    /// Bytes that it does not have.
    case none

    /// Reads the header `Range` for a file of so many bytes.
    init(_ header: String?, size: Int) {
        guard let header, let spec = header.wholeMatch(of: /bytes=\s*(\d*)-(\d*)\s*/), !(spec.1.isEmpty && spec.2.isEmpty) else {
            self = .whole
            return
        }
        // A number beyond 64 bits is beyond every file.
        let (first, last) = (Int(spec.1) ?? .max, Int(spec.2) ?? .max)
        if spec.1.isEmpty {
            self = last > 0 && size > 0 ? .part(max(0, size - min(last, size))..<size) : .none
        } else if !spec.2.isEmpty && last < first {
            self = .whole
        } else {
            self = first < size ? .part(first..<min(last, size - 1) + 1) : .none
        }
    }
}
