import Testing
import Timing

@testable import Pipeline

struct PublisherStateTests {
    private let start = Instant(nanoseconds: 1_000_000_000)
    private let gone = PublisherState.Failure(kind: .unreachable, reason: "gone")
    private let refused = PublisherState.Failure(kind: .refused, reason: "404")

    private func after(_ seconds: Double) -> Instant { start.advanced(by: seconds) }

    /// Fails one attempt after another and returns the pauses between them.
    private func pauses(_ count: Int, _ failure: PublisherState.Failure) -> [Double] {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        var now = start
        return (0..<count).map { _ in
            guard case .connect(_, let session) = state.work(at: now) else { return -1 }
            _ = state.failed(session, failure, at: now)
            guard case .sleep(let until) = state.work(at: now) else { return -1 }
            defer { now = until }
            return now.seconds(to: until)
        }
    }

    @Test func `there is nothing to do before the start`() {
        var state = PublisherState()
        #expect(state.work(at: start) == .rest)
        #expect(state.phase == .stopped)
    }

    @Test func `a second start does nothing`() {
        var state = PublisherState()
        #expect(state.start("rtsp://a/b") == true)
        #expect(state.start("rtsp://a/b") == false)
        #expect(state.work(at: start) == .connect(to: "rtsp://a/b", session: 2))
    }

    @Test func `another URL replaces the first`() {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        _ = state.work(at: start)
        #expect(state.start("rtsp://c/d") == true)
        #expect(state.connected(2, at: start) == false)
        #expect(state.work(at: start) == .connect(to: "rtsp://c/d", session: 4))
    }

    @Test func `it is live once the server takes the stream`() {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        _ = state.work(at: start)
        #expect(state.phase == .connecting)
        #expect(state.connected(2, at: start) == true)
        #expect(state.phase == .live)
    }

    @Test func `a stop while connecting makes the connection unwanted`() {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        _ = state.work(at: start)
        #expect(state.stop() == true)
        #expect(state.connected(2, at: start) == false)
        #expect(state.phase == .stopped)
    }

    @Test func `a failure that comes after the stop changes nothing`() {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        _ = state.work(at: start)
        _ = state.stop()
        #expect(state.failed(2, gone, at: start) == false)
        #expect(state.work(at: start) == .rest)
    }

    @Test func `a server that is gone is looked for every second`() {
        #expect(pauses(6, gone) == [0.25, 0.5, 1, 1, 1, 1])
    }

    @Test func `a server that said no is asked ever more rarely`() {
        #expect(pauses(7, refused) == [0.25, 0.5, 1, 2, 4, 5, 5])
    }

    @Test func `after an attempt that took too long the next comes soon`() {
        #expect(pauses(4, .init(kind: .timedOut, reason: "slow")) == [0.25, 0.25, 0.25, 0.25])
    }

    @Test func `a session that held makes the next pause short again`() {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        for attempt in 2...4 {
            _ = state.work(at: after(Double(attempt) * 10))
            _ = state.failed(attempt, gone, at: after(Double(attempt) * 10))
        }
        _ = state.work(at: after(50))
        _ = state.connected(5, at: after(50))
        _ = state.failed(5, gone, at: after(53))
        #expect(state.work(at: after(53)) == .sleep(until: after(53.25)))
    }

    @Test func `a session that broke at once counts as a failure`() {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        _ = state.work(at: start)
        _ = state.failed(2, gone, at: start)
        _ = state.work(at: after(1))
        _ = state.connected(3, at: after(1))
        _ = state.failed(3, gone, at: after(1.1))
        #expect(state.work(at: after(1.1)) == .sleep(until: after(1.6)))
    }

    @Test func `the same reason is news once for each outage`() {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        _ = state.work(at: start)
        #expect(state.failed(2, gone, at: start) == true)
        _ = state.work(at: after(1))
        #expect(state.failed(3, gone, at: after(1)) == false)
        _ = state.work(at: after(3))
        #expect(state.failed(4, refused, at: after(3)) == true)
        #expect(state.reason == "404")
    }

    @Test func `a stream that changed is announced anew at once`() {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        _ = state.work(at: start)
        _ = state.connected(2, at: start)
        state.renew(2)
        #expect(state.phase == .connecting)
        #expect(state.work(at: start) == .connect(to: "rtsp://a/b", session: 3))
    }

    @Test func `attempts are counted since the start`() {
        var state = PublisherState()
        _ = state.start("rtsp://a/b")
        for second in 0..<3 {
            _ = state.work(at: after(Double(second) * 10))
            _ = state.failed(state.session, gone, at: after(Double(second) * 10))
        }
        #expect(state.attempts == 3)
        _ = state.stop()
        #expect(state.attempts == 0)
    }
}
