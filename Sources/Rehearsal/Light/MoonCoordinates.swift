internal import Foundation

/// Where the Moon stands among the stars, seen from the Earth's centre: mean equinox of date, in radians.
///
/// Meeus, "Astronomical Algorithms" (2nd edition), chapter 47 without the terms below 0.03°: good to 0.15°. The minute by which
/// dynamical time leads is left out: in it the Moon moves by 0.01°.
struct MoonCoordinates {
    /// Along the ecliptic.
    let longitude: Double
    /// North of the ecliptic.
    let latitude: Double
    /// Kilometres between the centres.
    let distance: Double
    /// The Sun's longitude; Meeus, chapter 25 (low accuracy).
    let sunLongitude: Double
    let rightAscension: Double
    let declination: Double
    /// Mean sidereal time at Greenwich; Meeus (12.4).
    let siderealTime: Double

    /// - Parameter time: seconds since 1970, UTC.
    init(_ time: Double) {
        let days = (time - 946_728_000) / 86_400
        let centuries = days / 36_525
        let degree = Double.pi / 180
        let arguments = SIMD4(
            297.8501921 + 445_267.1114034 * centuries, 357.5291092 + 35_999.0502909 * centuries,
            134.9633964 + 477_198.8675055 * centuries, 93.2720950 + 483_202.0175233 * centuries)

        var (east, north, away) = (218.3164477 + 481_267.88123421 * centuries, 0.0, 385_000.56)
        for term in MoonCoordinates.longitudes {
            let angle = (term.multiples * arguments).sum() * degree
            east += term.degrees * sin(angle)
            away += term.kilometres * cos(angle)
        }
        for term in MoonCoordinates.latitudes { north += term.degrees * sin((term.multiples * arguments).sum() * degree) }
        let anomaly = arguments.y * degree
        let sun = 280.46646 + 36_000.76983 * centuries + 1.914602 * sin(anomaly) + 0.019993 * sin(2 * anomaly)

        (longitude, latitude, distance, sunLongitude) = (east * degree, north * degree, away, sun * degree)
        let obliquity = (23.4392911 - 0.0130042 * centuries) * degree
        rightAscension = atan2(sin(longitude) * cos(obliquity) - tan(latitude) * sin(obliquity), cos(longitude))
        declination = asin(sin(latitude) * cos(obliquity) + cos(latitude) * sin(obliquity) * sin(longitude))
        siderealTime = (280.46061837 + 360.98564736629 * days) * degree
    }

    /// Multiples of the elongation, the Sun's and the Moon's anomaly and the argument of latitude; Meeus, table 47.A.
    private static let longitudes: [(multiples: SIMD4<Double>, degrees: Double, kilometres: Double)] = [
        ([0, 0, 1, 0], 6.288774, -20905.355), ([2, 0, -1, 0], 1.274027, -3699.111), ([2, 0, 0, 0], 0.658314, -2955.968),
        ([0, 0, 2, 0], 0.213618, -569.925), ([0, 1, 0, 0], -0.185116, 48.888), ([0, 0, 0, 2], -0.114332, -3.149),
        ([2, 0, -2, 0], 0.058793, 246.158), ([2, -1, -1, 0], 0.057066, -152.138), ([2, 0, 1, 0], 0.053322, -170.733),
        ([2, -1, 0, 0], 0.045758, -204.586), ([0, 1, -1, 0], -0.040923, -129.62), ([1, 0, 0, 0], -0.03472, 108.743),
        ([0, 1, 1, 0], -0.030383, 104.755),
    ]

    /// The same of table 47.B.
    private static let latitudes: [(multiples: SIMD4<Double>, degrees: Double)] = [
        ([0, 0, 0, 1], 5.128122), ([0, 0, 1, 1], 0.280602), ([0, 0, 1, -1], 0.277693), ([2, 0, 0, -1], 0.173237),
        ([2, 0, -1, 1], 0.055413), ([2, 0, -1, -1], 0.046271), ([2, 0, 0, 1], 0.032573),
    ]
}
