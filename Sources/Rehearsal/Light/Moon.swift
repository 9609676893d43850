internal import Almanac
internal import Foundation

/// The Moon in the sky of a place.
struct Moon {
    /// Degrees of its centre above the level horizon, as if there were no air.
    let elevation: Double
    /// Degrees at the Moon between Sun and Earth, 0 when full and 180 when new; the Sun is taken to be infinitely far, which is 0.15°.
    let phaseAngle: Double
    /// Kilometres from the Earth's centre.
    let distance: Double

    /// Lux on level ground under a clear sky: 0.27 when it is full and overhead.
    ///
    /// By the Explanatory Supplement, like `Daylight`: its fits for the Moon are those for the Sun times 2.1e-6, within 5 %. So the Moon
    /// has a twilight too, which is nothing.
    var illuminance: Double {
        let phase = pow(10, -0.00868 * phaseAngle - 2.2e-9 * pow(phaseAngle, 4))
        // The fits are for a parallax of 0.951°.
        let nearness = 384_290 / distance
        return 2.1e-6 * (Daylight.illuminance(at: elevation) - Daylight.night) * phase * nearness * nearness
    }
}

extension Moon {
    /// - Parameter time: seconds since 1970, UTC.
    init(at time: Double, over place: Sun) {
        let moon = MoonCoordinates(time)
        let degree = Double.pi / 180
        let hourAngle = moon.siderealTime + place.longitude * degree - moon.rightAscension
        let latitude = place.latitude * degree
        let sine = sin(latitude) * sin(moon.declination) + cos(latitude) * cos(moon.declination) * cos(hourAngle)
        let height = asin(max(-1, min(1, sine)))
        // The parallax, up to a degree: an observer stands on the Earth, not at its centre.
        elevation = (height - asin(6378.14 / moon.distance * cos(height))) / degree
        phaseAngle = 180 - acos(cos(moon.latitude) * cos(moon.longitude - moon.sunLongitude)) / degree
        distance = moon.distance
    }
}
