internal import Foundation

/// The light of a clear sky on level ground, by the true elevation of the Sun in degrees.
enum Daylight {
    /// Lux of a night without Moon: stars and airglow, where the fits end.
    ///
    /// Published figures go from 0.0005 (Janiczek & DeYoung 1987) to 0.002.
    static let night = illuminance(at: -18)

    /// Lux, never less than at night.
    ///
    /// The fits of Seidelmann (ed.), "Explanatory Supplement to the Astronomical Almanac" (1992), which promise 5 %.
    static func illuminance(at elevation: Double) -> Double {
        let x = max(elevation, -18) / 90
        let fit = fits.first { elevation >= $0.from } ?? fits[fits.count - 1]
        return pow(10, fit.a + (fit.b + (fit.c + fit.d * x) * x) * x)
    }

    /// Kelvin of that light.
    ///
    /// A simplification: a curve drawn through what photographers expect. Measured: light on level ground is mostly of 5700 K but
    /// can be of more than 9000 K (Hernández-Andrés et al. 2001, Granada), and ozone makes twilight blue (Hulburt 1953). Below -12° it is
    /// a guess. Clouds do not change it here.
    static func colourTemperature(at elevation: Double) -> Double {
        let next = colours.firstIndex { $0.elevation > elevation } ?? colours.count
        guard next > 0 else { return colours[0].kelvin }
        guard next < colours.count else { return colours[next - 1].kelvin }
        let (low, high) = (colours[next - 1], colours[next])
        let share = (elevation - low.elevation) / (high.elevation - low.elevation)
        // In mireds, so that equal steps look alike.
        return 1 / ((1 - share) / low.kelvin + share / high.kelvin)
    }

    private static let colours: [(elevation: Double, kelvin: Double)] = [
        (-18, 4100), (-12, 7000), (-8, 9500), (-4, 9500), (0, 3800), (6, 4500), (12, 5000), (30, 5600),
    ]

    /// log10 of lux as a cubic of elevation / 90°, from an elevation up.
    ///
    /// The constants are printed with two decimals; two more are chosen here, within the rounding, so that the pieces meet.
    private static let fits: [(from: Double, a: Double, b: Double, c: Double, d: Double)] = [
        (20, 3.7375, 3.97, -4.07, 1.47), (5, 3.0484, 13.28, -45.98, 64.33), (-0.8, 2.8822, 22.26, -207.64, 1034.30),
        (-5, 2.8808, 21.81, -258.11, -858.36), (-12, 2.7024, 12.17, -431.69, -1899.83), (-18, 13.8381, 262.72, 1447.42, 2797.93),
    ]
}
