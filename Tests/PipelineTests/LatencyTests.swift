import Pipeline
import Testing

struct LatencyTests {
    @Test func `nothing measured is zero`() {
        #expect(Latency().figures == Latency.Figures())
    }

    @Test func `the figures are milliseconds of the last measurements`() {
        var latency = Latency()
        for _ in 0..<500 { latency.add(seconds: 9) }
        for number in 0..<128 { latency.add(seconds: Double(number) / 1000) }
        #expect(latency.figures.median == 64)
        #expect((120...123).contains(latency.figures.high))
    }
}
