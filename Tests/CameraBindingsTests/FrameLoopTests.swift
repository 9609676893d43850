@testable import CameraBindings
import Testing
import Timing

@Suite struct FrameLoopTests {
    private final class Notes: Sendable {
        let turns = Mutex<[(begin: Double, missed: Int)]>([])
        let delivered = Mutex(0)
        var count: Int { turns.withLock { $0.count } }
    }

    /// A clock that runs `factor` times as fast as the machine's.
    private struct FastClock: HostClock {
        let factor: Double
        var now: Instant { Instant(nanoseconds: Int64(Double(SystemClock().now.nanoseconds) * factor)) }
        var wall: Double { 0 }
        var isTrusted: Bool { true }
    }

    private func wait(until isSo: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while !isSo() {
            try #require(ContinuousClock.now < deadline)
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    @Test func `a late turn leaves frames out and keeps the schedule`() async throws {
        let notes = Notes()
        let loop = FrameLoop(clock: FastClock(factor: 1000))
        // At a thousand times the speed of time every turn of 10 ms comes late.
        let started = loop.start(
            { begin, missed in
                notes.turns.withLock { $0.append((begin.seconds, missed)) }
                return FrameLoop.Turn(signal: nil, seconds: 0.01)
            }, { _ in })
        #expect(started)
        try await wait { notes.count >= 20 }
        loop.stop()
        let turns = notes.turns.withLock { $0 }
        #expect(turns.contains { $0.missed > 0 })
        for (before, after) in zip(turns, turns.dropFirst()) {
            #expect(abs(after.begin - before.begin - 0.01 * Double(1 + after.missed)) < 1e-6)
        }
    }

    @Test func `stopping ends a long wait at once`() async throws {
        let notes = Notes()
        let loop = FrameLoop(clock: SystemClock())
        _ = loop.start(
            { begin, missed in
                notes.turns.withLock { $0.append((begin.seconds, missed)) }
                return FrameLoop.Turn(signal: .lost("never delivered"), seconds: 3600)
            }, { _ in notes.delivered.withLock { $0 += 1 } })
        try await wait { notes.count == 1 }
        let begin = ContinuousClock.now
        loop.stop()
        #expect(ContinuousClock.now - begin < .seconds(1))
        #expect(notes.delivered.withLock { $0 } == 0)
    }

    @Test func `a second start is refused until it was stopped`() {
        let loop = FrameLoop(clock: SystemClock())
        let turn: FrameLoop.Maker = { _, _ in FrameLoop.Turn(signal: nil, seconds: 1) }
        let starts = [loop.start(turn) { _ in }, loop.start(turn) { _ in }]
        loop.stop()
        let again = loop.start(turn) { _ in }
        loop.stop()
        #expect(starts == [true, false])
        #expect(again)
    }
}
