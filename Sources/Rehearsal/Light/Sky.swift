internal import Almanac
internal import Foundation

/// What a clear sky over a place gives at the start of a minute.
struct Sky {
    /// Minutes since 1970.
    let minute: Double
    /// Degrees of the Sun above the level horizon, as if there were no air.
    let elevation: Double
    /// Natural logarithm of the lux of the Sun and the night.
    let logDaylight: Double
    /// Colour of that light.
    let mireds: Double
    /// Lux of the Moon.
    let moon: Double
    let photocell: Photocell

    init(minute: Double, over sun: Sun, hasMoon: Bool) {
        let position = sun.position(at: minute * 60)
        self.minute = minute
        elevation = position.elevation
        logDaylight = log(Daylight.illuminance(at: position.elevation))
        mireds = 1e6 / Daylight.colourTemperature(at: position.elevation)
        moon = hasMoon ? Moon(at: minute * 60, over: sun).illuminance : 0
        photocell = Photocell(position, latitude: sun.latitude)
    }
}
