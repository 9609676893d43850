import Almanac
import Testing

@testable import Rehearsal

/// From 15 days before a solstice to 15 days after. At 62.7° the darkest of white nights passes through 25 lux in that time, at 70.8° the
/// polar noon through 40.
@Test(arguments: [
    (48.1, "2026-06-06T12:00:00Z"), (62.7, "2026-06-06T12:00:00Z"), (-62.7, "2026-12-07T12:00:00Z"), (65, "2026-06-06T12:00:00Z"),
    (70.8, "2026-12-07T00:00:00Z"), (72, "2026-12-07T00:00:00Z"), (0, "2026-06-06T12:00:00Z"),
])
func `the lamp is as a switch with a memory would have it`(_ latitude: Double, _ start: String) throws {
    let (sun, start) = (try Sun(latitude: latitude, longitude: 0), try seconds(start))
    var (isLit, wrong) = (Daylight.illuminance(at: sun.position(at: start).elevation) < 25, 0)
    for step in 0..<7200 {
        let position = sun.position(at: start + Double(step) * 360)
        let daylight = Daylight.illuminance(at: position.elevation)
        isLit = isLit ? daylight <= 40 : daylight < 25
        if Photocell(position, latitude: latitude).isLit(daylight: daylight) != isLit { wrong += 1 }
    }
    #expect(wrong == 0)
}

@Test func `the lamp goes on at 25 lux and off at 40`() throws {
    let sun = try munich()
    let day = stride(from: try seconds("2026-03-20T00:00:00Z"), to: try seconds("2026-03-21T00:00:00Z"), by: 10).map {
        let position = sun.position(at: $0)
        let daylight = Daylight.illuminance(at: position.elevation)
        return (daylight: daylight, isLit: Photocell(position, latitude: 48.1).isLit(daylight: daylight))
    }
    let switches = zip(day, day.dropFirst()).filter { $0.isLit != $1.isLit }.map(\.1)
    #expect(switches.map(\.isLit) == [false, true])
    #expect(switches.count == 2 && isClose(switches[0].daylight, 40, within: 0.02) && isClose(switches[1].daylight, 25, within: 0.02))
}
