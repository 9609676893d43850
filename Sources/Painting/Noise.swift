internal import Glibc

/// Sensor noise: one tile of it, laid over each row from another place.
struct Noise {
    private static let length = 1 << 15
    /// Levels of video leave 16 below black and 20 above white, so a byte can never wrap.
    private static let limit = 15.0
    private let normal: [Float]
    private var tile: [UInt8]
    private var deviation = 0.0

    init(seed: UInt64) {
        var random = Random(seed: seed)
        // The sum of four uniform numbers is close enough to a normal distribution for noise.
        normal = (0..<Noise.length).map { _ in Float((0..<4).reduce(0) { sum, _ in sum + random.fraction() } - 2) * 1.732 }
        tile = [UInt8](repeating: 0, count: Noise.length)
    }

    /// Scales the tile to a standard deviation in levels.
    mutating func scale(to wanted: Double) {
        guard abs(wanted - deviation) > 0.02 * deviation || wanted == 0 else { return }
        guard wanted != deviation else { return }
        deviation = wanted
        for index in 0..<Noise.length {
            let value = max(-Noise.limit, min(Noise.limit, Double(normal[index]) * wanted)).rounded()
            tile[index] = UInt8(bitPattern: Int8(value))
        }
    }

    /// Adds noise to one picture into another of the same size; each `round` differs.
    func add(to source: Picture, into target: Picture, round: UInt64) {
        guard deviation > 0 else { return copy(source, into: target) }
        var random = Random(seed: round)
        for (from, to) in zip(source.planes, target.planes) {
            for row in 0..<from.rows { add(from.row(row), to.row(row), from.bytes, from: Int(random.next() >> 17)) }
        }
    }

    private func add(_ from: UnsafeMutablePointer<UInt8>, _ to: UnsafeMutablePointer<UInt8>, _ count: Int, from start: Int) {
        tile.withUnsafeBufferPointer { tile in
            guard let noise = tile.baseAddress else { return }
            var column = 0
            var offset = start & (Noise.length - 1)
            while column < count {
                let run = min(count - column, Noise.length - offset)
                for step in 0..<run { to[column &+ step] = from[column &+ step] &+ noise[offset &+ step] }
                column += run
                offset = 0
            }
        }
    }

    private func copy(_ source: Picture, into target: Picture) {
        for (from, to) in zip(source.planes, target.planes) {
            for row in 0..<from.rows { to.row(row).update(from: from.row(row), count: from.bytes) }
        }
    }
}
