internal import Foundation

/// Where the Sun stands in the sky of a place.
public struct SunPosition: Hashable, Sendable {
    /// Degrees of the Sun's centre above the level horizon, as if there were no air; negative below it. This is what events go by.
    public let elevation: Double
    /// Degrees from north through east, 0 up to 360.
    public let azimuth: Double

    /// Degrees above the horizon as the eye sees it: lifted by the air, 0.48° at the horizon.
    public var apparentElevation: Double { elevation + SunPosition.refraction(elevation) }

    /// The lift by air of 10 °C and 1010 hPa, in degrees.
    ///
    /// Meeus (16.4) after Sæmundsson; further down, where nothing is measured, the formula of NOAA's solar calculator, which meets it
    /// within 4" and goes to nothing at the nadir.
    private static func refraction(_ elevation: Double) -> Double {
        guard elevation > -0.575 else { return -20.774 / 3600 / tan(elevation * Angle.degree) }
        return max(1.02 / 60 / tan((elevation + 10.3 / (elevation + 5.11)) * Angle.degree), 0)
    }
}

extension SunPosition {
    /// - Parameter latitude: in radians, like the hour angle.
    init(_ sun: SunCoordinates, hourAngle: Double, latitude: Double) {
        let height = asin(
            max(-1, min(1, sin(latitude) * sin(sun.declination) + cos(latitude) * cos(sun.declination) * cos(hourAngle))))
        let north = cos(latitude) * sin(sun.declination) - sin(latitude) * cos(sun.declination) * cos(hourAngle)
        let degrees = atan2(-cos(sun.declination) * sin(hourAngle), north) / Angle.degree
        // The parallax: an observer stands on the Earth, not at its centre.
        elevation = (height - 8.794 / sun.distance * Angle.arcsecond * cos(height)) / Angle.degree
        azimuth = degrees < 0 ? max(0, degrees + 360).truncatingRemainder(dividingBy: 360) : degrees
    }
}
