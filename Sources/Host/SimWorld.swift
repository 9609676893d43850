internal import Almanac
internal import ArgumentParser
internal import Catalog
internal import Foundation
internal import Rehearsal

/// Where, when and under which sky a rehearsal takes place, from the command line.
struct SimWorld: ParsableArguments {
    @Option(help: "The day it begins, such as 2026-12-21, or with a time, '2026-12-21 16:00'. The standard is the day of the machine.")
    var day: String?

    @Option(name: .customLong("at"), help: "Where the camera is: LATITUDE,LONGITUDE. The standard is the configured place, or 48.1,11.6.")
    var place: String?

    @Option(help: "The clock people live by there, such as Europe/Berlin. The standard is the machine's.")
    var zone: String?

    @Option(name: .customLong("for"), help: "How long it goes on: 30m, 24h, 7d.")
    var duration = "24h"

    @Option(help: "The sky: none, gusty or overcast.")
    var clouds = "none"

    @Flag(help: "A sky without a moon.")
    var noMoon = false

    @Option(help: "Lux of a street lamp that burns at night.")
    var lamp = 0.0

    @Option(help: "Cars that pass in an hour of the night.")
    var headlights = 0.0

    @Option(help: "Lux of the camera's own infrared light while the profile 'night' is active.")
    var infrared = 0.0

    @Option(help: "The sensor, such as imx708 or imx219_noir.")
    var camera = "imx708"

    @Option(help: "Time between two frames of metadata while nobody waits for one.")
    var cadence = "1s"

    @Option(help: "Makes clouds, cars and noise differ; the same number gives the same timeline.")
    var seed: UInt64 = 1

    @Flag(help: "The wall clock was not set since the machine started.")
    var untrusted = false

    /// Seconds it goes on.
    /// - Throws: ``Exit`` for what is no time.
    var seconds: Double { get throws(Exit) { try SimWorld.seconds(duration, "--for", 1...400 * 86_400) } }

    /// The plan of the rehearsal.
    /// - Parameter settings: says where the camera is when the command line does not.
    /// - Throws: ``Exit`` that names the option.
    func plan(_ settings: Settings) throws(Exit) -> RehearsalPlan {
        guard let zone = zone.map({ TimeZone(identifier: $0) }) ?? .current else {
            throw Exit(.usage, "--zone takes a name such as 'Europe/Berlin', got '\(zone ?? "")'")
        }
        var plan = RehearsalPlan(place: try sun(settings), begin: try begin(zone))
        guard let clouds = Clouds(rawValue: clouds) else { throw Exit(.usage, "--clouds takes none, gusty or overcast, got '\(clouds)'") }
        plan.zone = zone
        plan.clouds = clouds
        (plan.hasMoon, plan.isTrusted) = (!noMoon, !untrusted)
        plan.lamp = try SimWorld.positive(lamp, "--lamp")
        plan.headlights = try SimWorld.positive(headlights, "--headlights")
        plan.infrared = try SimWorld.positive(infrared, "--infrared")
        plan.cadence = try SimWorld.seconds(cadence, "--cadence", 0.01...3600)
        (plan.camera, plan.seed) = (camera, seed)
        plan.folders = [settings["luneta.scripts"], BundledScripts.folder]
        return plan
    }

    private func begin(_ zone: TimeZone) throws(Exit) -> Double {
        let text = TimelineText(zone: zone)
        do throws(Problem) {
            return try RehearsalTime(zone: zone).moment(day ?? text.day(Date().timeIntervalSince1970))
        } catch {
            throw Exit(.usage, "--day: \(error.sentence)")
        }
    }

    private func sun(_ settings: Settings) throws(Exit) -> Sun {
        let configured = "\(settings["luneta.latitude"]),\(settings["luneta.longitude"])"
        let text = place ?? (configured.count > 1 ? configured : "48.1,11.6")
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0.filter { $0 != " " }) }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else {
            throw Exit(.usage, "--at takes degrees north and east such as 48.1,11.6, got '\(text)'")
        }
        do throws(AlmanacError) { return try Sun(latitude: latitude, longitude: longitude) } catch {
            throw Exit(.usage, "--at: \(error.sentence)")
        }
    }

    private static func positive(_ number: Double, _ name: String) throws(Exit) -> Double {
        guard (0...1_000_000).contains(number) else { throw Exit(.usage, "\(name) must be 0 to 1000000, got \(Value.plain(number))") }
        return number
    }

    private static func seconds(_ text: String, _ name: String, _ range: ClosedRange<Double>) throws(Exit) -> Double {
        guard let seconds = TimeText.seconds(text), range.contains(seconds) else {
            throw Exit(.usage, "\(name) takes a time such as '30m' or '24h', at most 400d, got '\(text)'")
        }
        return seconds
    }
}
