import Testing

@testable import Rehearsal

private func data(_ values: [Double]) -> ChartData {
    var data = ChartData(title: "", subtitle: "", begin: 0, end: Double(values.count - 1), localTime: utc)
    data.samples = values.enumerated().map { ChartData.Sample(time: Double($0), lux: $1, exposureTime: 1000, gain: 1) }
    return data
}

private func trace(_ values: [Double], _ kept: Trace.Kept = .extremes) -> Trace {
    Trace(data(values), on: TimeAxis(data(values)), kept, \.lux)
}

@Test(arguments: [0, 1, 40_000, 40_001, 43_217, 86_399])
func `a spike of one sample among 86,400 survives`(place: Int) {
    var values = [Double](repeating: 10, count: 86_400)
    values[place] = 5000
    let points = trace(values).parts.joined()
    #expect(points.count { $0.y == 5000 } == 1)
    #expect(points.count <= 4 * TimeAxis.columns)
    #expect(Chart(data(values)).svg != Chart(data([Double](repeating: 10, count: 86_400))).svg)
}

@Test func `a dip survives beside a spike`() {
    var values = [Double](repeating: 10, count: 86_400)
    (values[50_000], values[50_001]) = (5000, 0.01)
    #expect(Set(trace(values).parts.joined().map(\.y)) == [10, 5000, 0.01])
}

@Test func `few samples are all kept, in order`() {
    let points = trace([1, 5, 2, 4, 3]).parts
    #expect(points.map { $0.map(\.y) } == [[1, 5, 2, 4, 3]])
    #expect(points[0].map(\.x) == [0, 263, 526, 789, 1052])
}

@Test func `a column without a value breaks the line, a missing sample within one does not`() {
    #expect(trace([1, 2, .nan, 4, 5]).parts.map { $0.map(\.y) } == [[1, 2], [4, 5]])
    var values = [Double](repeating: 10, count: 86_400)
    values[70] = .nan
    #expect(trace(values).parts.count == 1)
}

@Test func `columns are filled along the line, and not in gaps`() {
    let columns = trace([0, 1052, .nan, 4, 4]).columns
    #expect(columns[100] == 402)
    #expect(columns[400] == nil)
    #expect(columns[1051] == 4)
    #expect(columns.count == TimeAxis.columns)
}

@Test func `a mean holds from the first to the last sample of a column`() {
    let values = (0..<86_400).map { Double($0 % 2) }
    let points = trace(values, .mean).parts.joined()
    #expect(points.count == 2 * TimeAxis.columns)
    #expect(points.allSatisfy { abs($0.y - 0.5) < 0.01 })
}
