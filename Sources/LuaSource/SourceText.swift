/// The text of a script, as bytes.
struct SourceText {
    let bytes: [UInt8]
    /// Where each line begins.
    private let lineStarts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lineStarts = SourceText.lineStarts(in: bytes)
    }

    /// Line and column of a byte, both from 1.
    func position(_ offset: Int) -> (line: Int, column: Int) {
        let line = line(offset)
        let start = lineStarts[line - 1]
        let column = bytes[start..<min(max(offset, start), bytes.count)].count { $0 & 0xC0 != 0x80 }
        return (line, column + 1)
    }

    /// The line of a byte, from 1.
    func line(_ offset: Int) -> Int {
        var (low, high) = (0, lineStarts.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// `\r\n` and `\n\r` are one line break, as for Lua.
    private static func lineStarts(in bytes: [UInt8]) -> [Int] {
        var starts = [0]
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            guard byte == 0x0A || byte == 0x0D else { continue }
            if at < bytes.count, bytes[at] != byte, bytes[at] == 0x0A || bytes[at] == 0x0D { at += 1 }
            starts.append(at)
        }
        return starts
    }
}
