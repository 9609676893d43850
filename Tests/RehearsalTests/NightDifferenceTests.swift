import Catalog
import Foundation
import Testing

@testable import Rehearsal

private func push(_ time: Double, _ profile: String = "night") -> RecordedNight.Decision {
    .init(time: time, kind: "push", owner: "profile:\(profile)", values: ["exposure.value": 1.5])
}

@Test func `the same decision at another time is told as one`() {
    let difference = NightDifference(recorded: [push(1000)], rehearsed: [push(1090)])
    #expect(difference.lines == [.both(push(1000), later: 90)])
}

@Test func `what only one of the nights has is told with its side`() throws {
    let pop = RecordedNight.Decision(time: 5000, kind: "pop", owner: "profile:night", values: [:])
    let difference = NightDifference(recorded: [push(1000), pop], rehearsed: [push(1000), push(9000, "rain")])
    #expect(difference.lines == [.both(push(1000), later: 0), .recorded(pop), .rehearsed(push(9000, "rain"))])
    let text = difference.text(TimelineText(zone: try #require(TimeZone(identifier: "UTC"))))
    #expect(text == ["  00:16:40  profile night on  (at the same time)", "- 01:23:20  profile night off", "+ 02:30:00  profile rain on"])
}

@Test func `values that differ are two decisions`() {
    let one = RecordedNight.Decision(time: 10, kind: "apply", owner: "script:a", values: ["exposure.gain": 2])
    var other = one
    other.values = ["exposure.gain": 4]
    #expect(NightDifference(recorded: [one], rehearsed: [other]).lines == [.rehearsed(other), .recorded(one)])
}

@Test func `each recorded decision is matched once, with the nearest one`() {
    let difference = NightDifference(recorded: [push(0), push(600)], rehearsed: [push(590), push(610)])
    #expect(difference.lines == [.both(push(0), later: 610), .both(push(600), later: -10)])
}
