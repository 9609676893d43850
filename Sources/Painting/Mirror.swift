extension Picture {
    /// Mirrors the picture left to right, in place.
    public func mirrorLeftToRight() {
        for row in 0..<height {
            let samples = luma + row * stride
            var (left, right) = (0, width - 1)
            while left < right {
                (samples[left], samples[right]) = (samples[right], samples[left])
                left += 1
                right -= 1
            }
        }
        for row in 0..<height / 2 { mirrorPairs(chroma + row * stride) }
    }

    private func mirrorPairs(_ row: UnsafeMutablePointer<UInt8>) {
        var (left, right) = (0, width - 2)
        while left < right {
            (row[left], row[right]) = (row[right], row[left])
            (row[left + 1], row[right + 1]) = (row[right + 1], row[left + 1])
            left += 2
            right -= 2
        }
    }

    /// Mirrors the picture top to bottom, in place.
    public func mirrorTopToBottom() {
        for plane in planes {
            for row in 0..<plane.rows / 2 {
                let upper = plane.row(row)
                let lower = plane.row(plane.rows - 1 - row)
                for column in 0..<plane.bytes { (upper[column], lower[column]) = (lower[column], upper[column]) }
            }
        }
    }
}
