import Foundation
import Testing
import Timing

struct MonotonicSemaphoreTests {
    @Test func `a signal that came before is not lost`() {
        let semaphore = MonotonicSemaphore()
        semaphore.signal()
        #expect(semaphore.wait(seconds: 0))
        #expect(!semaphore.wait(seconds: 0))
    }

    @Test func `a wait ends when its time is over`() {
        let clock = SystemClock()
        let start = clock.now
        #expect(!MonotonicSemaphore().wait(seconds: 0.05))
        #expect(start.seconds(to: clock.now) >= 0.05)
    }

    @Test func `every signal lets one waiting thread pass`() async {
        let (semaphore, passed) = (MonotonicSemaphore(), MonotonicSemaphore())
        for _ in 0..<4 {
            Thread.detachNewThread {
                semaphore.wait()
                passed.signal()
            }
        }
        for _ in 0..<4 { semaphore.signal() }
        for _ in 0..<4 { #expect(passed.wait(seconds: 10)) }
        #expect(!semaphore.wait(seconds: 0))
    }
}
