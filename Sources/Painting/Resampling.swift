/// Fills a picture from a window of another one, bilinear, mirrored where the view says so.
struct Resampling {
    /// Where the samples of one axis come from: the first of two neighbours, and the share of the second in 256ths.
    private struct Axis {
        var index: [Int32] = []
        var share: [Int32] = []

        init(from start: Double, length: Double, of samples: Int, to count: Int, isReversed: Bool) {
            index.reserveCapacity(count)
            share.reserveCapacity(count)
            for step in 0..<count {
                let place = (Double(isReversed ? count - 1 - step : step) + 0.5) / Double(count)
                let position = max(0, min((start + length * place) * Double(samples) - 0.5, Double(samples - 1)))
                let first = min(Int(position), max(samples - 2, 0))
                index.append(Int32(first))
                share.append(Int32((position - Double(first)) * 256))
            }
        }
    }

    static func fill(_ target: Picture, from source: Picture, _ view: View) {
        for (to, from) in zip(target.planes, source.planes) { fill(to, from: from, view) }
    }

    private static func fill(_ target: Plane, from source: Plane, _ view: View) {
        let window = view.window
        let columns = Axis(from: window.x, length: window.width, of: source.width, to: target.width, isReversed: view.isMirrored)
        let rows = Axis(from: window.y, length: window.height, of: source.rows, to: target.rows, isReversed: view.isUpsideDown)
        let blended = UnsafeMutablePointer<UInt8>.allocate(capacity: source.bytes)
        defer { blended.deallocate() }
        for row in 0..<target.rows {
            let first = Int(rows.index[row])
            blend(source.row(first), source.row(min(first + 1, source.rows - 1)), rows.share[row], into: blended, count: source.bytes)
            gather(columns, from: blended, into: target.row(row), step: source.step)
        }
    }

    private static func blend(
        _ first: UnsafeMutablePointer<UInt8>, _ second: UnsafeMutablePointer<UInt8>, _ share: Int32, into row: UnsafeMutablePointer<UInt8>,
        count: Int
    ) {
        let b = UInt16(share)
        let a = 256 - b
        for column in 0..<count {
            row[column] = UInt8(truncatingIfNeeded: (UInt16(first[column]) &* a &+ UInt16(second[column]) &* b) >> 8)
        }
    }

    private static func gather(_ axis: Axis, from source: UnsafeMutablePointer<UInt8>, into row: UnsafeMutablePointer<UInt8>, step: Int) {
        axis.index.withUnsafeBufferPointer { index in
            axis.share.withUnsafeBufferPointer { share in
                for column in 0..<index.count {
                    let from = source + Int(index[column]) &* step
                    for part in 0..<step {
                        let a = Int32(from[part])
                        let b = Int32(from[part &+ step])
                        row[column &* step &+ part] = UInt8(truncatingIfNeeded: a &+ ((b &- a) &* share[column]) >> 8)
                    }
                }
            }
        }
    }
}
