import CameraBindings
import Catalog
import Foundation
import Testing
import Timing

@testable import Engine

/// Ramps on a state with a camera that does what it is told, at 30 frames a second of virtual time.
struct RampTests {
    /// A state, its camera's values and the frames it has seen.
    private struct Rig {
        var state = EngineState()
        var now = Instant(nanoseconds: 0)
        var values: [String: Value] = [:]
        /// The value of a key in each frame.
        var seen: [[String: Value]] = []
        private var request: UInt64 = 0

        init() {
            let limits = Catalog.controls.filter { $0.target == .camera }.map { ($0.key, $0.type) }
            state.capabilities = Capabilities(
                model: "imx708", kind: "test", sensorWidth: 4608, sensorHeight: 2592,
                modes: [SensorMode(width: 2304, height: 1296, maximumFramerate: 56, about: "binned")],
                limits: Dictionary(uniqueKeysWithValues: limits), hasAutofocus: true)
            state.granted = CameraConfiguration()
        }

        mutating func take(_ actions: [EngineState.Action]) {
            for case .send(let sent, let number) in actions {
                values.merge(sent) { $1 }
                request = number
            }
        }

        @discardableResult mutating func apply(_ asked: [String: Value], over: Double = 0, by owner: Owner = .rest) throws -> Ticket {
            let (ticket, actions) = try state.apply(Change(owner, asked, over: over), now: now, wall: 0)
            take(actions)
            return ticket
        }

        mutating func frames(_ count: Int) {
            for _ in 0..<count {
                now = now.advanced(by: 1.0 / 30)
                seen.append(values)
                var report = FrameReport()
                report.sequence = UInt64(seen.count)
                take(state.frame(FrameMetadata(report: report, settledRequest: request, inForce: InForce(values: values)), now: now))
                take(state.tick(now))
            }
        }

        func numbers(_ key: String) -> [Double] { seen.compactMap { $0[key]?.double } }
    }

    @Test func `gain goes to its end in equal stops, in the time asked for`() throws {
        var rig = Rig()
        try rig.apply(["exposure.auto": false, "exposure.time": 10000, "exposure.gain": 1])
        try rig.apply(["exposure.gain": 8], over: 60)
        rig.frames(900)
        // Half of three stops.
        #expect(abs((rig.values["exposure.gain"]?.double ?? 0) - 2.83) < 0.02)
        rig.frames(902)
        #expect(rig.values["exposure.gain"] == 8.0)
        let gains = rig.numbers("exposure.gain")
        #expect(gains.dropFirst().count { $0 > 1 && $0 < 8 } > 1790)
    }

    @Test func `no frame is a visible step from the one before, however short the time asked for`() throws {
        var rig = Rig()
        try rig.apply(["exposure.auto": false, "exposure.time": 1000, "exposure.gain": 1])
        try rig.apply(["exposure.time": 30000, "exposure.gain": 16], over: 0.1)
        rig.frames(200)
        let light = zip(rig.numbers("exposure.time"), rig.numbers("exposure.gain")).map { log2($0 * $1) }
        let steps = zip(light, light.dropFirst()).map { $1 - $0 }
        #expect(steps.max() ?? 1 < 1.0 / 6)
        #expect(steps.min() ?? -1 >= 0)
        #expect(abs((light.last ?? 0) - log2(30000 * 16)) < 1e-9)
    }

    @Test func `the next write of a key ends its ramp, those of others go on`() throws {
        var rig = Rig()
        try rig.apply(["exposure.auto": false, "exposure.time": 10000, "exposure.gain": 1])
        let ticket = try rig.apply(["exposure.gain": 8, "exposure.time": 20000], over: 10)
        rig.frames(30)
        try rig.apply(["exposure.gain": 2], by: .script("other"))
        rig.frames(300)
        #expect(rig.values["exposure.gain"] == 2.0)
        #expect(rig.values["exposure.time"] == 20000)
        #expect(rig.state.ledger.outcomes(ticket)["exposure.gain"]?.state == .superseded)
        #expect(rig.state.ledger.outcomes(ticket)["exposure.time"]?.state == .applied)
    }

    @Test func `a ramp is proved by the frame at its end and not given up on before`() throws {
        var rig = Rig()
        try rig.apply(["exposure.auto": false, "exposure.gain": 1])
        let ticket = try rig.apply(["exposure.gain": 4], over: 60)
        rig.frames(1500)
        #expect(rig.state.ledger.outcomes(ticket)["exposure.gain"]?.state == .pending)
        rig.frames(310)
        let outcome = rig.state.ledger.outcomes(ticket)["exposure.gain"]
        #expect(outcome?.state == .applied)
        #expect(outcome?.frame ?? 0 > 1795)
    }

    @Test func `a ramp out of automatic exposure begins at what the last frame had`() throws {
        var rig = Rig()
        var report = FrameReport()
        (report.exposureTime, report.analogueGain) = (8000, 3)
        rig.take(rig.state.frame(FrameMetadata(report: report, settledRequest: 0, inForce: InForce(values: [:])), now: rig.now))
        try rig.apply(["exposure.auto": false, "exposure.time": 16000, "exposure.gain": 6], over: 10)
        #expect(rig.values == ["exposure.auto": false, "exposure.time": 8000, "exposure.gain": 3.0])
    }

    @Test func `a window pans evenly`() throws {
        var rig = Rig()
        try rig.apply(["geometry.roi": [0.5, 0.5, 0.5, 0.5]], over: 2)
        rig.frames(30)
        let window = rig.values["geometry.roi"]?.list?.compactMap(\.double) ?? []
        #expect(window.count == 4 && abs(window[0] - 0.25) < 0.02 && abs(window[2] - 0.75) < 0.02, "\(window)")
        rig.frames(31)
        #expect(rig.values["geometry.roi"] == [0.5, 0.5, 0.5, 0.5])
    }

    @Test func `a profile fades in and out, words in it change at once`() throws {
        var rig = Rig()
        let night: [String: Value] = ["exposure.mode": "long", "exposure.value": 2]
        let (_, pushed) = try rig.state.apply(Change(.profile("night"), night, over: 10), isAll: true, now: rig.now, wall: 0)
        rig.take(pushed)
        #expect(rig.values["exposure.mode"] == "long")
        rig.frames(150)
        #expect(abs((rig.values["exposure.value"]?.double ?? 0) - 1) < 0.05)
        let (_, popped) = try rig.state.release(nil, by: .profile("night"), over: 10, now: rig.now)
        rig.take(popped)
        #expect(rig.values["exposure.mode"] == "normal")
        rig.frames(150)
        #expect(abs((rig.values["exposure.value"]?.double ?? 0) - 0.5) < 0.05)
    }

    @Test func `a camera that was configured anew is sent where the ramp is, not where it ends`() throws {
        var rig = Rig()
        try rig.apply(["exposure.auto": false, "exposure.gain": 1])
        try rig.apply(["exposure.gain": 4], over: 10)
        rig.frames(150)
        #expect(abs((rig.state.everything().values["exposure.gain"]?.double ?? 0) - 2) < 0.05)
    }

    @Test func `a limit of none has no way to it`() {
        let control = Catalog.controlsByKey["exposure.max_time"]!
        #expect(Ramp(control, from: 0, to: 1_000_000, seconds: 10) == nil)
    }
}
