import Foundation
import Pipeline
import Testing
import Timing

/// One after another: frames come in real time, and each test uses a core.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct LiveTests {
    private let events = EventLog()

    private func pipeline(keyInterval: Double = 1) -> Pipeline {
        Pipeline(
            StreamConfiguration(width: 320, height: 240, framerate: 30, bitrate: 1_000_000, keyInterval: keyInterval),
            clock: SystemClock(), report: events.add)
    }

    /// The next so many chunks of a viewer.
    private func take(_ count: Int, from view: LiveView) async -> [[UInt8]] {
        var chunks: [[UInt8]] = []
        while chunks.count < count, let chunk = await view.next() { chunks.append(chunk) }
        return chunks
    }

    @Test func `a viewer gets the stream though nothing is published`() async throws {
        let pipeline = pipeline()
        let driver = FrameDriver(pipeline)
        let view = pipeline.watch()
        #expect(await view.codecs()?.hasPrefix("avc1.42C0") == true)
        let chunks = await take(31, from: view)
        #expect(chunks[0].boxes.map(\.type) == ["ftyp", "moov"])
        #expect(try Probe.frames(chunks.flatMap { $0 }).count == 30)
        #expect(pipeline.status.publisher == "stopped")
        driver.stop()
        pipeline.shutDown()
    }

    @Test func `every viewer gets the same bytes, also one that joins late, from a key frame on`() async throws {
        let pipeline = pipeline(keyInterval: 60)
        let driver = FrameDriver(pipeline)
        let first = pipeline.watch()
        let early = await take(40, from: first)
        let second = pipeline.watch()
        async let more = take(60, from: first)
        let late = await take(31, from: second)
        let all = Set(early + (await more))
        #expect(late.allSatisfy(all.contains))
        let frames = try Probe.frames(late.flatMap { $0 })
        #expect(frames.count == 30)
        #expect(frames.first?.isKey == true)
        #expect(pipeline.status.viewers == 2)
        driver.stop()
        pipeline.shutDown()
    }

    @Test func `a new size sends a new beginning inline`() async throws {
        let pipeline = pipeline()
        let small = FrameDriver(pipeline)
        let view = pipeline.watch()
        var chunks = await take(11, from: view)
        small.stop()
        let large = FrameDriver(pipeline, TestFrames(width: 640, height: 480))
        while !chunks.dropFirst().contains(where: { $0.boxes.first?.type == "ftyp" }) { chunks += await take(1, from: view) }
        let change = try #require(chunks.dropFirst().firstIndex { $0.boxes.first?.type == "ftyp" })
        chunks += await take(10, from: view)
        let before = try Probe.frames(chunks[..<change].flatMap { $0 })
        let after = try Probe.frames(chunks[change...].flatMap { $0 })
        #expect(Set(before.map(\.width)) == [320])
        #expect(Set(after.map(\.width)) == [640])
        #expect(try #require(after.first).pts > (try #require(before.last).pts))
        large.stop()
        pipeline.shutDown()
    }

    @Test func `a viewer that does not read loses what it missed and disturbs nobody`() async throws {
        let pipeline = pipeline()
        let driver = FrameDriver(pipeline)
        let (quick, stalled) = (pipeline.watch(), pipeline.watch())
        _ = await take(2, from: stalled)
        let chunks = await take(121, from: quick)
        #expect(try Probe.frames(chunks.flatMap { $0 }).count == 120)
        let skipped = pipeline.status.fragmentsSkipped
        #expect((30...120).contains(skipped), "\(skipped)")
        // It goes on with a key frame, and is as good as new.
        let rest = await take(20, from: stalled)
        let frames = try Probe.frames(chunks[0] + rest.flatMap { $0 })
        #expect(frames.count == 20)
        #expect(frames.first?.isKey == true)
        driver.stop()
        pipeline.shutDown()
    }

    @Test func `nothing is made while nobody watches`() async throws {
        let (pipeline, frames) = (pipeline(), TestFrames())
        let driver = FrameDriver(pipeline, frames)
        var view: LiveView? = pipeline.watch()
        if let view { _ = await take(5, from: view) }
        view = nil
        #expect(!pipeline.isWatched)
        #expect(events.all == [.watched(true), .watched(false)])
        let encoded = pipeline.status.framesEncoded
        let next = pipeline.watch()
        #expect(await take(5, from: next).count == 5)
        driver.stop()
        #expect(pipeline.status.framesEncoded < encoded + 15)
        #expect(pipeline.status.viewersEver == 2)
        #expect(pipeline.status.viewers == 1)
        pipeline.shutDown()
        #expect(frames.held.isEmpty)
    }

    @Test func `the end ends every viewer, and so does giving up`() async throws {
        let pipeline = pipeline()
        let (first, second) = (pipeline.watch(), pipeline.watch())
        let waiting = Task { await first.next() }
        waiting.cancel()
        #expect(await waiting.value == nil)
        #expect(await first.codecs() == nil)
        async let last = second.next()
        pipeline.shutDown()
        #expect(await last == nil)
        #expect(await pipeline.watch().next() == nil)
        #expect(pipeline.status.viewers == 0)
    }
}
