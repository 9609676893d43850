import Foundation
import Testing

@testable import Rehearsal

private func axis(_ begin: String, hours: Double, _ zone: String = "Europe/Berlin") throws -> TimeAxis {
    let begin = try moment(begin)
    let zone = try #require(TimeZone(identifier: zone))
    return TimeAxis(ChartData(title: "", subtitle: "", begin: begin, end: begin + hours * 3600, localTime: clocks(zone)))
}

@Test func `ticks are at whole local hours when clocks are put forward`() throws {
    let ticks = try axis("2026-03-28T23:00:00Z", hours: 23).ticks
    #expect(ticks.map(\.label).prefix(4) == ["29 Mar", "04:00", "06:00", "08:00"])
    #expect(ticks.last?.label == "30 Mar")
    #expect(try ticks[1].time == moment("2026-03-29T02:00:00Z"))
}

@Test func `ticks are at whole local hours when clocks are put back`() throws {
    let ticks = try axis("2026-10-24T22:00:00Z", hours: 25).ticks
    #expect(ticks.map(\.label).prefix(4) == ["25 Oct", "02:00", "04:00", "06:00"])
    #expect(try ticks[2].time == moment("2026-10-25T03:00:00Z"))
    #expect(ticks.last?.label == "26 Oct")
}

@Test func `a day without midnight is named at its first tick`() throws {
    let ticks = try axis("2026-04-23T12:00:00Z", hours: 24, "Africa/Cairo").ticks
    #expect(ticks.filter(\.isMajor).map(\.label) == ["24 Apr"])
    let days = try axis("2026-04-20T22:00:00Z", hours: 14 * 24, "Africa/Cairo").ticks
    #expect(days.map(\.label).contains("24 Apr"))
}

@Test func `hours are whole where offsets are not`() throws {
    let ticks = try axis("2026-01-01T00:00:00Z", hours: 24, "Asia/Kathmandu").ticks
    #expect(ticks.map(\.label).prefix(2) == ["06:00", "08:00"])
    #expect(ticks.contains { $0.isMajor && $0.label == "2 Jan" })
}

@Test(arguments: [10, 30, 120, 360, 1440, 3600, 10_080, 28_800, 57_600, 129_600, 288_000, 576_000, 1_152_000])
func `labels have room, and there are some`(minutes: Int) throws {
    let axis = try axis("2026-06-30T22:07:00Z", hours: Double(minutes) / 60)
    let gaps = zip(axis.ticks, axis.ticks.dropFirst()).map { axis.x($1.time) - axis.x($0.time) }
    #expect(gaps.count >= 2)
    #expect(gaps.allSatisfy { $0 > 36 })
    #expect(axis.ticks.allSatisfy { axis.contains($0.time) })
}

@Test func `the first of a month is never crowded out`() throws {
    for days in [20, 40, 70, 90] {
        let ticks = try axis("2026-01-22T23:00:00Z", hours: Double(days) * 24).ticks
        #expect(ticks.filter(\.isMajor).first?.label == "1 Feb")
    }
}

@Test func `the beginning says what the labels leave out`() throws {
    #expect(try axis("2026-12-21T11:00:00Z", hours: 24).origin == "21 Dec")
    #expect(try axis("2026-12-20T23:00:00Z", hours: 24).origin == nil)
    #expect(try axis("2026-12-20T23:00:00Z", hours: 24 * 20).origin == nil)
    #expect(try axis("2026-03-20T23:00:00Z", hours: 24 * 400).origin == "2026")
    #expect(try axis("2025-12-31T23:00:00Z", hours: 24 * 400).origin == nil)
}
