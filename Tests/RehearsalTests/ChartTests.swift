import Foundation
import FoundationXML
import Testing

@testable import Rehearsal

@Test func `a chart is well-formed XML`() throws {
    let elements = try parse(Chart(.sample).svg)
    #expect(elements.first == "svg")
    #expect(elements.contains("title") && elements.contains("desc"))
    #expect(elements.allSatisfy { ["svg", "title", "desc", "rect", "path", "text", "tspan"].contains($0) })
}

@Test func `text is escaped`() throws {
    var data = ChartData.sample
    data.title = "a < b & \"c\" > d\u{0}\u{1F}\u{FFFE}\t'"
    data.subtitle = "<script>"
    data.bands[0].name = "<b>&"
    data.marks = [ChartData.Mark(time: data.begin + 900, label: "]]><!--", isProblem: true)]
    let svg = Chart(data).svg
    _ = try parse(svg)
    #expect(svg.contains("a &lt; b &amp; \"c\" &gt; d\u{FFFD}\u{FFFD}\u{FFFD} '"))
    #expect(svg.contains("&lt;b&gt;&amp;") && svg.contains("]]&gt;&lt;!--"))
    #expect(!svg.contains("<script>"))
}

@Test func `two renders are equal`() {
    #expect(Chart(.sample).svg == Chart(.sample).svg)
    let chart = Chart(.sample)
    #expect(chart.svg == chart.svg)
}

@Test func `nothing at all is drawn as axes and words`() throws {
    var data = ChartData(title: "", subtitle: "", begin: 0, end: 86_400, localTime: utc)
    let svg = Chart(data).svg
    _ = try parse(svg)
    #expect(svg.contains("no stills") && !svg.contains("recordings"))
    (data.begin, data.end) = (86_400, 0)
    _ = try parse(Chart(data).svg)
    (data.begin, data.end) = (.nan, .infinity)
    _ = try parse(Chart(data).svg)
    data.begin = -.greatestFiniteMagnitude
    _ = try parse(Chart(data).svg)
}

@Test(arguments: [Double.nan, .infinity, -.infinity, 0, -1, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
func `a number that is none spoils nothing`(number: Double) throws {
    var data = ChartData.sample
    for index in data.samples.indices where (index / 40).isMultiple(of: 2) {
        data.samples[index] = ChartData.Sample(
            time: data.samples[index].time, lux: number, sceneLux: number, exposureTime: number, gain: number, luma: number,
            sunElevation: number)
    }
    data.samples.append(ChartData.Sample(time: number, lux: 1, exposureTime: 1, gain: 1))
    data.stills.append(number)
    data.bands.append(ChartData.Band(name: "odd", from: data.begin, to: number))
    data.bands.append(ChartData.Band(name: "odd", from: number, to: data.end))
    data.marks.append(ChartData.Mark(time: number, label: "odd"))
    if !number.isNaN { data.recordings.append(min(0, number)...max(0, number)) }
    let svg = Chart(data).svg
    _ = try parse(svg)
    #expect(!svg.contains("nan") && !svg.contains("inf"))
}

@Test func `pictures are counted with commas, recordings timed`() {
    #expect(Chart(.sample).svg.contains("1,440 stills, 2 recordings of 25 min in all"))
    var data = ChartData.sample
    (data.stills, data.recordings) = ([data.begin], [data.begin - 100...data.begin + 60])
    #expect(Chart(data).svg.contains("1 still, 1 recording of 60 s"))
}

@Test func `a profile is named with its times, or in the heading where its bars are too narrow`() {
    #expect(Chart(.sample).svg.contains("  16:00–08:00"))
    var data = ChartData.sample
    data.bands = [ChartData.Band(name: "flash", from: data.begin + 600, to: data.begin + 700)]
    #expect(Chart(data).svg.contains("■ </tspan><tspan fill=\"\(Ink.quiet)\">flash<"))
}

@Test func `bars that would touch are drawn as one that says how many they are`() {
    var data = ChartData.sample
    data.bands = (0..<1000).map { ChartData.Band(name: "flash", from: data.begin + Double($0) * 60, to: data.begin + Double($0) * 60 + 30) }
    let svg = Chart(data).svg
    #expect(svg.contains("1,000 times"))
    #expect(svg.utf8.count < 100_000)
}

@Test func `another script's profiles get lanes of their own`() {
    var data = ChartData.sample
    let height = Chart(data).svg.firstMatch(of: /height="(\d+)"/)?.1
    data.otherBands = data.bands
    let svg = Chart(data).svg
    #expect(svg.contains(">other<") && !Chart(.sample).svg.contains(">other<"))
    #expect(svg.firstMatch(of: /height="(\d+)"/)?.1 != height)
}
