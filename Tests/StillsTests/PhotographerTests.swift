import CameraBindings
import Catalog
import Support
import Testing
import Timing

@testable import Stills

/// The photographer with frames that a test shows.
struct PhotographerTests {
    private let source = FakeSource()
    private let surface = FakeSurface()
    private let clock = TestClock()
    private let photographer: Photographer

    init() {
        photographer = Photographer(source: source, surface: surface, clock: clock, software: "Luneta")
    }

    @Test func `a picture is of the frame that follows the request`() async throws {
        async let still = photographer.take(PictureSettings())
        try await source.watched()
        source.show(.plain(sequence: 7, timestamp: clock.now.seconds - 0.02))
        let taken = try await still
        #expect(taken.report.sequence == 7)
        #expect(taken.width == 64 && taken.height == 48)
        #expect(abs(taken.time - (clock.wall - 0.02)) < 1e-3)
    }

    @Test func `a fresh picture is of a frame whose exposure began after the request`() async throws {
        async let still = photographer.take(PictureSettings(), isFresh: true)
        try await source.watched()
        source.show(.plain(sequence: 7, timestamp: clock.now.seconds - 0.02))
        source.show(.plain(sequence: 8, timestamp: clock.now.seconds + 0.01))
        #expect(try await still.report.sequence == 8)
    }

    @Test func `a frame without pixels is passed over`() async throws {
        async let still = photographer.take(PictureSettings())
        try await source.watched()
        source.show(.blind(sequence: 1))
        source.show(.plain(sequence: 2))
        #expect(try await still.report.sequence == 2)
    }

    @Test func `whoever asks for the same at the same time shares one picture, and nobody looks at frames afterwards`() async throws {
        let stills = try await withThrowingTaskGroup(of: Still.self) { group in
            for _ in 0..<20 { group.addTask { try await photographer.take(PictureSettings()) } }
            try await eventually("all wait") { photographer.waiting == 20 }
            source.show(.plain(sequence: 3))
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(stills.count == 20)
        let addresses = Set(stills.map { $0.bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } })
        #expect(addresses.count == 1)
        try await source.watched(by: 0)
    }

    @Test func `the camera has its buffer back before the picture is made`() async throws {
        let events = Mutex<[String]>([])
        let frame = Mutex<Frame?>(
            .painted(1280, 720, givenBack: { events.withLock { $0.append("given back") } }) { _, _ in .skin })
        async let still = photographer.take(PictureSettings(width: 4608, height: 2592))
        try await source.watched()
        if let shown = frame.withLock({ $0 }) { source.show(shown) }
        frame.withLock { $0 = nil }
        _ = try await still
        events.withLock { $0.append("picture") }
        #expect(events.withLock { $0 } == ["given back", "picture"])
    }

    @Test func `while a picture is made no frame is kept, and whoever asks then gets one after it`() async throws {
        let kept = Mutex(0)
        let frame = { (sequence: UInt64) in
            kept.withLock { $0 += 1 }
            return Frame.painted(64, 48, sequence: sequence, givenBack: { kept.withLock { $0 -= 1 } }) { _, _ in .skin }
        }
        let large = Task { [photographer] in try await photographer.take(PictureSettings(width: 4608, height: 2592)) }
        try await source.watched()
        source.show(frame(0))
        let next = Task { [photographer] in try await photographer.take(PictureSettings()) }
        try await eventually("the next one waits") { photographer.waiting == 1 }
        var sequence: UInt64 = 0
        while photographer.waiting == 1 {
            sequence += 1
            source.show(frame(sequence))
            #expect(kept.withLock { $0 } <= 1)
            await Task.yield()
        }
        #expect(try await large.value.report.sequence == 0)
        #expect(try await next.value.report.sequence == sequence)
    }

    @Test func `when no frame comes in time that is said`() async throws {
        let still = Task { [photographer] in try await photographer.take(PictureSettings()) }
        try await source.watched()
        clock.advance(by: 1.9)
        photographer.expire()
        #expect(photographer.waiting == 1)
        clock.advance(by: 5)
        photographer.expire()
        let problem = await #expect(throws: Problem.self) { try await still.value }
        #expect(problem?.code == .timeout)
    }

    @Test func `a long exposure is waited for`() async throws {
        try surface.apply(Change(.rest, ["exposure.auto": false, "exposure.time": 5_000_000]))
        async let still = photographer.take(PictureSettings())
        try await source.watched()
        clock.advance(by: 15)
        photographer.expire()
        source.show(.plain(sequence: 4))
        #expect(try await still.report.sequence == 4)
    }

    @Test func `without a camera it says so at once`() async throws {
        surface.lose("unplugged")
        let problem = await #expect(throws: Problem.self) { try await photographer.take(PictureSettings()) }
        #expect(problem?.code == .unavailable)
        #expect(problem?.sentence.contains("unplugged") ?? false)
    }

    @Test func `a camera that is being configured anew is waited for`() async throws {
        var status = surface.status
        status.camera = .init(isUp: false, state: "stopped")
        surface.configure(status: status, info: ["model": "imx708"])
        async let still = photographer.take(PictureSettings())
        try await source.watched()
        source.show(.plain(sequence: 5))
        #expect(try await still.report.sequence == 5)
    }

    @Test func `a camera that is lost meanwhile is the reason`() async throws {
        let still = Task { [photographer] in try await photographer.take(PictureSettings()) }
        try await source.watched()
        surface.lose("unplugged")
        clock.advance(by: 10)
        photographer.expire()
        let problem = await #expect(throws: Problem.self) { try await still.value }
        #expect(problem?.code == .unavailable)
    }

    @Test func `at the end everybody is told`() async throws {
        let still = Task { [photographer] in try await photographer.take(PictureSettings()) }
        try await source.watched()
        photographer.end()
        let problem = await #expect(throws: Problem.self) { try await still.value }
        #expect(problem?.code == .unavailable)
        await #expect(throws: Problem.self) { try await photographer.take(PictureSettings()) }
        #expect(source.watchers == 0)
    }
}

extension FakeSurface {
    /// The camera is away.
    func lose(_ reason: String) {
        var status = status
        status.camera = .init(isUp: false, state: "lost", reason: reason)
        configure(status: status)
    }
}
