import Testing

@testable import Pipeline

struct FrameTimelineTests {
    @Test func `timestamps become ticks of 90 kHz`() {
        var timeline = FrameTimeline()
        #expect(timeline.time(of: 2, framerate: 30).pts == 180_000)
        #expect(timeline.time(of: 2.5, framerate: 30).pts == 225_000)
    }

    @Test func `a clock that steps back goes on one frame later`() {
        var timeline = FrameTimeline()
        let before = timeline.time(of: 100, framerate: 30).pts
        #expect(timeline.time(of: 3, framerate: 30).pts == before + 3000)
        #expect(timeline.time(of: 4, framerate: 30).pts == before + 93_000)
    }

    @Test func `two frames never share a time`() {
        var timeline = FrameTimeline()
        let first = timeline.time(of: 1, framerate: 30).pts
        #expect(timeline.time(of: 1, framerate: 30).pts > first)
    }
}
