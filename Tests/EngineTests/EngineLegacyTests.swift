import CameraBindings
import Catalog
import Testing
import Timing

@testable import Engine

struct EngineLegacyTests {
    private let now = Instant(nanoseconds: 0)

    private func state() -> EngineState {
        var state = EngineState()
        state.capabilities = Capabilities(
            model: "test", kind: "simulated", sensorWidth: 1920, sensorHeight: 1080, modes: [],
            limits: Dictionary(Catalog.controls.map { ($0.key, $0.type) }) { $1 }, hasAutofocus: true)
        return state
    }

    @Test func `holders, their order and the profiles go on`() throws {
        var before = state()
        before.profiles.define("night", ["image.contrast": 2.0])
        before.profiles.push("night")
        for owner in [Owner.script("look"), .profile("night"), .rest] {
            _ = try before.apply(Change(owner, ["image.contrast": 1.5, "stream.size": [640, 480]]), now: now, wall: 7)
        }
        var after = EngineState()
        #expect(after.resume(before.legacy) == [])
        #expect(after.owners.stack("image.contrast") == before.owners.stack("image.contrast"))
        #expect(after.owners.stack("image.contrast").map(\.owner) == [.rest, .profile("night"), .script("look")])
        #expect(after.profiles.active == ["night"] && after.profiles.defined == before.profiles.defined)
        #expect(after.wantedConfiguration(try #require(before.capabilities)).width == 640)
    }

    @Test func `what this Catalog does not take is left out and said`() {
        let holding = { (value: Value) in [Holding(owner: .rest, value: value, time: 0)] }
        var after = EngineState()
        let refusals = after.resume(
            EngineLegacy(
                holdings: ["image.contrast": holding(99), "image.no_such": holding(1), "image.saturation": holding(1.5)],
                profiles: ["odd": ["image.no_such": 1]], active: ["odd"]))
        #expect(refusals.count == 3)
        #expect(refusals.allSatisfy { $0.contains("image.contrast") || $0.contains("image.no_such") }, "\(refusals)")
        #expect(after.effective("image.saturation") == 1.5)
        #expect(after.profiles.active == [])
    }

    @Test func `which kind of camera there was is known until there is one`() {
        var after = EngineState()
        _ = after.resume(EngineLegacy(camera: "libcamera"))
        #expect(after.legacy.camera == "libcamera")
        after.capabilities = state().capabilities
        #expect(after.legacy.camera == "simulated")
    }

    @Test func `a camera that is away at the start is opened once it is there`() async throws {
        let isThere = Mutex(false)
        let clock = SystemClock()
        let engine = Engine(clock: clock, url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in
            guard isThere.withLock({ $0 }) else { throw .notFound("unbound") }
            return try SimulatedCamera("imx708", clock: clock)
        }
        defer { engine.shutDown() }
        _ = engine.resume(EngineLegacy(holdings: ["stream.size": [Holding(owner: .rest, value: [640, 480], time: 0)]]))
        let error = #expect(throws: CameraError.self) { try engine.start() }
        engine.keepTrying(after: try #require(error))
        #expect(engine.status.camera == HostStatus.Part(isUp: false, state: "lost", reason: "unbound"))
        isThere.withLock { $0 = true }
        let deadline = ContinuousClock.now + .seconds(60)
        while !engine.status.camera.isUp && ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        #expect(engine.status.camera.isUp)
        #expect(engine.info.table?["size"] == [640, 480])
    }
}
