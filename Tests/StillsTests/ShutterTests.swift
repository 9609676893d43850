import Catalog
import Support
import Testing
import Timing

@testable import Stills

struct ShutterTests {
    private var shutter = Shutter()
    private let start = Instant(nanoseconds: 10_000_000_000)

    private mutating func ask(_ settings: PictureSettings = PictureSettings(), isFresh: Bool = false, after seconds: Double = 0) throws
        -> Int
    {
        try shutter.ask(settings, isFresh: isFresh, at: start.advanced(by: seconds), patience: 2)
    }

    @Test mutating func `the next frame to arrive serves everybody who waits for any frame`() throws {
        let ids = [try ask(), try ask(), try ask()]
        #expect(shutter.arrived(exposureBegan: 9.98) == [.init(settings: PictureSettings(), waiters: ids)])
        #expect(shutter.isIdle)
    }

    @Test mutating func `whoever wants a fresh picture waits for an exposure that began after the request`() throws {
        let id = try ask(isFresh: true)
        #expect(shutter.arrived(exposureBegan: 9.999).isEmpty)
        #expect(shutter.arrived(exposureBegan: 10.001).map(\.waiters) == [[id]])
    }

    @Test mutating func `a late request for a fresh picture does not share one that is too old for it`() throws {
        let early = try ask(isFresh: true)
        let late = try ask(isFresh: true, after: 0.02)
        #expect(shutter.arrived(exposureBegan: 10.01).map(\.waiters) == [[early]])
        #expect(shutter.arrived(exposureBegan: 10.04).map(\.waiters) == [[late]])
    }

    @Test mutating func `requests for different settings share the frame and not the picture`() throws {
        let (small, large) = (PictureSettings(width: 320), PictureSettings(width: 640))
        let ids = [try ask(small), try ask(large), try ask(small)]
        #expect(
            shutter.arrived(exposureBegan: 10) == [
                .init(settings: small, waiters: [ids[0], ids[2]]), .init(settings: large, waiters: [ids[1]]),
            ])
    }

    @Test mutating func `whoever has waited too long waits no longer`() throws {
        let first = try ask()
        let second = try ask(after: 1)
        #expect(shutter.deadline == start.advanced(by: 2))
        #expect(shutter.expire(start.advanced(by: 1.9)).isEmpty)
        #expect(shutter.expire(start.advanced(by: 2)) == [first])
        #expect(shutter.arrived(exposureBegan: 13).map(\.waiters) == [[second]])
    }

    @Test mutating func `so many kinds of picture may wait and no more`() throws {
        for width in 0..<Shutter.mostSettings { _ = try ask(PictureSettings(width: 100 + width)) }
        _ = try ask(PictureSettings(width: 100))
        let problem = #expect(throws: Problem.self) { try ask(PictureSettings(width: 99)) }
        #expect(problem?.code == .unavailable)
    }

    @Test mutating func `so many may wait and no more`() throws {
        for _ in 0..<Shutter.mostWaiters { _ = try ask() }
        #expect(throws: Problem.self) { try ask() }
        #expect(shutter.arrived(exposureBegan: 10).first?.waiters.count == Shutter.mostWaiters)
        _ = try ask()
    }
}
