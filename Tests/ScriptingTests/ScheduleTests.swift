import Testing
import Timing

@testable import Scripting

private func at(_ seconds: Double) -> Instant { Instant(nanoseconds: 0).advanced(by: seconds) }

@Test func `entries come in order of time, equal ones in the order they were added`() {
    var schedule = Schedule()
    let late = schedule.add(.wake(wait: 1), at: at(2))
    let first = schedule.add(.wake(wait: 2), at: at(1))
    let second = schedule.add(.run(function: 3), at: at(1))
    #expect((0..<3).map { _ in schedule.takeDue(at: at(5))?.id } == [first, second, late])
    #expect(schedule.next == nil)
}

@Test func `a repeated entry comes again on its own grid`() {
    var schedule = Schedule()
    _ = schedule.add(.run(function: 1), at: at(10), every: 10)
    #expect(schedule.takeDue(at: at(9.9)) == nil)
    #expect(schedule.takeDue(at: at(37))?.due == at(10))
    #expect(schedule.next == at(40))
    #expect(schedule.timerCount == 1)
}

@Test func `a cancelled entry is gone`() {
    var schedule = Schedule()
    let entry = schedule.add(.run(function: 1), at: at(1))
    #expect(schedule.cancel(entry)?.id == entry)
    #expect(schedule.cancel(entry) == nil)
    #expect(schedule.timerCount == 0)
}

@Test func `a rate limit lets a second's worth pass and fills up again`() {
    var rate = RateLimit(perSecond: 10)
    #expect((0..<15).filter { _ in rate.admit(at: at(0)) }.count == 10)
    #expect(rate.takeRefused() == 5)
    #expect((0..<15).filter { _ in rate.admit(at: at(0.5)) }.count == 5)
}
