import CameraBindings
import Catalog
import Testing
import Timing

@testable import Engine

/// Whoever looks at frames beside the pipeline; nothing is published here.
struct TapTests {
    private let engine: Engine
    private let camera = Mutex<SimulatedCamera?>(nil)
    private let seen = Mutex<[(sequence: UInt64, hasPixels: Bool)]>([])

    init() throws {
        let (clock, camera) = (SystemClock(), camera)
        engine = Engine(clock: clock, url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in
            let opened = try SimulatedCamera("imx708", clock: clock)
            camera.withLock { $0 = opened }
            return opened
        }
        try engine.preset(Change(.configuration, ["stream.size": [320, 240]]))
        try engine.start()
    }

    private func tap() -> Subscription {
        engine.tap { [seen] frame in
            seen.withLock { $0.append((frame.metadata.report.sequence, frame.pixels != nil)) }
        }
    }

    private func eventually(_ isSo: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while !isSo() {
            try #require(ContinuousClock.now < deadline)
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func `a tap makes the camera paint, also while nothing is published`() async throws {
        defer { engine.shutDown() }
        let tap = tap()
        try await eventually { seen.withLock { $0.count(where: \.hasPixels) >= 5 } }
        let sequences = seen.withLock { $0.map(\.sequence) }
        #expect(sequences == sequences.sorted())
        _ = tap
    }

    @Test func `once it is released nothing is shown and nothing painted any more`() async throws {
        defer { engine.shutDown() }
        var tap: Subscription? = tap()
        try await eventually { seen.withLock { $0.contains(where: \.hasPixels) } }
        withExtendedLifetime(tap) {}
        tap = nil
        let count = seen.withLock { $0.count }
        try await eventually { engine.frame?.luma == nil }
        #expect(seen.withLock { $0.count } <= count + 1)
        #expect(camera.withLock { $0?.buffersInUse } == 0)
    }

    @Test func `another tap goes on when one is released`() async throws {
        defer { engine.shutDown() }
        var first: Subscription? = tap()
        let others = Mutex(0)
        let second = engine.tap { frame in if frame.pixels != nil { others.withLock { $0 += 1 } } }
        try await eventually { others.withLock { $0 } > 2 }
        withExtendedLifetime(first) {}
        first = nil
        let before = others.withLock { $0 }
        try await eventually { others.withLock { $0 } > before + 5 }
        _ = second
    }

    @Test func `a camera that is configured anew goes on painting for a tap`() async throws {
        defer { engine.shutDown() }
        let sizes = Mutex<[Int]>([])
        let tap = engine.tap { frame in sizes.withLock { $0.append(frame.pixels?.width ?? 0) } }
        try engine.apply(Change(.rest, ["stream.size": [640, 480]]))
        try await eventually { sizes.withLock { $0.last } == 640 }
        _ = tap
    }

    @Test func `what a still holds does not go on into a next process`() throws {
        defer { engine.shutDown() }
        try engine.apply(Change(.rest, ["focus.mode": "continuous"]))
        try engine.apply(Change(.still, ["focus.mode": "auto"]))
        #expect(try engine.read("focus.mode") == "auto")
        #expect(engine.legacy.holdings["focus.mode"]?.map(\.owner) == [.rest])
    }
}
