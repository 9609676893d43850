public import Foundation

/// The Sun over one place on Earth.
///
/// Times are seconds since 1970, UTC. From 1980 to 2050 events agree with PyEphem's within a second, and within 20 s where the Sun all but
/// grazes the elevation in question; what real air does near the horizon is a minute and more, and no almanac knows it.
public struct Sun: Hashable, Sendable {
    /// Degrees north of the equator; negative is south.
    public let latitude: Double
    /// Degrees east of Greenwich; negative is west.
    public let longitude: Double

    /// Creates the Sun over a place.
    /// - Parameter metresAboveSea: not used: events are those of a level horizon, as in almanacs.
    public init(latitude: Double, longitude: Double, metresAboveSea: Double? = nil) throws(AlmanacError) {
        guard (-90...90).contains(latitude) else {
            throw AlmanacError(sentence: "latitude must be -90 to 90 degrees, got \(latitude)")
        }
        guard (-180...180).contains(longitude) else {
            throw AlmanacError(sentence: "longitude must be -180 to 180 degrees, got \(longitude)")
        }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// Where the Sun stands at a moment.
    public func position(at time: Double) -> SunPosition {
        let sun = SunCoordinates(time)
        let hourAngle = sun.siderealTime + longitude * Angle.degree - sun.rightAscension
        return SunPosition(sun, hourAngle: hourAngle, latitude: latitude * Angle.degree)
    }

    /// The first time later than `after` that an event happens; nil if that takes more than `searchDays` days.
    ///
    /// What this returned can be given back as `after`: the same event is not found twice.
    public func next(_ event: SunEvent, after: Double, searchDays: Int = 400) -> Double? {
        guard abs(after) < Sun.farthest else { return nil }
        let limit = after + Double(searchDays) * 86_400
        let found =
            switch event.kind {
            case .transit(let upper): nextTransit(upper: upper, after: after)
            case .crossing(let elevation, let rising): nextCrossing(of: elevation, rising: rising, after: after, limit: limit)
            }
        return found.flatMap { $0 <= limit ? $0 : nil }
    }

    /// When an event first happens on a local day; nil if it does not, or if the zone has no such day.
    ///
    /// Besides the polar days and nights, a local day now and then has no midnight event or two: they come near its edge and drift.
    public func on(day: CalendarDay, _ event: SunEvent, in zone: TimeZone) -> Double? {
        guard let start = day.start(in: zone), let end = day.end(in: zone) else { return nil }
        return next(event, after: start.nextDown, searchDays: 3).flatMap { $0 < end ? $0 : nil }
    }

    /// Three thousand years from 1970, in seconds: far outside what the series are good for.
    private static let farthest = 1e11
}

extension Sun {
    /// Transits are numbered: even ones are upper, odd ones lower, two in a day.
    private func nextTransit(upper: Bool, after: Double) -> Double? {
        let first = halfDay(before: after)
        return (first...first + 4).lazy.filter { $0.isMultiple(of: 2) == upper }.map { transit($0) }.first { $0 > after }
    }

    /// Between a highest and a lowest point the elevation only falls or only rises, so that a change of sign is one crossing.
    private func nextCrossing(of elevation: Double, rising: Bool, after: Double, limit: Double) -> Double? {
        var half = halfDay(before: after)
        var from = turningPoint(half, near: elevation)
        while from.time <= limit {
            half += 1
            let to = turningPoint(half, near: elevation)
            if to.time > after, from.isAbove != rising, to.isAbove == rising {
                let time = crossing(of: elevation, from: from, to: to)
                if time > after { return time }
            }
            from = to
        }
        return nil
    }

    /// A half day that begins before a moment, and at most a day before.
    private func halfDay(before time: Double) -> Int {
        Int(((time - 43_200 + longitude * 240) / 43_200).rounded(.down)) - 1
    }

    /// When the Sun passes the meridian for the `half`th time since 1970, to a millisecond.
    ///
    /// Starts from the mean Sun, which is at most 17 minutes away, and follows the hour angle; each step leaves 1/3000.
    private func transit(_ half: Int) -> Double {
        var time = 43_200 + Double(half) * 43_200 - longitude * 240
        for _ in 0..<2 {
            let sun = SunCoordinates(time)
            let hourAngle = sun.siderealTime + longitude * Angle.degree - sun.rightAscension - Double(half) * .pi
            time -= remainder(hourAngle, 2 * .pi) / .pi * 43_200
        }
        return time
    }

    private struct TurningPoint {
        let time: Double
        let isAbove: Bool
    }

    /// The highest or lowest point of a half day.
    ///
    /// The Sun's own way north or south moves it away from the meridian: by a minute at 70°, by hours at the poles, and by at most 0.1°
    /// of elevation. So it is looked for only where that could matter.
    private func turningPoint(_ half: Int, near elevation: Double) -> TurningPoint {
        let transit = transit(half)
        let above = position(at: transit).elevation - elevation
        guard abs(above) < 0.2 else { return TurningPoint(time: transit, isAbove: above >= 0) }
        let time = extreme(around: transit, highest: half.isMultiple(of: 2))
        return TurningPoint(time: time, isAbove: position(at: time).elevation >= elevation)
    }

    /// Golden section search within a little less than six hours, so that two neighbours cannot change places.
    private func extreme(around transit: Double, highest: Bool) -> Double {
        let ratio = 0.618_033_988_749_894_9
        let sign: Double = highest ? 1 : -1
        var (low, high) = (transit - 21_000, transit + 21_000)
        while high - low > 1 {
            let (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
            if sign * position(at: left).elevation < sign * position(at: right).elevation { low = left } else { high = right }
        }
        return (low + high) / 2
    }

    /// Halves the interval until it is a millisecond; the time returned is already on the far side.
    private func crossing(of elevation: Double, from: TurningPoint, to: TurningPoint) -> Double {
        var (low, high) = (from.time, to.time)
        while high - low > 0.001 {
            let middle = (low + high) / 2
            if (position(at: middle).elevation >= elevation) == to.isAbove { high = middle } else { low = middle }
        }
        return high
    }
}
