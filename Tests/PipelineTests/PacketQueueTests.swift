import CameraBindings
import Testing
import Timing

@testable import Pipeline

struct PacketQueueTests {
    /// Packets of an encoder with a key frame every `interval`.
    private func packets(_ count: UInt64, keyEvery interval: UInt64) throws -> [Packet] {
        let frames = TestFrames(width: 64, height: 64)
        let encoder = try H264Encoder("libx264", EncoderSettings(width: 64, height: 64, format: .nv12, framerate: 30, bitrate: 500_000))
        var packets: [Packet] = []
        for number in 0..<count {
            let time = FrameTime(pts: Int64(number) * 3000, captured: .init(nanoseconds: 0))
            try encoder.encode(frames.frame(number), at: time, asKey: number % interval == 0) { packets.append($0) }
        }
        return packets
    }

    private func drain(_ queue: PacketQueue) -> [Int64] {
        var numbers: [Int64] = []
        while let packet = queue.pop() { numbers.append(packet.pts / 3000) }
        return numbers
    }

    @Test func `packets come out in order`() throws {
        let queue = PacketQueue()
        queue.open()
        for packet in try packets(5, keyEvery: 5) { #expect(queue.push(packet)) }
        #expect(drain(queue) == [0, 1, 2, 3, 4])
    }

    @Test func `an open queue starts with a key frame and asks for one`() throws {
        let queue = PacketQueue()
        queue.open()
        let some = try packets(12, keyEvery: 10)
        #expect(some[5...].map(queue.push) == [false, false, false, false, false, true, true])
        #expect(drain(queue) == [10, 11])
        #expect(queue.dropped == 0)
    }

    @Test func `a full queue loses up to the next key frame inside`() throws {
        let queue = PacketQueue(packets: 10)
        queue.open()
        for packet in try packets(11, keyEvery: 4) { #expect(queue.push(packet)) }
        #expect(drain(queue) == [4, 5, 6, 7, 8, 9, 10])
        #expect(queue.dropped == 4)
    }

    @Test func `a full queue without a key frame inside waits for the next`() throws {
        let queue = PacketQueue(packets: 4)
        queue.open()
        #expect(try packets(8, keyEvery: 6).map(queue.push) == [true, true, true, true, false, false, true, true])
        #expect(drain(queue) == [6, 7])
        #expect(queue.dropped == 6)
    }

    @Test func `bytes count as well as packets`() throws {
        let some = try packets(6, keyEvery: 3)
        let queue = PacketQueue(bytes: some[...3].reduce(0) { $0 + $1.size })
        queue.open()
        for packet in some { _ = queue.push(packet) }
        #expect(drain(queue) == [3, 4, 5])
    }

    @Test func `a shut queue takes nothing and asks for nothing`() throws {
        let queue = PacketQueue()
        #expect(try packets(2, keyEvery: 2).map(queue.push) == [true, true])
        #expect(queue.pop() == nil)
        #expect(queue.dropped == 0)
    }
}
