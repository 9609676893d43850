import Almanac
import Foundation
import Testing

/// Published to the minute: the Naval Observatory's "Sun and Moon Data for One Day" for Atlanta (as printed in PyEphem's manual, page
/// "Naval Observatory Risings and Settings") and for Tromsø, and timeanddate.com's for London (as kept in the tests of astral).
@Test(arguments: [
    (33.8, -84.4, SunEvent.civilDawn, "2009-09-06T10:50:00Z"), (33.8, -84.4, .sunrise, "2009-09-06T11:15:00Z"),
    (33.8, -84.4, .noon, "2009-09-06T17:36:00Z"), (33.8, -84.4, .sunset, "2009-09-06T23:56:00Z"),
    (33.8, -84.4, .civilDusk, "2009-09-07T00:21:00Z"), (69.5, 19.0, .civilDawn, "2014-04-01T02:46:00Z"),
    (69.5, 19.0, .sunrise, "2014-04-01T03:50:00Z"), (69.5, 19.0, .noon, "2014-04-01T10:48:00Z"),
    (69.5, 19.0, .sunset, "2014-04-01T17:49:00Z"), (69.5, 19.0, .civilDusk, "2014-04-01T18:53:00Z"),
    (51.5, -0.13, .astronomicalDawn, "2015-12-01T05:41:00Z"), (51.5, -0.13, .nauticalDawn, "2015-12-01T06:22:00Z"),
    (51.5, -0.13, .civilDawn, "2015-12-01T07:04:00Z"), (51.5, -0.13, .sunrise, "2015-12-01T07:43:00Z"),
    (51.5, -0.13, .noon, "2015-12-01T11:49:00Z"), (51.5, -0.13, .sunset, "2015-12-01T15:55:00Z"),
    (51.5, -0.13, .civilDusk, "2015-12-01T16:34:00Z"), (51.5, -0.13, .nauticalDusk, "2015-12-01T17:16:00Z"),
])
func `events are those that were published, within the minute`(
    _ latitude: Double, _ longitude: Double, _ event: SunEvent, _ published: String
) throws {
    let minute = try seconds(published)
    let time = try #require(try Sun(latitude: latitude, longitude: longitude).next(event, after: minute - 7200))
    #expect(abs(time - minute) <= 60, "\(time - minute) s late")
}

@Test func `the position is that of NREL's worked example`() throws {
    // NREL/TP-560-34302, appendix A.5: 17 October 2003, 12:30:30 in Colorado; e0 and the azimuth.
    let sun = try Sun(latitude: 39.742476, longitude: -105.1786)
    let position = sun.position(at: try seconds("2003-10-17T19:30:30Z"))
    #expect(abs(position.elevation - 39.872046) < 0.001)
    #expect(abs(position.azimuth - 194.340241) < 0.001)
    #expect(abs(try #require(sun.next(.sunrise, after: seconds("2003-10-17T07:00:00Z"))) - seconds("2003-10-17T13:12:43Z")) < 2)
    // Its sunset is the one of this day of universal time, which in Colorado is the evening before.
    #expect(abs(try #require(sun.next(.sunset, after: seconds("2003-10-16T12:00:00Z"))) - seconds("2003-10-17T00:20:19Z")) < 2)
}

@Test(arguments: [("2025-03-20T06:00:00Z", 90.0), ("2025-03-20T18:00:00Z", 270.0)])
func `on the equinox the Sun is due east and due west at the equator`(_ time: String, _ azimuth: Double) throws {
    #expect(abs(try Sun(latitude: 0, longitude: 0).position(at: seconds(time)).azimuth - azimuth) < 0.2)
}

@Test func `air lifts the horizon by half a degree and the zenith by nothing`() throws {
    let sun = try Sun(latitude: 0, longitude: 0)
    let sunrise = try #require(sun.next(.sunrise, after: seconds("2025-03-20T00:00:00Z")))
    // Five hundredths of a minute of arc in a step; the steepest lift grows as fast.
    let lifts = stride(from: -900.0, through: 900, by: 0.2).map { second in
        let position = sun.position(at: sunrise + second)
        return position.apparentElevation - position.elevation
    }
    #expect(lifts.allSatisfy { (0..<0.6).contains($0) })
    #expect(zip(lifts, lifts.dropFirst()).allSatisfy { abs($0 - $1) < 0.0015 })
    // The horizon, by Meeus's table: 29'.
    let horizon = sun.position(at: sunrise + 199.5)
    #expect(abs(horizon.elevation) < 0.01 && abs(horizon.apparentElevation - 0.48) < 0.01)
    let (noon, midnight) = (sun.position(at: sunrise + 21_800), sun.position(at: sunrise - 21_400))
    #expect(abs(noon.apparentElevation - noon.elevation) < 0.001 && abs(midnight.apparentElevation - midnight.elevation) < 0.001)
}

@Test(arguments: [
    (69.6, 18.9, SunEvent.sunrise, "2025-12-01T00:00:00Z", 1_768_472_679.7), (69.6, 18.9, .sunset, "2025-06-01T00:00:00Z", 1_753_482_222.5),
    (78.22, 15.65, .sunrise, "2025-11-01T00:00:00Z", 1_771_153_095.4), (78.22, 15.65, .sunset, "2025-05-01T00:00:00Z", 1_756_073_898.1),
    (78.22, 15.65, .astronomicalDusk, "2025-04-20T00:00:00Z", 1_759_962_425.4),
])
func `an event that a polar day or night holds back is found months later`(
    _ latitude: Double, _ longitude: Double, _ event: SunEvent, _ start: String, _ expected: Double
) throws {
    let sun = try Sun(latitude: latitude, longitude: longitude)
    let time = try #require(sun.next(event, after: seconds(start)))
    #expect(abs(time - expected) < 10, "\(time - expected) s late")
    #expect(try sun.next(event, after: seconds(start), searchDays: 30) == nil)
}

@Test func `at the poles there is one sunrise a year`() throws {
    let north = try Sun(latitude: 90, longitude: 0)
    let sunrise = try #require(north.next(.sunrise, after: seconds("2025-01-01T00:00:00Z")))
    #expect(abs(sunrise - 1_742_279_714) < 120)
    #expect(abs(try #require(north.next(.sunset, after: sunrise)) - 1_758_749_454) < 120)
    #expect(stamp(north.next(.sunrise, after: sunrise)).hasPrefix("2026-03-18"))
    let south = try #require(Sun(latitude: -90, longitude: 0).next(.sunrise, after: seconds("2025-01-01T00:00:00Z")))
    #expect(abs(south - 1_758_380_616) < 120)
}

@Test(arguments: [
    (-89.95, "2025-03-01T00:00:00Z", 60.0), (-67.4, "2025-05-20T00:00:00Z", 60), (48.56, "2025-05-20T00:00:00Z", 60),
    (54.5, "2025-05-20T00:00:00Z", 60), (60.56, "2025-05-20T00:00:00Z", 60), (65.73, "2025-05-20T00:00:00Z", 60),
    (67.4, "2025-11-20T00:00:00Z", 60), (84.4, "2025-02-01T00:00:00Z", 365), (89.5, "2025-02-01T00:00:00Z", 365),
    (89.99, "2025-02-01T00:00:00Z", 365), (90, "2025-02-01T00:00:00Z", 365),
])
func `rising and setting take turns, also where they graze`(_ latitude: Double, _ first: String, _ days: Double) throws {
    let (sun, start) = (try Sun(latitude: latitude, longitude: 18.9), try seconds(first))
    for (rise, set) in [
        (SunEvent.sunrise, SunEvent.sunset), (.civilDawn, .civilDusk), (.nauticalDawn, .nauticalDusk),
        (.astronomicalDawn, .astronomicalDusk),
    ] {
        let (rises, sets) = (sun.all(rise, from: start, days: days), sun.all(set, from: start, days: days))
        #expect(rises.count <= 400 && abs(rises.count - sets.count) <= 1)
        let merged = (rises.map { ($0, true) } + sets.map { ($0, false) }).sorted { $0.0 < $1.0 }
        #expect(zip(merged, merged.dropFirst()).allSatisfy { $0.1 != $1.1 && $0.0 < $1.0 })
    }
}

@Test(arguments: Array(stride(from: -180.0, to: 180, by: 4)))
func `before the first sunrise near the pole the Sun was never up`(_ longitude: Double) throws {
    // Here the Sun stands highest an hour after noon, since spring lifts it as fast as the evening lets it sink.
    let sun = try Sun(latitude: 89.8, longitude: longitude)
    let sunrise = try #require(sun.next(.sunrise, after: seconds("2025-03-08T00:00:00Z")))
    let before = stride(from: sunrise - 90_000, to: sunrise - 1, by: 300)
    #expect(before.allSatisfy { sun.position(at: $0).elevation < -50.0 / 60 })
    #expect(abs(sun.position(at: sunrise).elevation + 50.0 / 60) < 0.00001)
}

extension Sun {
    /// Every one of so many days, up to a thousand.
    fileprivate func all(_ event: SunEvent, from start: Double, days: Double) -> [Double] {
        var found: [Double] = []
        while found.count < 1000, let time = next(event, after: found.last ?? start), time < start + days * 86_400 { found.append(time) }
        return found
    }
}

@Test(arguments: [-180.0, -68.3, 0, 0.1, 151.2, 180]) func `noon and midnight come every day, half a day apart`(_ longitude: Double) throws
{
    let sun = try Sun(latitude: 69.6, longitude: longitude)
    var time = 1.75e9
    for _ in 0..<400 {
        let noon = try #require(sun.next(.noon, after: time))
        let midnight = try #require(sun.next(.midnight, after: noon))
        #expect(noon - time < 86_460 && abs(midnight - noon - 43_200) < 20)
        #expect(sun.position(at: noon).elevation > sun.position(at: midnight).elevation)
        #expect(abs(remainder(sun.position(at: noon).azimuth - 180, 360)) < 0.001)
        #expect(abs(remainder(sun.position(at: midnight).azimuth, 360)) < 0.001)
        time = noon
    }
}

@Test(arguments: SunEvent.allCases) func `what was found is not found again`(_ event: SunEvent) throws {
    let sun = try Sun(latitude: 48.1, longitude: 11.6)
    let first = try #require(sun.next(event, after: 1.75e9))
    let second = try #require(sun.next(event, after: first))
    #expect(second - first > 85_000)
    #expect(sun.next(event, after: first.nextDown) == first)
    #expect(sun.next(event, after: first - 900) == first)
}

@Test func `an event falls on its local day`() throws {
    let (sun, day) = (try Sun(latitude: -36.85, longitude: 174.76), CalendarDay(year: 2025, month: 6, day: 21))
    let auckland = try zone("Pacific/Auckland")
    // Of PyEphem, like the table.
    #expect(abs(try #require(sun.on(day: day, .sunrise, in: auckland)) - seconds("2025-06-20T19:33:44Z")) < 2)
    #expect(abs(try #require(sun.on(day: day, .sunset, in: auckland)) - seconds("2025-06-21T05:11:41Z")) < 2)
}

@Test func `a day without an event has none`() throws {
    let (sun, oslo) = (try Sun(latitude: 69.6, longitude: 18.9), try zone("Europe/Oslo"))
    #expect(sun.on(day: CalendarDay(year: 2025, month: 12, day: 21), .sunrise, in: oslo) == nil)
    #expect(sun.on(day: CalendarDay(year: 2025, month: 12, day: 21), .noon, in: oslo) != nil)
    #expect(sun.on(day: CalendarDay(year: 2025, month: 6, day: 21), .sunset, in: oslo) == nil)
    let apia = try Sun(latitude: -13.8, longitude: -171.8)
    #expect(apia.on(day: CalendarDay(year: 2011, month: 12, day: 30), .noon, in: try zone("Pacific/Apia")) == nil)
    #expect(apia.on(day: CalendarDay(year: 2011, month: 12, day: 29), .noon, in: try zone("Pacific/Apia")) != nil)
}

@Test func `a place must be on Earth`() {
    #expect(
        sentence { () throws(AlmanacError) in try Sun(latitude: 95, longitude: 0) } == "latitude must be -90 to 90 degrees, got 95.0")
    #expect(
        sentence { () throws(AlmanacError) in try Sun(latitude: 0, longitude: -181) } == "longitude must be -180 to 180 degrees, got -181.0"
    )
    #expect(sentence { () throws(AlmanacError) in try Sun(latitude: .nan, longitude: 0) } == "latitude must be -90 to 90 degrees, got nan")
}

@Test(arguments: [Double.nan, .infinity, -.infinity, 1e300]) func `nothing happens in eternity`(_ time: Double) throws {
    #expect(try Sun(latitude: 0, longitude: 0).next(.sunrise, after: time) == nil)
    #expect(try Sun(latitude: 0, longitude: 0).next(.noon, after: time) == nil)
}
