internal import Almanac
internal import Foundation

/// The light on a scene as time goes by: sky, Moon, clouds, a street lamp, cars, and the camera's own lamp.
///
/// A moment's light depends on the moment and the seed alone, not on what was asked before; what is kept only saves work.
struct Scenery {
    private let sun: Sun
    private let clouds: Clouds
    private let hasMoon: Bool
    private let lamp: Double
    private let headlights: Headlights
    private let seed: UInt64
    /// The sky at the start of the minute last asked for.
    private var from: Sky
    /// And at its end; in between it is a straight line.
    private var to: Sky

    /// - Parameters:
    ///   - lamp: lux of the street lamp while it is on.
    ///   - headlights: cars an hour.
    init(sun: Sun, clouds: Clouds, hasMoon: Bool, lamp: Double, headlights: Double, seed: UInt64) {
        self.sun = sun
        self.clouds = clouds
        self.hasMoon = hasMoon
        self.lamp = lamp
        self.headlights = Headlights(perHour: headlights, seed: seed)
        self.seed = seed
        from = Sky(minute: 0, over: sun, hasMoon: hasMoon)
        to = Sky(minute: 1, over: sun, hasMoon: hasMoon)
    }

    /// Degrees of the Sun above the level horizon, as if there were no air.
    mutating func elevation(at wall: Double) -> Double {
        let share = share(at: wall)
        return from.elevation + (to.elevation - from.elevation) * share
    }

    /// Lux on level ground, and the colour of all of it in kelvin: the mean in mireds, by lux.
    ///
    /// - Parameters:
    ///   - wall: seconds since 1970, UTC.
    ///   - infrared: lux that the camera's own lamp adds, as the sensor sees it.
    mutating func light(at wall: Double, infrared: Double = 0) -> (lux: Double, colourTemperature: Double) {
        let share = share(at: wall)
        let clear = exp(from.logDaylight + (to.logDaylight - from.logDaylight) * share)
        let transmission = clouds.transmission(at: wall, seed: seed)
        let daylight = Daylight.night + max(0, clear - Daylight.night) * transmission

        var light = Mixture()
        light.add(daylight, mireds: from.mireds + (to.mireds - from.mireds) * share)
        light.add((from.moon + (to.moon - from.moon) * share) * transmission, mireds: 1e6 / 4100)
        if from.photocell.isLit(daylight: clear) { light.add(lamp, mireds: 1e6 / 2400) }
        if daylight < 100 { light.add(headlights.illuminance(at: wall), mireds: 1e6 / 4000) }
        light.add(infrared, mireds: 1e6 / 2700)
        return (light.lux, 1e6 * light.lux / light.weight)
    }

    /// How much of the minute has passed; its sky is at hand then.
    private mutating func share(at wall: Double) -> Double {
        let minute = (wall / 60).rounded(.down)
        if minute != from.minute { move(to: minute) }
        return wall / 60 - minute
    }

    /// The end of a minute is the start of the next, which a clock that runs comes to.
    private mutating func move(to minute: Double) {
        from = minute == to.minute ? to : Sky(minute: minute, over: sun, hasMoon: hasMoon)
        to = Sky(minute: minute + 1, over: sun, hasMoon: hasMoon)
    }

    private struct Mixture {
        private(set) var lux = 0.0
        private(set) var weight = 0.0

        mutating func add(_ lux: Double, mireds: Double) {
            self.lux += lux
            weight += lux * mireds
        }
    }
}
