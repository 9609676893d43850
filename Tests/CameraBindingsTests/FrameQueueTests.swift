import CameraBindings
import Catalog
import Timing
import Testing

@Suite struct FrameQueueTests {
    private final class Returned: Sendable {
        let numbers = Mutex<[UInt64]>([])
    }

    private func frame(_ number: UInt64, giveBack: @escaping @Sendable () -> Void = {}) -> Frame {
        var report = FrameReport()
        report.sequence = number
        return Frame(
            pixels: nil, metadata: FrameMetadata(report: report, settledRequest: 0, inForce: InForce(values: [:])), giveBack: giveBack)
    }

    @Test func `frames come out in order`() {
        let queue = FrameQueue()
        for number in 1...3 { queue.push(frame(UInt64(number))) }
        #expect((1...3).map { _ in queue.pop()?.metadata.report.sequence } == [1, 2, 3])
    }

    @Test func `a full queue drops its oldest frame, counts it and gives it back`() {
        let returned = Returned()
        let queue = FrameQueue(capacity: 2)
        for number: UInt64 in 1...4 { queue.push(frame(number) { returned.numbers.withLock { $0.append(number) } }) }
        #expect(queue.dropped == 2)
        #expect(returned.numbers.withLock { $0 } == [1, 2])
        #expect(queue.pop()?.metadata.report.sequence == 3)
    }

    @Test func `a closed queue is empty, and takes nothing`() {
        let queue = FrameQueue()
        queue.push(frame(1))
        queue.close()
        queue.push(frame(2))
        #expect(queue.pop() == nil)
        #expect(queue.pop() == nil)
    }
}
