internal import Foundation

/// Where the Sun stands among the stars: apparent place, true equinox of date, in radians.
///
/// Meeus, "Astronomical Algorithms" (2nd edition): chapter 25 (higher accuracy), 22 (nutation), 12 (sidereal time).
struct SunCoordinates {
    let rightAscension: Double
    let declination: Double
    /// Apparent sidereal time at Greenwich, not reduced to one turn.
    let siderealTime: Double
    /// Distance in astronomical units.
    let distance: Double

    init(_ time: Double) {
        let moment = DynamicalTime(time)
        let earth = EarthOrbit(millennia: moment.centuries / 10)
        let nutation = Nutation(centuries: moment.centuries)
        // The constant turns VSOP's frame into the FK5; the last term is the aberration.
        let longitude = earth.longitude + .pi + nutation.longitude - (0.09033 + 20.4898 / earth.distance) * Angle.arcsecond
        let latitude = -earth.latitude
        let obliquity = nutation.trueObliquity
        rightAscension = atan2(sin(longitude) * cos(obliquity) - tan(latitude) * sin(obliquity), cos(longitude))
        declination = asin(sin(latitude) * cos(obliquity) + cos(latitude) * sin(obliquity) * sin(longitude))
        distance = earth.distance
        siderealTime = SunCoordinates.meanSiderealTime(moment.universalDays) + nutation.longitude * cos(obliquity)
    }

    /// Meeus (12.4), with universal for dynamical time in the square, which is nothing.
    private static func meanSiderealTime(_ days: Double) -> Double {
        let centuries = days / 36_525
        // The whole turns of the days are left out: a product of 1e6 degrees would lose digits.
        let turns = days - days.rounded(.down)
        return (280.46061837 + 360 * turns + 0.98564736629 * days + 0.000387933 * centuries * centuries) * Angle.degree
    }
}

/// The nodding of the Earth's axis; Meeus, chapter 22, to 0.5" in longitude and 0.1" in obliquity.
struct Nutation {
    /// Along the ecliptic, in radians.
    let longitude: Double
    /// The angle between equator and ecliptic, nutation included, in radians.
    let trueObliquity: Double

    init(centuries: Double) {
        let node = (125.04452 - 1934.136261 * centuries) * Angle.degree
        let sun = 2 * (280.4665 + 36000.7698 * centuries) * Angle.degree
        let moon = 2 * (218.3165 + 481267.8813 * centuries) * Angle.degree
        longitude = (-17.20 * sin(node) - 1.32 * sin(sun) - 0.23 * sin(moon) + 0.21 * sin(2 * node)) * Angle.arcsecond
        let nodding = 9.20 * cos(node) + 0.57 * cos(sun) + 0.10 * cos(moon) - 0.09 * cos(2 * node)
        trueObliquity = (84381.448 - 46.8150 * centuries + nodding) * Angle.arcsecond
    }
}

/// Angles in radians.
enum Angle {
    static let degree = Double.pi / 180
    static let arcsecond = degree / 3600
}
