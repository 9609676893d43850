import Catalog
import Support
import Testing
import Timing

@testable import CameraBindings

@Suite(.serialized) struct SimulatedCameraTests {
    private let quick = CameraConfiguration(width: 320, height: 180, framerate: 100)

    private func camera(_ options: SimulationOptions = SimulationOptions()) throws -> (SimulatedCamera, SignalLog) {
        let camera = try SimulatedCamera("imx708", options, clock: SystemClock())
        _ = try camera.configure(quick)
        return (camera, SignalLog())
    }

    @Test func `a frame for which there is no buffer is left out and counted`() async throws {
        let (camera, log) = try camera()
        log.hold(BufferPool.standardCount)
        try camera.start(log.handler)
        defer { camera.stop() }
        try await log.wait(for: "as many frames as there are buffers") { $0.held.count == BufferPool.standardCount }
        try await log.wait(for: "every buffer in use") { _ in camera.buffersInUse == BufferPool.standardCount }
        // Time for frames that cannot come.
        try await Task.sleep(for: .milliseconds(60))
        log.release()
        try await log.more(2)
        let numbers = log.metadata.map(\.report.sequence)
        #expect(zip(numbers, numbers.dropFirst()).contains { $1 > $0 + 1 })
    }

    @Test func `every buffer comes back`() async throws {
        let (camera, log) = try camera()
        try camera.start(log.handler)
        try await log.more(10)
        camera.stop()
        log.release()
        #expect(camera.buffersInUse == 0)
    }

    @Test func `nothing is painted while nobody looks`() async throws {
        let (camera, log) = try camera()
        camera.demandPixels(false)
        log.hold(5)
        try camera.start(log.handler)
        try await log.wait(for: "five frames") { $0.held.count == 5 }
        camera.stop()
        #expect(log.held.allSatisfy { $0.pixels == nil && $0.metadata.report.lux != nil })
        #expect(camera.buffersInUse == 0)
    }

    @Test func `frames outlive their camera`() async throws {
        var opened: SimulatedCamera? = try camera().0
        let log = SignalLog()
        try opened?.start(log.handler)
        try await log.wait(for: "a picture") { $0.latest?.pixels != nil }
        opened?.stop()
        opened = nil
        let plane = try #require(log.latest?.pixels?.planes.first)
        #expect(plane.base.load(as: UInt8.self) > 0)
    }

    @Test func `a lost camera says why and nothing more`() async throws {
        let (camera, log) = try camera()
        try camera.start(log.handler)
        defer { camera.stop() }
        try await log.more(2)
        camera.fail("the cable was pulled")
        try await log.wait(for: "the loss") { !$0.losses.isEmpty }
        let count = log.count
        try await Task.sleep(for: .milliseconds(60))
        #expect(log.losses == ["the cable was pulled"])
        #expect(log.count == count)
    }

    @Test func `a stalled camera says nothing at all`() async throws {
        let (camera, log) = try camera()
        try camera.start(log.handler)
        defer { camera.stop() }
        try await log.more(2)
        camera.stall()
        try await Task.sleep(for: .milliseconds(40))
        let count = log.count
        try await Task.sleep(for: .milliseconds(60))
        #expect(log.count == count && log.losses.isEmpty)
    }

    @Test func `frames keep to their schedule`() async throws {
        let (camera, log) = try camera()
        camera.demandPixels(false)
        try camera.start(log.handler)
        defer { camera.stop() }
        try await log.more(40)
        let reports = log.metadata.map(\.report)
        for (before, after) in zip(reports, reports.dropFirst()) {
            let frames = Double(after.sequence - before.sequence)
            #expect(abs(after.timestamp - before.timestamp - frames * 0.01) < 1e-6)
        }
    }

    @Test func `without a pace frames come faster than their time`() async throws {
        var options = SimulationOptions()
        options.isPaced = false
        let (camera, log) = try camera(options)
        camera.demandPixels(false)
        let begin = ContinuousClock.now
        try camera.start(log.handler)
        try await log.more(2000)
        camera.stop()
        #expect(ContinuousClock.now - begin < .seconds(10))
        #expect(try #require(log.metadata.last).report.timestamp - #require(log.metadata.first).report.timestamp > 19)
    }

    @Test func `prepainted frames are shown in turn and promise no control they would not show`() async throws {
        var options = SimulationOptions()
        options.prepainted = 3
        let (camera, log) = try camera(options)
        log.hold(7)
        try camera.start(log.handler)
        defer { camera.stop() }
        try await log.wait(for: "seven frames") { $0.held.count == 7 }
        let places = Dictionary(grouping: log.held) { $0.metadata.report.sequence % 3 }.mapValues {
            Set($0.map { $0.pixels?.planes[0].base })
        }
        #expect(places.values.allSatisfy { $0.count == 1 })
        #expect(Set(places.values).count == places.count)
        #expect(camera.capabilities.limits["exposure.time"] == nil && camera.capabilities.limits["geometry.hflip"] != nil)
    }

    @Test func `it focuses on request`() async throws {
        let (camera, log) = try camera()
        camera.set(["focus.mode": "auto"], request: 1)
        try camera.start(log.handler)
        defer { camera.stop() }
        try await log.wait(for: "an idle lens") { $0.metadata.last?.report.focusState == "idle" }
        try camera.triggerFocus()
        try await log.wait(for: "a focused lens") { $0.metadata.last?.report.focusState == "focused" }
        #expect(abs(try #require(log.metadata.last?.report.lensPosition) - 0.25) < 0.15)
    }

    @Test func `it reacts to light`() async throws {
        let (camera, log) = try camera()
        try camera.start(log.handler)
        defer { camera.stop() }
        try await log.wait(for: "daylight") { ($0.metadata.last?.report.lux ?? 0) > 10_000 }
        camera.illuminate(Light(lux: 5, colourTemperature: 2700))
        try await log.wait(for: "a lamp's light") { abs(($0.metadata.last?.report.lux ?? 0) - 5) < 0.2 }
        try await log.wait(for: "its colour") { ($0.metadata.last?.report.colourTemperature ?? 9000) < 2800 }
    }
}
