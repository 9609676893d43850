import CameraBindings
import Catalog
import Support
import Testing
import Timing

@testable import Engine

/// Raw controls through the whole engine, with a camera that does what it is told when the test says so.
struct RawCameraTests {
    private final class PuppetCamera: Camera {
        private struct State {
            var values: [String: Value] = [:]
            var request: UInt64 = 0
            var number: UInt64 = 0
            var deliver: (@Sendable (CameraSignal) -> Void)?
        }

        private let state = Mutex(State())
        let capabilities = Capabilities.withRaw([
            "ScalerCrop": RawControl(type: .rectangle(0...4608), standard: [0, 0, 4608, 2592], isSupported: true),
            "AeFlickerPeriod": RawControl(type: .integer(100...1_000_000, .none), isSupported: true),
        ])

        func configure(_ wanted: CameraConfiguration) -> CameraConfiguration { wanted }
        func start(_ deliver: @escaping @Sendable (CameraSignal) -> Void) { state.withLock { $0.deliver = deliver } }
        func stop() { state.withLock { $0.deliver = nil } }
        func triggerFocus() {}

        func set(_ values: [String: Value], request: UInt64) {
            state.withLock { state in
                state.values.merge(values) { $1 }
                state.request = request
            }
        }

        /// What it was told so far.
        var values: [String: Value] { state.withLock { $0.values } }

        /// Delivers a frame on which everything it was told is in force.
        func shoot() {
            let (deliver, metadata) = state.withLock { state in
                state.number += 1
                var report = FrameReport()
                report.sequence = state.number
                let inForce = InForce(values: state.values)
                return (state.deliver, FrameMetadata(report: report, settledRequest: state.request, inForce: inForce))
            }
            deliver?(.frame(Frame(pixels: nil, metadata: metadata) {}))
        }

        func fail(_ reason: String) { state.withLock { $0.deliver }?(.lost(reason)) }
    }

    private final class Rig: Sendable {
        let engine: Engine
        private let clock = TestClock()
        private let opened: Opened

        final class Opened: Sendable { let cameras = Mutex<[PuppetCamera]>([]) }

        init() throws {
            let opened = Opened()
            self.opened = opened
            engine = Engine(clock: clock, url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in
                let camera = PuppetCamera()
                opened.cameras.withLock { $0.append(camera) }
                return camera
            }
            try engine.start()
        }

        deinit { engine.shutDown() }

        var camera: PuppetCamera { opened.cameras.withLock { $0.last! } }
        var openings: Int { opened.cameras.withLock { $0.count } }

        /// The outcomes once the camera was told and has taken a picture.
        func settled(_ ticket: Ticket) async -> [String: Outcome] {
            await engine.askDevice { _ in }
            camera.shoot()
            return engine.outcomes(ticket)
        }

        func reopen() async {
            camera.fail("unplugged")
            clock.advance(by: 1)
            engine.tick()
            await engine.askDevice { _ in }
        }
    }

    @Test func `a raw rectangle is applied, read and explained`() async throws {
        let rig = try Rig()
        let ticket = try rig.engine.apply(Change(.rest, ["raw.ScalerCrop": [0, 0, 2304, 1296], "image.contrast": 1.5]))
        let outcomes = await rig.settled(ticket)
        #expect(outcomes["raw.ScalerCrop"]?.state == .applied && outcomes["raw.ScalerCrop"]?.applied == [0, 0, 2304, 1296])
        #expect(outcomes["image.contrast"]?.frame == outcomes["raw.ScalerCrop"]?.frame)
        #expect(try rig.engine.read("raw.ScalerCrop") == [0, 0, 2304, 1296])
        #expect(try rig.engine.why("raw.ScalerCrop").map(\.owner) == [.rest])
        #expect(try rig.engine.state("raw.ScalerCrop").isSupported)
    }

    @Test func `a raw value is set again on a camera that was opened anew, one that was released is not`() async throws {
        let rig = try Rig()
        let ticket = try rig.engine.apply(Change(.rest, ["raw.ScalerCrop": [0, 0, 2304, 1296], "raw.AeFlickerPeriod": 10000]))
        _ = await rig.settled(ticket)
        _ = await rig.settled(try rig.engine.release(["raw.AeFlickerPeriod"], by: .rest))
        await rig.reopen()
        #expect(rig.openings == 2)
        #expect(rig.camera.values["raw.ScalerCrop"] == [0, 0, 2304, 1296])
        #expect(rig.camera.values["raw.AeFlickerPeriod"] == nil)
    }

    @Test func `the last holder's release sends the camera's standard, and a frame proves that too`() async throws {
        let rig = try Rig()
        _ = await rig.settled(try rig.engine.apply(Change(.script("zoom"), ["raw.ScalerCrop": [0, 0, 2304, 1296]])))
        let outcome = await rig.settled(try rig.engine.release(nil, by: .script("zoom")))["raw.ScalerCrop"]
        #expect(outcome?.state == .applied && outcome?.applied == [0, 0, 4608, 2592])
        #expect(try rig.engine.read("raw.ScalerCrop") == [0, 0, 4608, 2592])
    }

    @Test func `a profile holds raw keys beside others`() async throws {
        let rig = try Rig()
        try rig.engine.define("tele", ["raw.ScalerCrop": [1152, 648, 2304, 1296], "image.contrast": 1.2])
        _ = await rig.settled(try rig.engine.push("tele"))
        #expect(rig.camera.values["raw.ScalerCrop"] == [1152, 648, 2304, 1296])
        _ = await rig.settled(try rig.engine.pop("tele"))
        #expect(rig.camera.values["raw.ScalerCrop"] == [0, 0, 4608, 2592])
        let problem = #expect(throws: Problem.self) { try rig.engine.define("wide", ["raw.ScalerCorp": [0, 0, 1, 1]]) }
        #expect(problem?.sentence == "there is no control 'raw.ScalerCorp'; did you mean 'raw.ScalerCrop'?")
    }
}
