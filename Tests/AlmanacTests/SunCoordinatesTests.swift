import Foundation
import Testing

@testable import Almanac

/// Worked examples of Meeus, "Astronomical Algorithms", 2nd edition.
@Test func `the apparent place is that of Meeus, example 25b`() {
    // 1992 October 13, 0:00 of dynamical time, which then led by 58.3 s.
    let sun = SunCoordinates(718_934_400 - 58.3)
    let hours = (sun.rightAscension / Angle.degree + 360) / 15
    #expect(abs(hours - (13 + 13 / 60.0 + 30.749 / 3600)) * 54_000 < 1)
    #expect(abs(sun.declination / Angle.degree + 7 + 47 / 60.0 + 1.74 / 3600) * 3600 < 1)
    #expect(abs(sun.distance - 0.99760775) < 0.0001)
}

@Test func `the nutation is that of Meeus, example 22a`() {
    let nutation = Nutation(centuries: -0.127296372348)
    #expect(abs(nutation.longitude / Angle.arcsecond + 3.788) < 0.5)
    #expect(abs(nutation.trueObliquity / Angle.degree - (23 + 26 / 60.0 + 36.85 / 3600)) * 3600 < 0.1)
}

@Test func `the sidereal time is that of Meeus, example 12a`() {
    let turned = SunCoordinates(545_011_200).siderealTime / Angle.degree / 15
    let expected = 13 + 10 / 60.0 + 46.1351 / 3600
    #expect(abs(remainder(turned - expected, 24)) * 3600 < 0.05)
}

@Test(arguments: [(0.0, 40.2), (631_152_000, 56.9), (946_684_800, 63.8), (1_262_304_000, 66.1), (1_735_689_600, 69.1)])
func `dynamical time leads as measured`(_ time: Double, _ expected: Double) {
    let moment = DynamicalTime(time)
    #expect(abs((moment.centuries * 36_525 - moment.universalDays) * 86_400 - expected) < 2)
}
