import Almanac
import Foundation
import Testing

@testable import Rehearsal

@Test func `the Moon stands where Meeus's worked example has it`() throws {
    // Example 47.a: 12 April 1992, 0 h dynamical time, without the nutation.
    let moon = try MoonCoordinates(seconds("1992-04-12T00:00:00Z") - 59)
    let degree = Double.pi / 180
    #expect(abs(remainder(moon.longitude - 133.162655 * degree, 2 * .pi)) < 0.15 * degree)
    #expect(abs(moon.latitude + 3.229126 * degree) < 0.1 * degree)
    #expect(abs(moon.distance - 368_409.7) < 500)
    #expect(abs(remainder(moon.rightAscension - 134.68847 * degree, 2 * .pi)) < 0.15 * degree)
    #expect(abs(moon.declination - 13.768368 * degree) < 0.1 * degree)
}

/// Elevations without air, angles between Sun and Moon and distances: PyEphem 4.2.
@Test(arguments: [
    ("2026-12-24T01:28:00Z", 48.1, 11.6, 56.07, 3.89, 356_738.0), ("2026-12-23T12:00:00Z", -36.85, 174.76, 24.49, 9.11, 357_391),
    ("2026-12-01T03:00:00Z", 48.1, 11.6, 40.71, 88.36, 377_110), ("1995-03-17T02:00:00Z", 60.0, 24.9, 14.81, 3.33, 373_512),
    ("2026-12-17T21:00:00Z", 69.6, 18.9, 13.81, 82.50, 386_278), ("2038-07-04T06:30:00Z", 33.8, -84.4, -34.65, 159.25, 383_089),
    ("2026-06-30T00:00:00Z", 0.0, 0.0, 62.33, 4.06, 405_252), ("2025-03-14T06:55:00Z", -54.8, -68.3, 25.56, 0.32, 401_500),
    ("2030-01-05T17:00:00Z", 48.1, 11.6, 3.76, 158.92, 375_212),
])
func `the Moon stands where another almanac has it, within 0.2 degrees`(
    _ time: String, _ latitude: Double, _ longitude: Double, _ elevation: Double, _ phaseAngle: Double, _ distance: Double
) throws {
    let moon = Moon(at: try seconds(time), over: try Sun(latitude: latitude, longitude: longitude))
    #expect(abs(moon.elevation - elevation) < 0.2, "\(moon.elevation)")
    #expect(abs(moon.phaseAngle - phaseAngle) < 0.2, "\(moon.phaseAngle)")
    #expect(abs(moon.distance - distance) < 800, "\(moon.distance)")
}

/// Published to the minute; the Moon passes the Sun, or the point across, in longitude.
@Test(arguments: [
    ("2026-12-09T00:52:00Z", 0.0), ("2026-12-24T01:28:00Z", 180), ("2026-08-12T17:37:00Z", 0), ("2026-03-03T11:38:00Z", 180),
    ("1995-01-16T20:26:00Z", 180), ("1995-01-30T22:48:00Z", 0), ("2040-05-11T03:28:00Z", 0), ("2040-05-26T11:47:00Z", 180),
])
func `the Moon is new and full within half an hour of when it was published`(_ time: String, _ angle: Double) throws {
    let moment = try seconds(time)
    let ahead = [moment - 1800, moment + 1800].map {
        let moon = MoonCoordinates($0)
        return remainder(moon.longitude - moon.sunLongitude - angle * .pi / 180, 2 * .pi)
    }
    #expect(ahead[0] < 0 && ahead[1] > 0)
}

/// The supplement's own fits for the Moon: log10 of lux -0.57 at 90°, -1.2408 at 20°, -1.9961 at 5° and -2.79 at 0°.
@Test(arguments: [(90.0, 0.2692), (20, 0.0574), (5, 0.01009), (0, 0.001622)])
func `a full Moon lights as the published fits have it, within 6 per cent`(_ elevation: Double, _ lux: Double) {
    #expect(isClose(Moon(elevation: elevation, phaseAngle: 0, distance: 384_290).illuminance, lux, within: 0.06))
}

@Test func `a half Moon gives a tenth, a new one and one that is down nothing`() {
    let full = Moon(elevation: 60, phaseAngle: 0, distance: 384_290).illuminance
    #expect((0.08...0.13).contains(Moon(elevation: 60, phaseAngle: 90, distance: 384_290).illuminance / full))
    #expect(Moon(elevation: 60, phaseAngle: 180, distance: 384_290).illuminance < 0.0005 * full)
    #expect(Moon(elevation: -19, phaseAngle: 0, distance: 384_290).illuminance == 0)
    #expect(Moon(elevation: -7, phaseAngle: 0, distance: 384_290).illuminance < 1e-5)
}

@Test func `the nearest full Moon overhead gives a third of a lux`() {
    #expect((0.29...0.34).contains(Moon(elevation: 90, phaseAngle: 2, distance: 356_500).illuminance))
    #expect((0.20...0.26).contains(Moon(elevation: 90, phaseAngle: 2, distance: 406_700).illuminance))
}
