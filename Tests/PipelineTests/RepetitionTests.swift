import CameraBindings
import Catalog
import Support
import Testing
import Timing

@testable import Pipeline

struct RepetitionTests {
    private let start = Instant(nanoseconds: 0)

    private func frame(duration: Int) -> Frame {
        var report = FrameReport()
        report.timestamp = 10
        report.frameDuration = duration
        return Frame(pixels: nil, metadata: FrameMetadata(report: report, settledRequest: 0, inForce: InForce(values: [:]))) {}
    }

    @Test func `a frame of an ordinary stream is not kept`() {
        var repetition = Repetition()
        repetition.showed(frame(duration: 33_333), at: start, framerate: 30)
        #expect(repetition.patience == nil)
        #expect(repetition.due(at: start.advanced(by: 5)) == nil)
    }

    @Test func `a frame rate that was asked to be low is left alone`() {
        var repetition = Repetition()
        repetition.showed(frame(duration: 1_000_000), at: start, framerate: 1)
        #expect(repetition.patience == nil)
    }

    @Test func `during a long exposure the picture before it is shown ten times a second`() {
        var repetition = Repetition()
        repetition.showed(frame(duration: 1_000_000), at: start, framerate: 30)
        #expect(repetition.patience == 0.1)
        #expect(repetition.due(at: start.advanced(by: 0.4))?.timestamp == 10.4)
    }

    @Test func `just before the next frame nothing is repeated`() {
        var repetition = Repetition()
        repetition.showed(frame(duration: 1_000_000), at: start, framerate: 30)
        #expect(repetition.due(at: start.advanced(by: 0.97)) == nil)
        #expect(repetition.due(at: start.advanced(by: 1.3)) == nil)
        #expect(repetition.due(at: start.advanced(by: 1.6)) != nil)
    }

    @Test func `an ordinary frame ends the repetition`() {
        var repetition = Repetition()
        repetition.showed(frame(duration: 1_000_000), at: start, framerate: 30)
        repetition.showed(frame(duration: 33_333), at: start, framerate: 30)
        #expect(repetition.patience == nil)
    }
}
