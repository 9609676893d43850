import Dispatch
import Testing
import Timing

struct MutexTests {
    private struct Refused: Error {}

    @Test func `no addition of many threads is lost`() {
        let sum = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<10_000 { sum.withLock { $0 += 1 } }
        }
        #expect(sum.withLock { $0 } == 80_000)
    }

    @Test func `an error leaves it unlocked, with what was changed before`() {
        let value = Mutex(1)
        #expect(throws: Refused.self) {
            try value.withLock { value throws(Refused) in
                value = 2
                throw Refused()
            }
        }
        #expect(value.withLock { $0 } == 2)
    }
}
