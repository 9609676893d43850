import Testing
import Timing

@testable import Pipeline

struct ConnectionHealthTests {
    private typealias Figures = ConnectionHealth.Figures
    private func at(_ seconds: Double) -> Instant { Instant(nanoseconds: 0).advanced(by: seconds) }

    @Test func `bytes that are acknowledged in time are a sign of life`() {
        var health = ConnectionHealth()
        for second in 0..<10 {
            let written = UInt64(second) * 1000
            #expect(health.judge(Figures(acknowledged: written, unsent: 1000), at: at(Double(second))) == nil)
        }
    }

    @Test func `bytes unsent for more than two seconds are a dead connection`() {
        var health = ConnectionHealth()
        #expect(health.judge(Figures(acknowledged: 5000, unsent: 1000), at: at(0)) == nil)
        #expect(health.judge(Figures(acknowledged: 5000, unsent: 9000), at: at(2)) == nil)
        #expect(health.judge(Figures(acknowledged: 5000, unsent: 9000), at: at(2.1)) != nil)
    }

    @Test func `an uplink that falls behind is noticed although it moves`() {
        var health = ConnectionHealth()
        let dead = (0..<100).first { tenth in
            let figures = Figures(acknowledged: UInt64(tenth) * 10, unsent: UInt64(tenth) * 90)
            return health.judge(figures, at: at(Double(tenth) / 10)) != nil
        }
        #expect(dead.map { (20..<30).contains($0) } == true)
    }

    @Test func `a server that stops answering is dead after two seconds`() {
        var health = ConnectionHealth()
        health.pinged(at: at(0))
        #expect(health.judge(Figures(received: 100), at: at(0.1)) == nil)
        health.pinged(at: at(0.5))
        health.pinged(at: at(1.0))
        #expect(health.judge(Figures(received: 100), at: at(2.4)) == nil)
        #expect(health.judge(Figures(received: 100), at: at(2.6)) != nil)
    }

    @Test func `a server that never answered a ping is not expected to`() {
        var health = ConnectionHealth(Figures(received: 700))
        health.pinged(at: at(0))
        #expect(health.judge(Figures(received: 700), at: at(60)) == nil)
    }

    @Test func `a server that answers is given a new start`() {
        var health = ConnectionHealth()
        for second in 0..<20 {
            health.pinged(at: at(Double(second)))
            #expect(health.judge(Figures(received: UInt64(second + 1) * 80), at: at(Double(second) + 0.9)) == nil)
        }
    }

    @Test func `a closed connection is dead at once`() {
        var health = ConnectionHealth()
        #expect(health.judge(Figures(isOpen: false), at: at(0)) == "the server closed the connection")
    }

    @Test func `pings are half a second apart`() {
        var health = ConnectionHealth()
        #expect(health.wantsPing(at: at(0)))
        health.pinged(at: at(0))
        #expect(!health.wantsPing(at: at(0.4)))
        #expect(health.wantsPing(at: at(0.5)))
    }
}
