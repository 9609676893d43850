import Testing

@testable import Rehearsal

/// By an implementation in Python, tried on the published numbers of SplitMix64 with the seed 1234567.
@Test(arguments: [
    (1, 1, 0, 0.6559681971235741), (1, 1, -1, 0.4264366247145649), (7, 3, 1_000_000_000, 0.9358071473224613),
]) func `noise is the same on every machine`(_ seed: UInt64, _ row: UInt64, _ index: Int64, _ expected: Double) {
    #expect(Noise(seed: seed, row: row).fraction(index) == expected)
}

@Test func `noise goes smoothly through its numbers`() {
    let noise = Noise(seed: 5, row: 2)
    for index in -20..<20 {
        #expect(noise.value(at: Double(index)) == noise.fraction(Int64(index)))
        #expect(abs(noise.value(at: Double(index) + 1e-6) - noise.value(at: Double(index) - 1e-6)) < 1e-9)
    }
}

@Test func `rows of one seed and seeds of one row have nothing in common`() {
    let noises = [Noise(seed: 0, row: 1), Noise(seed: 0, row: 2), Noise(seed: 1, row: 1)]
    let series = noises.map { noise in (0..<4000).map { noise.fraction(Int64($0)) - 0.5 } }
    for (left, right) in [(0, 1), (0, 2), (1, 2)] {
        let product = zip(series[left], series[right]).reduce(0) { $0 + $1.0 * $1.1 } / 4000 * 12
        #expect(abs(product) < 0.06)
    }
}
