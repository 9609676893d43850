@testable import CameraBindings
import Catalog
import Testing
import Timing

@Suite struct SimulatedSensorTests {
    private let start = Instant(nanoseconds: 0)
    private let light = Light.usual(lux: 200)

    private func sensor(_ model: SensorModel = .imx708, _ configuration: CameraConfiguration = CameraConfiguration()) throws
        -> SimulatedSensor
    {
        try SimulatedSensor(model, configuration)
    }

    private func step(_ sensor: inout SimulatedSensor, _ frames: Int) -> Shot {
        var shot = sensor.step(light, at: start)
        for _ in 1..<frames { shot = sensor.step(light, at: start) }
        return shot
    }

    @Test func `a value is in force after the sensor's delay, not before`() throws {
        var sensor = try sensor()
        _ = step(&sensor, 5)
        sensor.set(["exposure.auto": false, "exposure.time": 20_000], request: 4)
        #expect(step(&sensor, 2).metadata.settledRequest == 0)
        let landed = step(&sensor, 1).metadata
        #expect(landed.settledRequest == 4)
        #expect(landed.inForce.values["exposure.time"] == 19_987)
        #expect(landed.report.exposureTime == 19_987)
    }

    @Test func `the values in force are shared until something changes`() throws {
        var sensor = try sensor()
        let first = step(&sensor, 1).metadata.inForce
        #expect(step(&sensor, 50).metadata.inForce === first)
        sensor.set(["image.contrast": 2], request: 1)
        #expect(step(&sensor, 3).metadata.inForce !== first)
    }

    @Test func `a gain beyond the sensor is cut, with a reason`() throws {
        var sensor = try sensor()
        sensor.set(["exposure.auto": false, "exposure.gain": 40], request: 1)
        let metadata = step(&sensor, 1).metadata
        #expect(metadata.inForce.values["exposure.gain"] == 16.0)
        #expect(metadata.inForce.reasons["exposure.gain"] == "this camera's 'exposure.gain' ends at 16")
        #expect(metadata.report.analogueGain == 16)
    }

    @Test func `a gain between two codes needs no reason`() throws {
        var sensor = try sensor()
        sensor.set(["exposure.gain": 3.33], request: 1)
        let inForce = step(&sensor, 1).metadata.inForce
        #expect(inForce.reasons["exposure.gain"] == nil)
        #expect(abs(try #require(inForce.values["exposure.gain"]?.double) - 3.33) < 0.02)
    }

    @Test func `a word the camera does not know leaves the old one in force`() throws {
        var sensor = try sensor()
        sensor.set(["exposure.mode": "long"], request: 1)
        sensor.set(["exposure.mode": "custom"], request: 2)
        let inForce = step(&sensor, 3).metadata.inForce
        #expect(inForce.values["exposure.mode"] != "custom")
        #expect(inForce.reasons["exposure.mode"] == "this camera does not take 'custom' for 'exposure.mode'")
    }

    @Test func `a long manual exposure makes the frame longer`() throws {
        var sensor = try sensor()
        sensor.set(["exposure.auto": false, "exposure.time": 2_000_000], request: 1)
        let shot = step(&sensor, 1)
        #expect(shot.seconds > 1.99)
        #expect(shot.metadata.report.frameDuration == shot.metadata.report.exposureTime)
    }

    @Test func `a frame rate beyond the mode is cut, with a reason`() throws {
        var sensor = try sensor(.imx708, CameraConfiguration(framerate: 90, mode: 1))
        let metadata = step(&sensor, 1).metadata
        #expect(metadata.inForce.values["stream.framerate"] == 56.03)
        #expect(metadata.inForce.reasons["stream.framerate"] == "the sensor mode 2304x1296 does at most 56.03 fps")
    }

    @Test func `high dynamic range halves what the sensor can do`() throws {
        let sensor = try sensor(.imx708, CameraConfiguration(framerate: 50, hdr: "sensor"))
        #expect(sensor.configuration.framerate == 30)
        #expect(try self.sensor(.imx219, CameraConfiguration(hdr: "sensor")).configuration.hdr == "off")
    }

    @Test func `a mode that does not exist is refused`() {
        #expect(throws: CameraError.unsupported("'imx708' has sensor modes 0 to 2, got 3")) {
            try sensor(.imx708, CameraConfiguration(mode: 3))
        }
    }

    @Test func `the illuminance it reports is the scene's, give or take a hair`() throws {
        var sensor = try sensor()
        let lux = (0..<100).compactMap { _ in sensor.step(light, at: start).metadata.report.lux }.suffix(50)
        #expect(lux.allSatisfy { abs($0 - 200) < 4 })
        #expect(Set(lux).count > 10)
    }

    @Test func `settings, counter and automatics outlive a new configuration`() throws {
        var before = try sensor()
        before.set(["image.contrast": 2], request: 5)
        let last = step(&before, 60)
        var after = try SimulatedSensor(.imx708, CameraConfiguration(width: 1280, height: 720), after: before)
        let first = step(&after, 1)
        #expect(first.metadata.report.sequence == last.metadata.report.sequence + 1)
        #expect(first.metadata.inForce.values["image.contrast"] == 2.0 && first.metadata.settledRequest == 5)
        #expect(abs(first.exposure - last.exposure) < 0.05)
    }

    @Test func `a fixed lens says nothing of focus`() throws {
        var sensor = try sensor(.imx219)
        let report = step(&sensor, 1).metadata.report
        #expect(report.lensPosition == nil && report.focusState == nil && report.focusFigure == nil)
        #expect(report.blackLevels == [4096, 4096, 4096, 4096])
    }

    @Test func `two sensors in the same light do the same`() throws {
        var (one, other) = (try sensor(), try sensor())
        for _ in 0..<100 { #expect(one.step(light, at: start).metadata.report == other.step(light, at: start).metadata.report) }
    }
}
