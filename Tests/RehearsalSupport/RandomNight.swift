package import Almanac
package import Catalog
internal import Foundation
internal import Rehearsal

/// A dusk and the dawn after it that chance has made: place, day, clouds, traffic, lamps and noise follow from a number.
///
/// The light falls and rises through everything a switch by light has to get right: clouds that take three quarters of it, cars, a street
/// lamp that comes on at dusk, the camera's own infrared light that comes on with the profile `night`, the Moon, and the noise of the
/// sensor.
package struct RandomNight: Sendable {
    /// What makes it this one.
    package let seed: UInt64
    /// When the Sun sets and rises, in seconds since 1970.
    package let sunset, sunrise: Double
    private let plan: RehearsalPlan

    private static let latitudes = [-54.8, -33.9, -23.5, 0.3, 19.4, 35.7, 40.4, 48.1, 52.5, 57.7]
    private static let headlights = [0.0, 0, 20, 60, 120, 240]

    /// Makes a night; `folders` are where scripts are found.
    package init(seed: UInt64, folders: [String]) throws(AlmanacError) {
        self.seed = seed
        var chance = Chance(seed: seed)
        var place: Sun
        var times: (sunset: Double, sunrise: Double)?
        repeat {
            place = try Sun(latitude: chance.pick(RandomNight.latitudes) + chance.number(-2...2), longitude: chance.number(-180...180))
            times = RandomNight.times(place, after: 1_767_225_600 + chance.number(0...364) * 86_400)
        } while times == nil
        (sunset, sunrise) = times ?? (0, 0)
        var plan = RehearsalPlan(place: place, begin: sunset - 3600)
        plan.clouds = chance.pick([.none, .gusty, .gusty, .overcast])
        plan.headlights = chance.pick(RandomNight.headlights)
        plan.lamp = chance.pick([0, 0, chance.number(0.2...3)])
        plan.infrared = chance.pick([0, chance.number(3...100)])
        plan.camera = plan.infrared > 0 ? "imx708_noir" : chance.pick(["imx708", "imx708_wide_noir", "imx219", "imx477"])
        plan.hasMoon = chance.pick([true, false])
        plan.cadence = 2
        plan.seed = seed
        plan.folders = folders
        self.plan = plan
    }

    /// A sunset and the sunrise after it, where it gets dark between them: nine degrees down is less than 0.1 lux.
    private static func times(_ place: Sun, after: Double) -> (sunset: Double, sunrise: Double)? {
        guard let sunset = place.next(.sunset, after: after), let midnight = place.next(.midnight, after: sunset),
            let sunrise = place.next(.sunrise, after: sunset), place.position(at: midnight).elevation < -9
        else { return nil }
        return (sunset, sunrise)
    }

    /// What the night is like, in a line.
    package var sentence: String {
        "night \(seed): \(plan.sentence), lamp \(plan.lamp), infrared \(plan.infrared), \(plan.headlights) cars"
    }

    /// Rehearses a script from an hour before sunset to two and a half hours after sunrise.
    /// - Returns: the times at which the profile `night` was pushed and popped, relative to sunset and to sunrise.
    package func switches(of script: String, args: [String: Value] = [:]) throws(Problem) -> (on: [Double], off: [Double]) {
        let rehearsal = try Rehearsal(plan)
        try rehearsal.load(script, args: args)
        rehearsal.run(untilTime: sunset + 7200)
        // In the depth of the night cars are all that changes.
        rehearsal.cadence = 5
        rehearsal.run(untilTime: sunrise - 7200)
        rehearsal.cadence = 2
        rehearsal.run(untilTime: sunrise + 9000)
        let changes = rehearsal.decisions.filter { $0.owner == "profile:night" }
        return (
            changes.filter { $0.kind == "push" }.map { $0.time - sunset }, changes.filter { $0.kind == "pop" }.map { $0.time - sunrise }
        )
    }
}

/// Repeatable chance (SplitMix64, Steele, Lea and Flood 2014).
private struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    mutating func number(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + Double(next() >> 11) / 9_007_199_254_740_992 * (range.upperBound - range.lowerBound)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int(next() % UInt64(elements.count))] }
}
