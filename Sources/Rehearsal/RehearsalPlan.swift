package import Almanac
package import Foundation

/// What a rehearsal takes place in.
package struct RehearsalPlan: Sendable {
    /// Where the camera is.
    package var place: Sun
    /// The clock people live by there.
    package var zone = TimeZone(identifier: "UTC") ?? .current
    /// When it begins, in seconds since 1970.
    package var begin: Double
    /// What the sky does.
    package var clouds = Clouds.none
    /// Whether there is a moon.
    package var hasMoon = true
    /// Illuminance of a street lamp that burns at night; 0 for none.
    package var lamp = 0.0
    /// Cars that pass in an hour of the night.
    package var headlights = 0.0
    /// Illuminance of the camera's own infrared light while the profile `night` is active; 0 for none.
    package var infrared = 0.0
    /// The sensor, such as `imx708_noir`.
    package var camera = "imx708"
    /// Seconds from one frame of metadata to the next, while nothing is waited for.
    package var cadence = 1.0
    /// What makes this one differ from others: clouds, cars, noise, random numbers of scripts.
    package var seed: UInt64 = 1
    /// Whether the wall clock was set when the machine started.
    package var isTrusted = true
    /// Where scripts are found, the first folder first.
    package var folders: [String] = []
    /// Where pictures are written; nil paints none.
    package var pictures: String?

    /// A night that was recorded: its light in place of the sky's, and its events.
    package var night: RecordedNight?

    /// What it takes place in, in a few words: `2026-12-21, 48.1° N 11.6° E, no clouds, seed 1, imx708`.
    package var sentence: String {
        let text = TimelineText(zone: zone)
        let north = "\(Figure.significant(abs(place.latitude), 4))° \(place.latitude < 0 ? "S" : "N")"
        let east = "\(Figure.significant(abs(place.longitude), 4))° \(place.longitude < 0 ? "W" : "E")"
        let sky = night != nil ? "recorded light" : clouds == .none ? "clear sky" : clouds == .gusty ? "gusty clouds" : "overcast"
        return "\(text.day(begin)) \(text.clock(begin)) \(zone.identifier), \(north) \(east), \(sky), seed \(seed), \(camera)"
    }

    /// Plans a rehearsal.
    package init(place: Sun, begin: Double) {
        self.place = place
        self.begin = begin
    }
}
