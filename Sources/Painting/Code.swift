/// A few numbers in the lower right corner that a program reads back from a decoded, even a scaled, picture: two rows of 32 black and
/// white squares, the highest bit of the first byte at the upper left.
///
/// Eight bytes: a mark, where the picture comes from, its number (2), when it was painted in milliseconds (3), and a check sum.
public struct Code: Sendable, Equatable {
    static let mark: UInt8 = 0xB2
    static let columns = 32
    static let rows = 2

    /// Tells one source from another.
    public var source: UInt8
    /// Number of the picture, modulo 65536.
    public var number: UInt16
    /// When it was painted: milliseconds since 1970 modulo 2^24, which is four hours and forty minutes.
    public var milliseconds: UInt32

    /// Creates a code.
    public init(source: UInt8, number: UInt64, wall: Double) {
        self.source = source
        self.number = UInt16(truncatingIfNeeded: number)
        milliseconds = UInt32(truncatingIfNeeded: Int64(wall * 1000)) & 0xFF_FFFF
    }

    /// The bytes as they are painted.
    public var bytes: [UInt8] {
        let words = [
            Code.mark, source, UInt8(number >> 8), UInt8(truncatingIfNeeded: number), UInt8(milliseconds >> 16),
            UInt8(truncatingIfNeeded: milliseconds >> 8), UInt8(truncatingIfNeeded: milliseconds),
        ]
        return words + [Code.checkSum(words)]
    }

    /// The sum of the bytes, each turned by one bit more than the one before, so that two that change places are noticed.
    public static func checkSum(_ bytes: [UInt8]) -> UInt8 {
        bytes.reduce(0) { sum, byte in (sum << 1 | sum >> 7) &+ byte }
    }

    /// The side of a square in pixels: large enough for an encoder to keep, small enough for a fifth of the width.
    public static func side(width: Int, height: Int) -> Int { max(min(height / 90, width / 160) & ~1, 2) }

    func paint(into picture: Picture) {
        let side = Code.side(width: picture.width, height: picture.height)
        let left = picture.width - (Code.columns + 1) * side
        let top = picture.height - (Code.rows + 1) * side
        guard left >= side, top >= side else { return }
        let brush = Brush(picture: picture)
        // A quiet border, so that what is around does not run into the squares.
        brush.rectangle(left - side, top - side, picture.width, picture.height, Ink(24))
        for (index, byte) in bytes.enumerated() {
            for bit in 0..<8 where byte >> (7 - bit) & 1 == 1 {
                let (row, column) = (index * 8 + bit).quotientAndRemainder(dividingBy: Code.columns)
                let (x, y) = (left + column * side, top + row * side)
                brush.rectangle(x, y, x + side, y + side, Ink(228))
            }
        }
    }
}
