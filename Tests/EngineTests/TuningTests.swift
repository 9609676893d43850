import CameraBindings
import Catalog
import Support
import Testing
import Timing

@testable import Engine

/// Another tuning file opens the camera anew.
struct TuningTests {
    /// A camera that has tuning files, and frames whenever it was started.
    private final class TunedCamera: Camera {
        let capabilities = Capabilities(
            model: "imx708", kind: "test", sensorWidth: 4608, sensorHeight: 2592, modes: [],
            limits: ["image.tuning": .text(maximum: 1000), "image.contrast": .number(0...32, .ratio)], hasAutofocus: false)
        private struct State {
            var values: [String: Value] = [:]
            var deliver: (@Sendable (CameraSignal) -> Void)?
        }
        private let state = Mutex(State())

        func configure(_ wanted: CameraConfiguration) -> CameraConfiguration {
            state.withLock { $0.values["image.tuning"] = .text(wanted.tuning) }
            return wanted
        }
        func stop() { state.withLock { $0.deliver = nil } }
        func triggerFocus() {}
        func set(_ values: [String: Value], request: UInt64) {
            state.withLock { $0.values.merge(values) { $1 } }
            shoot()
        }
        func start(_ deliver: @escaping @Sendable (CameraSignal) -> Void) {
            state.withLock { $0.deliver = deliver }
            shoot()
        }
        private func shoot() {
            let (deliver, values) = state.withLock { ($0.deliver, $0.values) }
            let metadata = FrameMetadata(report: FrameReport(), settledRequest: .max, inForce: InForce(values: values))
            deliver?(.frame(Frame(pixels: nil, metadata: metadata) {}))
        }
    }

    private final class Rig: Sendable {
        let engine: Engine
        private let log: Log

        final class Log: Sendable {
            let steps = Mutex<[String]>([])
            func note(_ step: String) { steps.withLock { $0.append(step) } }
        }

        init() throws {
            let log = Log()
            self.log = log
            engine = Engine(clock: TestClock(), url: "rtsp://127.0.0.1:1/cam") { _ in
            } tune: { (file: String) throws(CameraError) in
                log.note("tune \(file)")
                if file == "gone.json" { throw .unreadable("the tuning file 'gone.json' cannot be read") }
            } open: { () throws(CameraError) in
                log.note("open")
                return TunedCamera()
            }
            try engine.start()
        }

        var steps: [String] { log.steps.withLock { $0 } }

        func set(_ values: [String: Value]) async throws -> [String: Outcome] {
            let ticket = try engine.apply(Change(.rest, values))
            return await withCheckedContinuation { done in engine.whenSettled(ticket) { done.resume(returning: $0) } }
        }
    }

    @Test func `another file opens the camera anew, sets everything again and says what that cost`() async throws {
        let rig = try Rig()
        let told = Mutex<[Event]>([])
        let subscription = rig.engine.subscribe(to: ["camera.reopened"]) { event in told.withLock { $0.append(event) } }
        _ = try await rig.set(["image.contrast": 1.5])
        let outcome = try await rig.set(["image.tuning": "night.json"])["image.tuning"]
        #expect(outcome?.state == .applied)
        #expect(rig.steps == ["open", "tune night.json", "open"])
        let event = try #require(told.withLock { $0.first })
        #expect(event.fields["reason"] == "the tuning file 'night.json'" && event.fields["gap"]?.double != nil)
        #expect(try rig.engine.read("image.contrast") == 1.5)
        withExtendedLifetime(subscription) {}
        rig.engine.shutDown()
    }

    @Test func `a file that cannot be read leaves the camera with the one before`() async throws {
        let rig = try Rig()
        let outcome = try await rig.set(["image.tuning": "gone.json"])["image.tuning"]
        #expect(outcome?.state == .unsupported && outcome?.reason?.contains("cannot be read") == true)
        #expect(rig.steps == ["open", "tune gone.json", "tune ", "open"])
        #expect(try rig.engine.read("image.tuning") == "")
        rig.engine.shutDown()
    }
}
