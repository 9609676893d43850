import CameraBindings
import Catalog
import Pipeline
import Testing
import Timing

@testable import Engine

struct EngineStateTests {
    private let now = Instant(nanoseconds: 0)

    /// A state with an IMX219-like camera: no lens, gain up to 10.66, exposure from 75 µs.
    private func state() -> EngineState {
        var limits: [String: ValueType] = [:]
        for control in Catalog.controls where control.target == .camera && control.topic != "focus" { limits[control.key] = control.type }
        limits["exposure.gain"] = .number(1...10.66, .ratio)
        limits["image.hdr"] = .choice(["off"])
        var state = EngineState()
        state.capabilities = Capabilities(
            model: "imx219", kind: "test", sensorWidth: 3280, sensorHeight: 2464,
            modes: [SensorMode(width: 1920, height: 1080, maximumFramerate: 47.57, about: "cropped")], limits: limits, hasAutofocus: false)
        state.granted = CameraConfiguration()
        return state
    }

    private func frame(_ number: UInt64, request: UInt64, _ values: [String: Value] = [:]) -> FrameMetadata {
        var report = FrameReport()
        report.sequence = number
        report.exposureTime = 8000
        report.analogueGain = 3
        return FrameMetadata(report: report, settledRequest: request, inForce: InForce(values: values))
    }

    private func sent(_ actions: [EngineState.Action]) -> [String: Value] {
        for case .send(let values, _) in actions { return values }
        return [:]
    }

    @Test func `one bad value and nothing of a change happens`() {
        var state = state()
        #expect(throws: Problem.self) {
            try state.apply(Change(.rest, ["image.contrast": 2, "image.saturation": 99]), now: now, wall: 0)
        }
        #expect(state.effective("image.contrast") == 1.0)
    }

    @Test func `what the camera cannot do is clamped and said`() throws {
        var state = state()
        let (ticket, actions) = try state.apply(Change(.rest, ["exposure.auto": false, "exposure.gain": 16]), now: now, wall: 0)
        #expect(sent(actions)["exposure.gain"] == 10.66)
        _ = state.frame(frame(5, request: 1, ["exposure.gain": 10.66]), now: now)
        let outcome = state.ledger.outcomes(ticket)["exposure.gain"]
        #expect(outcome?.state == .clamped)
        #expect(outcome?.reason == "this camera (imx219) does 1 to 10.66 ×")
    }

    @Test func `what the camera does not have is unsupported and not kept`() throws {
        var state = state()
        let (ticket, actions) = try state.apply(Change(.rest, ["focus.mode": "manual"]), now: now, wall: 0)
        #expect(state.ledger.outcomes(ticket)["focus.mode"]?.reason == "this camera (imx219) has no 'focus.mode'")
        #expect(state.effective("focus.mode") == "continuous")
        #expect(sent(actions).isEmpty)
    }

    @Test func `a word the camera does not know is unsupported, with those it knows`() throws {
        var state = state()
        let (ticket, _) = try state.apply(Change(.rest, ["image.hdr": "sensor"]), now: now, wall: 0)
        #expect(state.ledger.outcomes(ticket)["image.hdr"]?.reason == "this camera (imx219) has no 'sensor' for 'image.hdr'; it has 'off'")
    }

    @Test func `a value without effect now says so and is kept`() throws {
        var state = state()
        let (ticket, actions) = try state.apply(Change(.rest, ["exposure.time": 20000]), now: now, wall: 0)
        let outcome = state.ledger.outcomes(ticket)["exposure.time"]
        #expect(outcome?.state == .unsupported)
        #expect(outcome?.reason == "has no effect while 'exposure.auto' is true; it counts once that is false")
        #expect(sent(actions)["exposure.time"] == 20000)
    }

    @Test func `automatic exposure switched off alone stays at what the last frame had`() throws {
        var state = state()
        _ = state.frame(frame(5, request: 0), now: now)
        let (_, actions) = try state.apply(Change(.rest, ["exposure.auto": false]), now: now, wall: 0)
        #expect(sent(actions) == ["exposure.auto": false, "exposure.time": 8000, "exposure.gain": 3.0])
    }

    @Test func `a time that somebody holds is not frozen over`() throws {
        var state = state()
        _ = state.frame(frame(5, request: 0), now: now)
        _ = try state.apply(Change(.configuration, ["exposure.time": 20000]), now: now, wall: 0)
        let (_, actions) = try state.apply(Change(.rest, ["exposure.auto": false]), now: now, wall: 0)
        #expect(sent(actions)["exposure.time"] == nil)
        #expect(state.effective("exposure.time") == 20000)
    }

    @Test func `a released key falls back to the holder underneath and is sent`() throws {
        var state = state()
        _ = try state.apply(Change(.configuration, ["image.contrast": 1.5]), now: now, wall: 0)
        _ = try state.apply(Change(.script("night"), ["image.contrast": 2]), now: now, wall: 0)
        let (_, actions) = try state.release(nil, by: .script("night"), now: now)
        #expect(sent(actions) == ["image.contrast": 1.5])
    }

    @Test func `a frame rate is cut to what the sensor mode or the encoder can do`() throws {
        var state = state()
        let (ticket, _) = try state.apply(Change(.rest, ["stream.framerate": 60]), now: now, wall: 0)
        #expect(state.wantedConfiguration(state.capabilities!).framerate == 47.57)
        let (values, request) = state.everything()
        _ = state.frame(frame(9, request: request, values.merging(["stream.framerate": 47.57]) { $1 }), now: now)
        #expect(state.ledger.outcomes(ticket)["stream.framerate"]?.state == .clamped)
    }

    @Test func `a size is a reconfiguration and everything is sent again after it`() throws {
        var state = state()
        _ = try state.apply(Change(.rest, ["image.contrast": 2]), now: now, wall: 0)
        let (_, actions) = try state.apply(Change(.rest, ["stream.size": [1280, 720]]), now: now, wall: 0)
        #expect(actions.contains { if case .reconfigure = $0 { true } else { false } })
        #expect(state.wantedConfiguration(state.capabilities!).width == 1280)
        #expect(state.everything().values["image.contrast"] == 2.0)
    }

    @Test func `the bitrate follows the rule until somebody sets it`() throws {
        var state = state()
        #expect(state.streamConfiguration?.bitrate == 13_478_400)
        _ = try state.apply(Change(.rest, ["stream.bitrate": 4_000_000]), now: now, wall: 0)
        #expect(state.streamConfiguration?.bitrate == 4_000_000)
    }

    @Test func `a bitrate below what encoders do is clamped and said`() throws {
        var state = state()
        let (ticket, _) = try state.apply(Change(.rest, ["stream.bitrate": 50]), now: now, wall: 0)
        _ = state.frame(frame(1, request: 0), now: now)
        #expect(state.ledger.outcomes(ticket)["stream.bitrate"]?.state == .clamped)
        #expect(state.ledger.outcomes(ticket)["stream.bitrate"]?.applied == 100_000)
    }

    @Test func `what was frozen before is frozen anew once automatic exposure was on again`() throws {
        var state = state()
        _ = state.frame(frame(5, request: 0), now: now)
        _ = try state.apply(Change(.rest, ["exposure.auto": false]), now: now, wall: 1)
        _ = try state.apply(Change(.rest, ["exposure.auto": true]), now: now, wall: 2)
        var brighter = frame(9, request: 0)
        brighter.report.exposureTime = 12000
        _ = state.frame(brighter, now: now)
        _ = try state.apply(Change(.rest, ["exposure.auto": false]), now: now, wall: 3)
        #expect(state.effective("exposure.time") == 12000)
    }

    @Test func `a configuration that the camera refuses is not held`() throws {
        var state = state()
        let (ticket, _) = try state.apply(Change(.rest, ["stream.size": [1280, 720], "image.contrast": 2]), now: now, wall: 0)
        _ = state.configurationRefused("out of memory")
        #expect(state.ledger.outcomes(ticket)["stream.size"]?.reason == "out of memory")
        #expect(state.effective("stream.size") == [1920, 1080])
        #expect(state.effective("image.contrast") == 2.0)
    }

    @Test func `a change tells which keys it changed and nothing about the others`() throws {
        var state = state()
        let (_, actions) = try state.apply(Change(.rest, ["image.contrast": 2, "image.saturation": 1]), now: now, wall: 0)
        let events = actions.compactMap { action -> Value? in
            if case .emit("control.changed", let fields) = action { fields["key"] } else { nil }
        }
        #expect(events == ["image.contrast"])
    }

    @Test func `light is told when it changed by a third of a stop, at most twice a second`() {
        var light = LightChange()
        #expect(light.seen(100, at: now) == nil)
        #expect(light.seen(120, at: now.advanced(by: 1)) == nil)
        #expect(light.seen(130, at: now.advanced(by: 0.3)) == nil)
        #expect(light.seen(130, at: now.advanced(by: 0.6)) == 100)
        #expect(light.seen(50, at: now.advanced(by: 0.7)) == nil)
        #expect(light.seen(.nan, at: now.advanced(by: 3)) == nil)
    }
}
