import CameraBindings
import Catalog
import Support
import Testing
import Timing

@testable import Stills

struct CadenceTests {
    private func taken(of frames: Int, every seconds: Double, atMost rate: Double, jitter: Double = 0) -> Int {
        var cadence = Cadence(framesPerSecond: rate)
        return (0..<frames).count { index in
            let timestamp = 5 + Double(index) * seconds + (index.isMultiple(of: 2) ? jitter : -jitter)
            guard cadence.isDue(timestamp, frameSeconds: seconds) else { return false }
            cadence.took(timestamp)
            return true
        }
    }

    @Test(arguments: [0, 0.004]) func `every frame is taken when as many are wanted as there are`(jitter: Double) {
        #expect(taken(of: 300, every: 1.0 / 30, atMost: 30, jitter: jitter) == 300)
    }

    @Test(arguments: [(1.0, 10), (7, 70), (10, 100), (12, 120), (25, 250)]) func `no more are taken than wanted`(rate: Double, count: Int) {
        #expect(abs(taken(of: 300, every: 1.0 / 30, atMost: rate, jitter: 0.003) - count) <= 1)
    }

    @Test func `a camera that is slower than wanted loses nothing`() { #expect(taken(of: 50, every: 0.1, atMost: 30) == 50) }

    @Test func `after a pause it does not catch up`() {
        var cadence = Cadence(framesPerSecond: 10)
        cadence.took(1)
        cadence.took(9)
        #expect(!cadence.isDue(9.05, frameSeconds: 0.01))
        #expect(cadence.isDue(9.1, frameSeconds: 0.01))
    }

    @Test func `a clock that went back is a new beginning`() {
        var cadence = Cadence(framesPerSecond: 10)
        cadence.took(100)
        #expect(cadence.isDue(2, frameSeconds: 0.01))
    }
}

struct LivePicturesTests {
    private let source = FakeSource()
    private let surface = FakeSurface()
    private let wraps = Mutex(0)
    private let pictures: LivePictures

    init() {
        let wraps = wraps
        pictures = LivePictures(source: source, surface: surface, clock: SystemClock(), software: "Luneta") { still in
            wraps.withLock { $0 += 1 }
            return [UInt8(clamping: still.report.sequence), UInt8(clamping: still.width)]
        }
    }

    private func settings(_ width: Int = 32, fps: Double = 30) -> LivePictures.Settings {
        .init(picture: PictureSettings(width: width), framesPerSecond: fps)
    }

    private func show(_ sequence: Int, every seconds: Double = 0.034) {
        source.show(.plain(sequence: UInt64(sequence), timestamp: 1 + Double(sequence) * seconds))
    }

    @Test func `viewers of the same picture share one encode`() async throws {
        let seen = Mutex<[[UInt8]]>([])
        let viewers = try (0..<20).map { _ in try pictures.view(settings()) { bytes in seen.withLock { $0.append(bytes) } } }
        show(1)
        try await eventually("all have it") { seen.withLock { $0.count } == 20 }
        #expect(wraps.withLock { $0 } == 1)
        #expect(Set(seen.withLock { $0 }) == [[1, 32]])
        _ = viewers
    }

    @Test func `other settings are another picture of the same frame`() async throws {
        let seen = Mutex<Set<[UInt8]>>([])
        let viewers = try [16, 48].map { width in try pictures.view(settings(width)) { bytes in seen.withLock { _ = $0.insert(bytes) } } }
        show(1)
        try await eventually("both have it") { seen.withLock { $0 } == [[1, 16], [1, 48]] }
        _ = viewers
    }

    @Test func `the camera is watched only while somebody views`() async throws {
        var viewer: Subscription? = try pictures.view(settings()) { _ in }
        let other = try pictures.view(settings(48)) { _ in }
        #expect(source.watchers == 1)
        withExtendedLifetime(viewer) {}
        viewer = nil
        #expect(source.watchers == 1)
        withExtendedLifetime(other) {}
        pictures.end()
        #expect(source.watchers == 0)
    }

    @Test func `so many kinds of picture there may be and no more`() throws {
        let viewers = try (0..<LivePictures.mostKinds).map { try pictures.view(settings(16 + $0)) { _ in } }
        let problem = #expect(throws: Problem.self) { try pictures.view(settings(100)) { _ in } }
        #expect(problem?.code == .unavailable)
        _ = try pictures.view(settings(16)) { _ in }
        _ = viewers
    }

    @Test func `so many viewers there may be and no more`() throws {
        let viewers = try (0..<LivePictures.mostViewers).map { _ in try pictures.view(settings()) { _ in } }
        #expect(throws: Problem.self) { try pictures.view(settings()) { _ in } }
        _ = viewers
    }

    @Test func `without a camera there is none, and after the end neither`() {
        pictures.end()
        #expect(throws: Problem.self) { try pictures.view(settings()) { _ in } }
        surface.lose("unplugged")
        let problem = #expect(throws: Problem.self) { try pictures.view(settings()) { _ in } }
        #expect(problem?.sentence.contains("unplugged") ?? false)
    }
}
