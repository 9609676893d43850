import Testing
import Timing

@testable import Pipeline

struct ViewerQueueTests {
    private let header = LiveHeader([0], codecs: "avc1.42C01F")

    /// Fragments numbered by their only byte, with a key frame every `interval`.
    private func fragments(_ numbers: Range<UInt8>, keyEvery interval: UInt8, _ header: LiveHeader? = nil) -> [LiveFragment] {
        numbers.map {
            LiveFragment([$0], isKey: $0 % interval == 0, header: header ?? self.header, captured: Instant(nanoseconds: 0))
        }
    }

    /// Everything inside; a header shows as 0 of its own.
    private func drain(_ queue: inout ViewerQueue) -> [UInt8] {
        var bytes: [UInt8] = []
        while let next = queue.pop() { bytes += next.bytes }
        return bytes
    }

    @Test func `a viewer gets the header once and then starts with a key frame`() {
        var queue = ViewerQueue()
        for fragment in fragments(7..<13, keyEvery: 10) { queue.push(fragment) }
        #expect(drain(&queue) == [0, 10, 11, 12])
        for fragment in fragments(13..<15, keyEvery: 10) { queue.push(fragment) }
        #expect(drain(&queue) == [13, 14])
        #expect((queue.sent, queue.skipped) == (5, 0))
    }

    @Test func `a slow viewer goes on with the newest key frame inside`() {
        var queue = ViewerQueue(fragments: 10)
        for fragment in fragments(12..<23, keyEvery: 4) { queue.push(fragment) }
        #expect(drain(&queue) == [0, 20, 21, 22])
        #expect(queue.skipped == 8)
        #expect(!queue.needsKey)
    }

    @Test func `a slow viewer without a key frame inside waits for the next one`() {
        var queue = ViewerQueue(fragments: 4)
        for fragment in fragments(10..<15, keyEvery: 10) { queue.push(fragment) }
        #expect(queue.needsKey)
        #expect(queue.pop() == nil)
        for fragment in fragments(15..<22, keyEvery: 10) { queue.push(fragment) }
        #expect(drain(&queue) == [0, 20, 21])
    }

    @Test func `what a slow viewer lost is counted, what came before its first key frame is not`() {
        var queue = ViewerQueue(fragments: 4)
        for fragment in fragments(5..<12, keyEvery: 10) { queue.push(fragment) }
        #expect(drain(&queue) == [0, 10, 11])
        for fragment in fragments(12..<22, keyEvery: 10) { queue.push(fragment) }
        #expect(queue.skipped == 8)
        #expect(drain(&queue) == [20, 21])
    }

    @Test func `a key frame that comes when it is full is where the viewer goes on`() {
        var queue = ViewerQueue(fragments: 4)
        for fragment in fragments(4..<9, keyEvery: 4) { queue.push(fragment) }
        #expect(drain(&queue) == [0, 8])
    }

    @Test func `bytes count as well as fragments, but one fragment always fits`() {
        var queue = ViewerQueue(bytes: 2)
        for fragment in fragments(10..<12, keyEvery: 10) { queue.push(fragment) }
        queue.push(LiveFragment([20, 20, 20, 20], isKey: true, header: header, captured: Instant(nanoseconds: 0)))
        #expect(drain(&queue) == [0, 20, 20, 20, 20])
    }

    @Test func `a new size brings its header along, also to somebody who skipped`() {
        var queue = ViewerQueue(fragments: 3)
        let other = LiveHeader([1], codecs: "avc1.42C028")
        for fragment in fragments(10..<12, keyEvery: 10) { queue.push(fragment) }
        #expect(drain(&queue) == [0, 10, 11])
        for fragment in fragments(12..<15, keyEvery: 10) + fragments(20..<22, keyEvery: 10, other) { queue.push(fragment) }
        #expect(drain(&queue) == [1, 20, 21])
    }
}
