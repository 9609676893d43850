/// A box blur in two passes of running sums, so that its cost does not grow with its radius.
struct Blur {
    private let radius: Int
    /// The reciprocal of the window's width in 65536ths.
    private let scale: UInt32

    init(radius: Int) {
        self.radius = radius
        scale = UInt32(65536 / (2 * radius + 1))
    }

    /// Blurs one picture into another of the same size, by way of a third.
    func apply(_ source: Picture, into target: Picture, by way: Picture) {
        for ((from, between), to) in zip(zip(source.planes, way.planes), target.planes) {
            // Chroma has half the size, so half the radius blurs it as far.
            let blur = from.step == 1 ? self : Blur(radius: max(radius / 2, 1))
            blur.alongRows(from, into: between)
            blur.alongColumns(between, into: to)
        }
    }

    private func alongRows(_ source: Plane, into target: Plane) {
        for row in 0..<source.rows {
            for part in 0..<source.step {
                run(source.row(row) + part, into: target.row(row) + part, count: source.width, step: source.step)
            }
        }
    }

    private func run(_ from: UnsafeMutablePointer<UInt8>, into to: UnsafeMutablePointer<UInt8>, count: Int, step: Int) {
        let last = count - 1
        var sum: UInt32 = 0
        for offset in -radius...radius { sum &+= UInt32(from[min(max(offset, 0), last) &* step]) }
        for column in 0..<count {
            to[column &* step] = UInt8(truncatingIfNeeded: (sum &* scale &+ 32768) >> 16)
            sum &+= UInt32(from[min(column &+ radius &+ 1, last) &* step])
            sum &-= UInt32(from[max(column &- radius, 0) &* step])
        }
    }

    private func alongColumns(_ source: Plane, into target: Plane) {
        let count = source.bytes
        let last = source.rows - 1
        let sums = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
        sums.initialize(repeating: 0, count: count)
        defer { sums.deallocate() }
        for offset in -radius...radius { add(source.row(min(max(offset, 0), last)), to: sums, count) }
        for row in 0..<source.rows {
            let to = target.row(row)
            for column in 0..<count { to[column] = UInt8(truncatingIfNeeded: (sums[column] &* scale &+ 32768) >> 16) }
            let entering = source.row(min(row + radius + 1, last))
            let leaving = source.row(max(row - radius, 0))
            for column in 0..<count { sums[column] = sums[column] &+ UInt32(entering[column]) &- UInt32(leaving[column]) }
        }
    }

    private func add(_ row: UnsafeMutablePointer<UInt8>, to sums: UnsafeMutablePointer<UInt32>, _ count: Int) {
        for column in 0..<count { sums[column] &+= UInt32(row[column]) }
    }
}
