internal import Almanac
internal import Foundation

/// The switch of a street lamp: on when daylight falls below 25 lux, off when it rises above 40.
///
/// What it did last is read from where the Sun is in its day, so that any moment can be asked for first. It sees no clouds.
struct Photocell {
    private let isLitBetween: Bool

    /// The switch as it stands while the Sun is about there.
    init(_ sun: SunPosition, latitude: Double) {
        let degree = Double.pi / 180
        let (place, height) = (latitude * degree, sun.elevation * degree)
        let sine = sin(place) * sin(height) + cos(place) * cos(height) * cos(sun.azimuth * degree)
        let declination = asin(max(-1, min(1, sine))) / degree
        let (lowest, highest) = (abs(latitude + declination) - 90, 90 - abs(latitude - declination))
        let (isRising, cameFromNight) = (sun.azimuth < 180, Daylight.illuminance(at: lowest) < Photocell.on)
        // A polar noon may be too dark to put it out, a white night too light to put it on.
        isLitBetween = isRising && cameFromNight || Daylight.illuminance(at: highest) <= Photocell.off
    }

    /// - Parameter daylight: lux of a clear sky.
    func isLit(daylight: Double) -> Bool { daylight < Photocell.on || daylight <= Photocell.off && isLitBetween }

    private static let (on, off) = (25.0, 40.0)
}
