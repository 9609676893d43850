/// Adds the fine, still texture that every real surface has, and by which a lens finds focus.
enum Grain {
    static func add(to picture: Picture) {
        for row in 0..<picture.height {
            let luma = picture.luma + row * picture.stride
            for column in 0..<picture.width {
                // Grain keeps to a share of its surface's brightness, so that black stays black and white does not wrap.
                let texture = ((Int(hash(column, row)) - 128) * Int(luma[column])) >> 11
                luma[column] = UInt8(clamping: Int(luma[column]) + texture)
            }
        }
    }

    private static func hash(_ column: Int, _ row: Int) -> UInt8 {
        var bits = UInt32(truncatingIfNeeded: column) &* 0x9E37_79B1 ^ UInt32(truncatingIfNeeded: row) &* 0x85EB_CA77
        bits = (bits ^ bits >> 15) &* 0x2C1B_3C6D
        return UInt8(truncatingIfNeeded: bits >> 13)
    }
}
