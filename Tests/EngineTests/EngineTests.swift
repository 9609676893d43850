import CameraBindings
import Catalog
import Foundation
import Pipeline
import Testing
import Timing

@testable import Engine

/// The engine with a camera that reacts; nothing is published.
struct EngineTests {
    /// A running engine and the cameras it opened.
    private final class Rig: Sendable {
        let engine: Engine
        private let cameras: Cameras

        final class Cameras: Sendable {
            let opened = Mutex<[SimulatedCamera]>([])
            let refuses = Mutex(false)
        }

        init(_ model: String = "imx708", _ values: [String: Value] = [:]) throws {
            let cameras = Cameras()
            self.cameras = cameras
            let clock = SystemClock()
            engine = Engine(clock: clock, url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in
                if cameras.refuses.withLock({ $0 }) { throw .notFound("unplugged") }
                let camera = try SimulatedCamera(model, clock: clock)
                cameras.opened.withLock { $0.append(camera) }
                return camera
            }
            try engine.preset(Change(.configuration, ["stream.size": [640, 480]].merging(values) { $1 }))
            try engine.start()
        }

        deinit { engine.shutDown() }

        var camera: SimulatedCamera { cameras.opened.withLock { $0.last! } }
        var openings: Int { cameras.opened.withLock { $0.count } }
        func refuse(_ refuses: Bool) { cameras.refuses.withLock { $0 = refuses } }

        func settled(_ ticket: Ticket) async -> [String: Outcome] {
            await withCheckedContinuation { continuation in engine.whenSettled(ticket) { continuation.resume(returning: $0) } }
        }

        func apply(_ values: [String: Value], by owner: Owner = .rest) async throws -> [String: Outcome] {
            await settled(try engine.apply(Change(owner, values)))
        }

        func eventually(_ isSo: @Sendable () -> Bool) async throws -> Bool {
            let deadline = ContinuousClock.now + .seconds(60)
            while ContinuousClock.now < deadline {
                if isSo() { return true }
                try await Task.sleep(for: .milliseconds(10))
            }
            return false
        }
    }

    @Test func `pictures are made while somebody watches, published or not`() async throws {
        let rig = try Rig()
        #expect(try await rig.eventually { rig.engine.frame != nil })
        #expect(rig.engine.frame?.luma == nil)
        let view = rig.engine.video.watch()
        #expect(await view.next()?.isEmpty == false)
        #expect(rig.engine.status.counters["video_viewers"] == 1)
        // A camera that is configured anew goes on making them.
        _ = try await rig.apply(["stream.size": [800, 600]])
        let sent = rig.engine.status.counters["video_fragments_sent"] ?? 0
        while await view.next() != nil, rig.engine.status.counters["video_fragments_sent"] ?? 0 < sent + 30 {}
        view.end()
        #expect(try await rig.eventually { rig.engine.frame?.luma == nil })
        #expect(rig.engine.status.counters["video_viewers"] == 0)
    }

    @Test func `a write is proved by a frame`() async throws {
        let rig = try Rig()
        let outcomes = try await rig.apply(["exposure.auto": false, "exposure.time": 20000, "exposure.gain": 2])
        for key in ["exposure.auto", "exposure.time", "exposure.gain"] {
            #expect(outcomes[key]?.state == .applied, "\(key): \(String(describing: outcomes[key]))")
            #expect(outcomes[key]?.frame != nil)
        }
        let time = try #require(outcomes["exposure.time"]?.applied?.double)
        #expect(abs(time - 20000) < 100)
        #expect(rig.engine.frame?.exposureTime.map { abs($0 - 20000) < 100 } ?? false)
    }

    @Test func `settings survive a new size`() async throws {
        let rig = try Rig()
        _ = try await rig.apply(["focus.mode": "manual", "focus.lens_position": 3, "image.contrast": 1.5])
        let outcomes = try await rig.apply(["stream.size": [1280, 720]])
        #expect(outcomes["stream.size"]?.state == .applied)
        #expect(try await rig.eventually { rig.engine.frame?.lensPosition.map { abs($0 - 3) < 0.1 } ?? false })
        #expect(try rig.engine.read("image.contrast") == 1.5)
    }

    @Test func `a frame rate that the sensor mode cannot do is clamped and said`() async throws {
        let rig = try Rig("imx708", ["stream.size": [4096, 2304]])
        let outcome = try #require(try await rig.apply(["stream.framerate": 30])["stream.framerate"])
        #expect(outcome.state == .clamped)
        #expect(outcome.reason?.contains("14.35") ?? false)
    }

    @Test func `the field of view mode is a setting of every camera`() async throws {
        let rig = try Rig("imx219")
        #expect(try rig.engine.state("geometry.fov_mode").isSupported)
        #expect(try await rig.apply(["geometry.fov_mode": "crop"])["geometry.fov_mode"]?.state == .applied)
    }

    @Test func `twenty reconfigurations in a row end in the last one`() async throws {
        let rig = try Rig()
        var last: Ticket?
        for index in 0..<20 { last = try rig.engine.apply(Change(.rest, ["stream.size": [.integer(320 + 32 * index), 240]])) }
        let outcomes = await rig.settled(try #require(last))
        #expect(outcomes["stream.size"]?.applied == [928, 240])
    }

    @Test func `a profile is popped and what was underneath returns`() async throws {
        let rig = try Rig()
        _ = try await rig.apply(["image.contrast": 1.2])
        try rig.engine.define("night", ["image.contrast": 2])
        _ = await rig.settled(try rig.engine.push("night"))
        #expect(try rig.engine.why("image.contrast").map(\.owner) == [.profile("night"), .rest])
        let outcomes = await rig.settled(try rig.engine.pop("night"))
        #expect(outcomes["image.contrast"]?.applied == 1.2)
    }

    @Test func `a profile that is defined anew without a key lets go of it`() async throws {
        let rig = try Rig()
        try rig.engine.define("night", ["image.contrast": 2, "image.saturation": 0])
        _ = await rig.settled(try rig.engine.push("night"))
        try rig.engine.define("night", ["image.contrast": 1.5])
        #expect(try rig.engine.read("image.saturation") == 1.0)
        #expect(try rig.engine.state("image.saturation").outcome?.asked == 1.0)
        #expect(try rig.engine.why("image.saturation").isEmpty)
    }

    @Test func `a profile that contradicts what is in effect changes nothing`() async throws {
        let rig = try Rig()
        try rig.engine.define("short", ["exposure.max_time": 20000])
        _ = await rig.settled(try rig.engine.push("short"))
        _ = try await rig.apply(["exposure.max_time": 0, "exposure.min_time": 30000])
        #expect(throws: Problem.self) { try rig.engine.push("short") }
        #expect(try rig.engine.why("exposure.max_time").map(\.owner) == [.rest, .profile("short")])
    }

    @Test func `a size that costs frame rate says so`() async throws {
        let rig = try Rig("imx708", ["stream.size": [1280, 720], "stream.framerate": 120])
        let outcomes = try await rig.apply(["stream.size": [3840, 2160]])
        #expect(outcomes["stream.framerate"]?.state == .clamped)
        #expect(outcomes["stream.framerate"]?.reason?.contains("14.35") ?? false)
    }

    @Test func `a camera that is lost is told, opened again and set as before`() async throws {
        let rig = try Rig()
        let told = Shared<[String]>([])
        let subscription = rig.engine.subscribe(to: ["camera.lost", "camera.found"]) { event in told.change { $0.append(event.topic) } }
        _ = try await rig.apply(["image.contrast": 1.7])
        rig.refuse(true)
        rig.camera.fail("unplugged")
        #expect(try await rig.eventually { rig.engine.status.camera.state == "lost" })
        #expect(rig.engine.status.camera.reason == "unplugged")
        rig.refuse(false)
        #expect(try await rig.eventually { rig.engine.status.camera.isUp && rig.openings >= 2 })
        #expect(try rig.engine.read("image.contrast") == 1.7)
        #expect(told.change { $0.contains("camera.lost") && $0.last == "camera.found" })
        withExtendedLifetime(subscription) {}
    }

    @Test func `a camera that goes silent is noticed and opened again`() async throws {
        let rig = try Rig()
        #expect(try await rig.eventually { rig.engine.status.camera.isUp })
        rig.camera.stall()
        #expect(try await rig.eventually { rig.openings >= 2 && rig.engine.status.camera.isUp })
    }

    @Test func `status and health never wait while the stream is started and stopped from many sides`() async throws {
        let rig = try Rig()
        let slowest = Shared(0.0)
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                group.addTask {
                    let start = ContinuousClock.now
                    switch index % 3 {
                    case 0: rig.engine.stream(wanted: true)
                    case 1: rig.engine.stream(wanted: false)
                    default: _ = rig.engine.status
                    }
                    let seconds = Double((ContinuousClock.now - start) / .nanoseconds(1)) / 1e9
                    slowest.change { $0 = max($0, seconds) }
                }
            }
        }
        #expect(slowest.change { $0 } < 1)
    }

    @Test func `a focus scan without a lens says so`() async throws {
        let rig = try Rig("imx219")
        await #expect(throws: Problem.self) { try await rig.engine.perform("focus.trigger", [:], by: .rest) }
    }

    @Test func `a camera that does not open leaves nothing running`() {
        let engine = Engine(clock: SystemClock(), url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in throw .notFound("none") }
        #expect(throws: CameraError.notFound("none")) { try engine.start() }
        #expect(engine.status.camera.state == "stopped")
        engine.shutDown()
    }
}

/// A value that several threads change.
private final class Shared<Content: Sendable>: Sendable {
    private let content: Mutex<Content>

    init(_ content: Content) { self.content = Mutex(content) }

    func change<Result: Sendable>(_ body: (inout sending Content) -> Result) -> Result { content.withLock { body(&$0) } }
}
