import Testing

@testable import Rehearsal

@Test func `an axis is as long as needed`() {
    let lux = LogAxis(base: 10, values: [0.6, 22_000, .nan, 0, -4], within: -3...5, most: 9)
    #expect(lux.lines.map(LogAxis.decimal) == ["0.1", "1", "10", "100", "1k", "10k", "100k"])
    #expect(LogAxis(base: 10, values: [100, 100], within: -3...5, most: 9).lines == [1, 2, 3])
    #expect(LogAxis(base: 10, values: [1e-9, 1e9], within: -3...5, most: 9).lines == Array(-3...5))
    #expect(LogAxis(base: 10, values: [1e-9], within: -3...5, most: 9).lines == [-3, -2])
}

@Test func `times of exposure are those of a camera`() {
    let time = LogAxis(base: 2, values: [1 / 1000, 1], within: -20...12, most: 5)
    #expect(time.lines.map(LogAxis.shutter) == ["1/1000 s", "1/250 s", "1/60 s", "1/15 s", "1/4 s", "1 s"])
    #expect([-5, 5, -11, -15].map(LogAxis.shutter) == ["1/30 s", "30 s", "1/2000 s", "1/32000 s"])
    #expect(LogAxis(base: 2, values: [1.0 / 8000, 1.0 / 30], within: -20...12, most: 5).lines.last == -5)
}

@Test func `gain has the lines of the exposure`() {
    let time = LogAxis(base: 2, values: [1 / 1000, 1], within: -20...12, most: 5)
    let gain = LogAxis(base: 2, values: [1, 16], within: 0...16, most: time.count, beside: time)
    #expect(gain.count == time.count)
    #expect(gain.lines.map(LogAxis.times) == ["1x", "2x", "4x", "8x", "16x", "32x"])
}

@Test func `nothing is below the axis, what is no number nowhere`() {
    let lux = LogAxis(base: 10, values: [1, 100], within: -3...5, most: 9)
    #expect(lux.fraction(10) == 0.5)
    #expect(lux.fraction(0) == -.infinity)
    #expect(lux.fraction(-1) == -.infinity)
    #expect(lux.fraction(.nan) == nil)
}
