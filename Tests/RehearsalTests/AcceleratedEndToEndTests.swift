import Almanac
import CameraBindings
import Catalog
import Engine
import Foundation
import Testing
import Timing

@testable import Rehearsal
@testable import Scripting

/// A clock that runs sixty times as fast as the machine's.
private struct FastClock: HostClock {
    let begin: Double
    let pace = 60.0
    private let start = SystemClock().now

    var now: Instant { Instant(nanoseconds: 0).advanced(by: start.seconds(to: SystemClock().now) * pace) }
    var wall: Double { begin + now.seconds }
    let isTrusted = true
}

/// Decides by light, by the sun, by the clock and by frames.
private let policy = """
    ---@needs control image.* exposure.*
    local band
    every("10s", function()
      local lux = camera.frame.lux
      if not lux then return end
      local now = lux > 300 and "day" or lux > 20 and "dusk" or "night"
      if now == band then return end
      band = now
      camera:apply{ ["image.contrast"] = now == "day" and 1 or now == "dusk" and 1.2 or 1.4 }
    end)
    sun.on("sunset", function() camera.image.saturation = 0.9 end)
    at("17:00", function() camera.image.sharpness = 1.5 end)
    every("30m", function() camera.exposure.value = 0.5 end)
    """

@Suite(.serialized) struct AcceleratedEndToEndTests {
    // Not on the edge of a timer.
    private let seconds = 7140.0

    private func plan() throws -> RehearsalPlan {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        var plan = RehearsalPlan(place: try munich(), begin: try RehearsalTime(zone: zone).moment("2026-12-21 15:30"))
        plan.zone = zone
        plan.folders = [bundledScripts]
        return plan
    }

    /// What the live engine, with its threads, decides in two minutes that are two hours.
    private func live(_ plan: RehearsalPlan) async throws -> [RecordedNight.Decision] {
        let clock = FastClock(begin: plan.begin)
        let camera = try SimulatedCamera(plan.camera, SimulationOptions(), clock: clock)
        let engine = Engine(clock: clock, url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in camera }
        // A frame a second: sixty of them in a real one.
        try engine.preset(Change(.configuration, ["stream.framerate": 1]))
        let decisions = Mutex<[RecordedNight.Decision]>([])
        let subscription = engine.followDecisions { decision in
            guard !decision.values.isEmpty, decision.owner != .configuration else { return }
            if case .profile = decision.owner, decision.kind == .apply { return }
            let made = RecordedNight.Decision(
                time: decision.time, kind: decision.kind.rawValue, owner: decision.owner.description, values: decision.values)
            decisions.withLock { $0.append(made) }
        }
        var scenery = Scenery(sun: plan.place, clouds: .none, hasMoon: true, lamp: 0, headlights: 0, seed: plan.seed)
        func illuminate() {
            let (lux, temperature) = scenery.light(at: clock.wall)
            camera.illuminate(Light(lux: lux, colourTemperature: temperature))
        }
        illuminate()
        try engine.start()
        let scripts = ScriptHost(
            surface: engine, clock: clock, folders: plan.folders, limits: .standard, book: nil, web: nil, sun: plan.place, zone: plan.zone,
            driver: ScriptThreads(clock: clock), seed: nil
        ) { _ in }
        try await scripts.run("day_night")
        try await scripts.run(source: policy, name: "policy")
        while clock.wall < plan.begin + seconds {
            illuminate()
            try await Task.sleep(for: .milliseconds(10))
        }
        let made = decisions.withLock { $0 }
        withExtendedLifetime(subscription) {}
        await scripts.shutDown()
        engine.shutDown()
        return made
    }

    @Test func `two hours in rehearsal and in two minutes of the live engine make the same decisions`() async throws {
        let plan = try plan()
        let rehearsal = try Rehearsal(plan)
        try rehearsal.load("day_night")
        try rehearsal.load("policy", source: policy)
        rehearsal.run(for: seconds)
        let rehearsed = rehearsal.decisions
        let live = try await live(plan)
        #expect(rehearsed.map(\.kind) == live.map(\.kind))
        #expect(rehearsed.map(\.owner) == live.map(\.owner))
        #expect(rehearsed.map(\.values) == live.map(\.values))
        #expect(rehearsed.count >= 8)
        // A machine that is busy for a second is busy for a minute of these.
        for (rehearsed, live) in zip(rehearsed, live) { #expect(abs(rehearsed.time - live.time) < 90, "\(rehearsed) \(live)") }
    }
}
