import CameraBindings
import Foundation
import Testing
import Timing

@testable import Pipeline

struct FragmentMuxerTests {
    /// Packets of an encoder that makes a key frame first and every tenth frame, at 30 a second from `start` on.
    private func packets(_ count: UInt64, width: Int = 320, from start: Int64 = 0, isNoise: Bool = false) throws -> [Packet] {
        let frames = TestFrames(width: width, height: 240)
        let settings = EncoderSettings(width: width, height: 240, format: .nv12, framerate: 30, bitrate: 4_000_000)
        let encoder = try H264Encoder("libx264", settings)
        var packets: [Packet] = []
        for number in 0..<count {
            let time = FrameTime(pts: start + Int64(number) * 3000, captured: Instant(nanoseconds: 0))
            try encoder.encode(frames.frame(number, isNoise: isNoise), at: time, asKey: number % 10 == 0) { packets.append($0) }
        }
        return packets
    }

    @Test func `a player decodes every frame at its time`() throws {
        let some = try packets(30, from: 9_000_000_000)
        let muxer = try FragmentMuxer(some[0].header)
        let frames = try Probe.frames(muxer.header.bytes + some.flatMap { try muxer.fragment($0).bytes })
        #expect(frames.count == 30)
        #expect(frames.map(\.pts) == some.map(\.pts))
        #expect(frames.indices.filter { frames[$0].isKey } == [0, 10, 20])
    }

    @Test func `a fragment is there as soon as its frame is`() throws {
        let some = try packets(3)
        let muxer = try FragmentMuxer(some[0].header)
        for packet in some {
            let bytes = try muxer.fragment(packet).bytes
            #expect(bytes.boxes.map(\.type) == ["moof", "mdat"])
            #expect(bytes.count > packet.size)
        }
        #expect(muxer.header.bytes.boxes.map(\.type) == ["ftyp", "moov"])
        #expect(muxer.header.codecs.hasPrefix("avc1.42C0"))
    }

    @Test func `a player that begins with a later key frame decodes from there`() throws {
        let some = try packets(30)
        let muxer = try FragmentMuxer(some[0].header)
        let fragments = try some.map { try muxer.fragment($0) }
        let frames = try Probe.frames(muxer.header.bytes + fragments[20...].flatMap(\.bytes))
        #expect(frames.map(\.pts) == some[20...].map(\.pts))
    }

    @Test func `what a second muxer makes is the same timeline`() throws {
        let first = try packets(10, from: 900_000)
        let second = try packets(10, width: 640, from: 930_000)
        let bytes = try [first, second].map { some in
            let muxer = try FragmentMuxer(some[0].header)
            return try muxer.header.bytes + some.flatMap { try muxer.fragment($0).bytes }
        }
        #expect(try Probe.frames(bytes[0]).map(\.pts) == first.map(\.pts))
        #expect(try Probe.frames(bytes[1]).map(\.pts) == second.map(\.pts))
    }

    @Test func `a fragment larger than the buffer of libavformat is whole`() throws {
        let frames = TestFrames(width: 640, height: 480)
        let settings = EncoderSettings(width: 640, height: 480, format: .nv12, framerate: 30, bitrate: 100_000_000)
        let encoder = try H264Encoder("libx264", settings)
        var some: [Packet] = []
        let time = FrameTime(pts: 0, captured: Instant(nanoseconds: 0))
        try encoder.encode(frames.frame(0, isNoise: true), at: time, asKey: true) { some.append($0) }
        let packet = try #require(some.first)
        let muxer = try FragmentMuxer(packet.header)
        let bytes = try muxer.fragment(packet).bytes
        #expect(packet.size > 200_000)
        #expect(bytes.boxes.map(\.type) == ["moof", "mdat"])
        #expect(bytes.boxes.reduce(0) { $0 + $1.size } == bytes.count)
        #expect(try Probe.frames(muxer.header.bytes + bytes).count == 1)
    }

    @Test func `without parameters there is nothing to begin with`() {
        #expect(throws: EncoderError(sentence: "the encoder has told no parameters yet")) {
            _ = try FragmentMuxer(StreamHeader(width: 64, height: 64, parameters: []))
        }
    }
}
