@testable import CameraBindings
import Catalog
import Testing
import Timing

/// Automatic exposure in the loop with a sensor, frame by frame.
@Suite struct AutoExposureTests {
    /// Runs a sensor for some frames and gives the last report.
    private func run(
        _ values: [String: Value] = [:], lux: Double = 200, frames: Int = 60, sensor given: SimulatedSensor? = nil,
        _ name: String = "imx708"
    ) throws -> (shot: Shot, sensor: SimulatedSensor) {
        let model = try #require(SensorModel.known.first { $0.name == name })
        var sensor = try given ?? SimulatedSensor(model, CameraConfiguration())
        sensor.set(values, request: 1)
        var shot = sensor.step(.usual(lux: lux), at: Instant(nanoseconds: 0))
        for _ in 1..<frames { shot = sensor.step(.usual(lux: lux), at: Instant(nanoseconds: 0)) }
        return (shot, sensor)
    }

    private func time(_ shot: Shot) -> Int { shot.metadata.report.exposureTime ?? 0 }
    private func gain(_ shot: Shot) -> Double { shot.metadata.report.analogueGain ?? 0 }

    @Test(arguments: [2.0, 20, 200, 2000, 20_000, 50_000])
    func `it finds a normal exposure in any light it can`(_ lux: Double) throws {
        let shot = try run(lux: lux).shot
        let isReachable = lux >= 20
        #expect((abs(shot.exposure - 0.8) < 0.12) == isReachable, "\(lux) lux gives \(shot.exposure)")
        #expect(shot.metadata.report.exposureSettled == true)
    }

    @Test func `a step of light is followed in some frames, not in one`() throws {
        let before = try run(lux: 1000)
        let soon = try run(lux: 100, frames: 4, sensor: before.sensor)
        let late = try run(lux: 100, frames: 40, sensor: soon.sensor)
        #expect(soon.shot.exposure < 0.4 && soon.shot.metadata.report.exposureSettled == false)
        #expect(abs(late.shot.exposure - 0.8) < 0.12 && late.shot.metadata.report.exposureSettled == true)
    }

    @Test func `it does not swing`() throws {
        var sensor = try run(lux: 50).sensor
        var exposures: [Double] = []
        for _ in 0..<80 { exposures.append(sensor.step(.usual(lux: 800), at: Instant(nanoseconds: 0)).exposure) }
        // From too bright it comes down to its aim; a loop that ignores the sensor's delay would go far below it.
        #expect(try #require(exposures.min()) > 0.7)
    }

    @Test(arguments: [-2.0, -1, 1])
    func `exposure value counts in stops`(_ stops: Double) throws {
        let normal = try run().shot.exposure
        let shifted = try run(["exposure.value": .number(stops)]).shot.exposure
        #expect((shifted < normal) == (stops < 0))
        // A clipping sky lets a brighter aim go further than its stops.
        #expect(stops > 0 || abs(shifted / normal - (stops == -1 ? 0.5 : 0.25)) < 0.05)
    }

    @Test func `the modes split time and gain differently`() throws {
        let modes = try ["short", "normal", "long"].map { try run(["exposure.mode": .text($0)], lux: 150).shot }
        #expect(time(modes[0]) < time(modes[1]) && time(modes[1]) < time(modes[2]))
        #expect(gain(modes[0]) > gain(modes[1]) && gain(modes[1]) > gain(modes[2]))
    }

    @Test func `shadows brightens and highlight protects`() throws {
        let normal = try run().shot.exposure
        #expect(try run(["exposure.constraint": "shadows"]).shot.exposure > normal * 1.5)
        #expect(try run(["exposure.constraint": "highlight"]).shot.exposure < normal * 0.8)
    }

    @Test func `metering looks at different parts`() throws {
        let exposures = try ["centre", "spot", "matrix"].map {
            try run(["exposure.metering": .text($0)], lux: 2000).shot.metadata.report.exposureTime
        }
        #expect(Set(exposures).count == 3)
    }

    @Test func `its limits hold`() throws {
        let dark = try run(["exposure.max_time": 8000, "exposure.max_gain": 3], lux: 1).shot
        #expect(time(dark) <= 8000 && gain(dark) <= 3)
        let bright = try run(["exposure.min_time": 4000, "exposure.min_gain": 2], lux: 20_000).shot
        #expect(time(bright) >= 3980 && gain(bright) >= 1.99)
    }

    @Test func `without a limit the time stays within the frame, with one the frame gets longer`() throws {
        #expect(time(try run(lux: 0.5).shot) <= 33_334)
        let long = try run(["exposure.max_time": 1_000_000], lux: 0.5).shot
        #expect(time(long) > 900_000)
        #expect(try #require(long.metadata.report.frameDuration) >= time(long))
    }

    @Test func `automatic exposure goes on from where the hand left off`() throws {
        let manual = try run(["exposure.auto": false, "exposure.time": 100, "exposure.gain": 2], lux: 100).sensor
        let after = try run(["exposure.auto": true], lux: 100, frames: 40, sensor: manual).shot
        #expect(abs(after.exposure - 0.8) < 0.12)
    }
}
