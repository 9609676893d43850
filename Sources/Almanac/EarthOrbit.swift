internal import Foundation

/// Where the Earth is in its orbit, as seen from the Sun: VSOP87 (Bretagnon & Francou 1988) cut off where Meeus cuts it,
/// "Astronomical Algorithms", Appendix III.
///
/// Good to about an arcsecond from 1900 to 2100.
struct EarthOrbit {
    /// Heliocentric longitude of the mean equinox of date, in radians, not reduced to one turn.
    let longitude: Double
    /// Heliocentric latitude, in radians.
    let latitude: Double
    /// Distance from the Sun, in astronomical units.
    let distance: Double

    /// - Parameter millennia: Julian millennia of dynamical time since 2000 January 1, 12:00.
    init(millennia: Double) {
        longitude = EarthOrbit.sum(EarthOrbit.longitudes, millennia)
        latitude = EarthOrbit.sum(EarthOrbit.latitudes, millennia)
        distance = EarthOrbit.sum(EarthOrbit.distances, millennia)
    }

    /// One periodic term: amplitude in 1e-8, phase in radians, radians in a millennium.
    private typealias Term = (amplitude: Double, phase: Double, rate: Double)

    /// Each series is multiplied with one power of time more than the one before.
    private static func sum(_ powers: [[Term]], _ millennia: Double) -> Double {
        1e-8
            * powers.reversed().reduce(0) { total, terms in
                terms.reduce(total * millennia) { $0 + $1.amplitude * cos($1.phase + $1.rate * millennia) }
            }
    }

    private static let longitudes: [[Term]] = [
        [
            (175_347_046, 0, 0), (3_341_656, 4.6692568, 6283.07585), (34894, 4.6261, 12566.1517), (3497, 2.7441, 5753.3849),
            (3418, 2.8289, 3.5231), (3136, 3.6277, 77713.7715), (2676, 4.4181, 7860.4194), (2343, 6.1352, 3930.2097),
            (1324, 0.7425, 11506.7698), (1273, 2.0371, 529.691), (1199, 1.1096, 1577.3435), (990, 5.233, 5884.927),
            (902, 2.045, 26.298), (857, 3.508, 398.149), (780, 1.179, 5223.694), (753, 2.533, 5507.553), (505, 4.583, 18849.228),
            (492, 4.205, 775.523), (357, 2.92, 0.067), (317, 5.849, 11790.629), (284, 1.899, 796.298), (271, 0.315, 10977.079),
            (243, 0.345, 5486.778), (206, 4.806, 2544.314), (205, 1.869, 5573.143), (202, 2.458, 6069.777), (156, 0.833, 213.299),
            (132, 3.411, 2942.463), (126, 1.083, 20.775), (115, 0.645, 0.98), (103, 0.636, 4694.003), (102, 0.976, 15720.839),
            (102, 4.267, 7.114), (99, 6.21, 2146.17), (98, 0.68, 155.42), (86, 5.98, 161000.69), (85, 1.3, 6275.96),
            (85, 3.67, 71430.7), (80, 1.81, 17260.15), (79, 3.04, 12036.46), (75, 1.76, 5088.63), (74, 3.5, 3154.69),
            (74, 4.68, 801.82), (70, 0.83, 9437.76), (62, 3.98, 8827.39), (61, 1.82, 7084.9), (57, 2.78, 6286.6),
            (56, 4.39, 14143.5), (56, 3.47, 6279.55), (52, 0.19, 12139.55), (52, 1.33, 1748.02), (51, 0.28, 5856.48),
        ],
        [(628_331_966_747, 0, 0), (206059, 2.678235, 6283.07585), (4303, 2.6351, 12566.1517), (425, 1.59, 3.523)],
        [(52919, 0, 0), (8720, 1.0721, 6283.0758), (309, 0.867, 12566.152)],
        [(289, 5.844, 6283.076)],
    ]

    private static let latitudes: [[Term]] = [
        [(280, 3.199, 84334.662), (102, 5.422, 5507.553), (80, 3.88, 5223.69), (44, 3.7, 2352.87), (32, 4, 1577.34)]
    ]

    /// To 1e-5 only: the distance does no more than scale the aberration and the parallax.
    private static let distances: [[Term]] = [
        [
            (100_013_989, 0, 0), (1_670_700, 3.0984635, 6283.07585), (13956, 3.05525, 12566.1517), (3084, 5.1985, 77713.7715),
            (1628, 1.1739, 5753.3849), (1576, 2.8469, 7860.4194),
        ],
        [(103019, 1.10749, 6283.07585), (1721, 1.0644, 12566.1517)],
    ]
}
