import CameraBindings
import Testing
import Timing

@testable import Pipeline

struct H264EncoderTests {
    private let frames = TestFrames()

    private func open(bitrate: Int = 1_000_000) throws -> H264Encoder {
        try H264Encoder(
            "libx264", EncoderSettings(width: frames.width, height: frames.height, format: .nv12, framerate: 30, bitrate: bitrate))
    }

    private func encode(
        _ numbers: Range<UInt64>, with encoder: H264Encoder, isNoise: Bool = false, keys: Set<UInt64> = [0]
    ) throws -> [Packet] {
        var packets: [Packet] = []
        for number in numbers {
            let frame = frames.frame(number, isNoise: isNoise)
            let time = FrameTime(pts: Int64(number) * 3000, captured: .init(nanoseconds: Int64(number)))
            try encoder.encode(frame, at: time, asKey: keys.contains(number)) { packets.append($0) }
        }
        return packets
    }

    @Test func `every frame gives a packet with its time`() throws {
        let packets = try encode(0..<30, with: open())
        #expect(packets.map(\.pts) == (0..<30).map { Int64($0) * 3000 })
        #expect(packets.map(\.captured.nanoseconds) == Array(0..<30))
    }

    @Test func `key frames come where they are asked for and nowhere else`() throws {
        let packets = try encode(0..<60, with: open(), isNoise: true, keys: [0, 17, 50])
        #expect(packets.indices.filter { packets[$0].isKey } == [0, 17, 50])
        #expect(packets[17].unitTypes == [5])
    }

    @Test func `the parameters are in the header and not in the packets`() throws {
        let packets = try encode(0..<2, with: open())
        let header = try #require(packets.first?.header)
        #expect(header.parameters.unitTypes == [7, 8])
        #expect(packets[0].unitTypes.filter { $0 == 7 || $0 == 8 }.isEmpty)
    }

    @Test func `the profile is one that browsers play`() throws {
        let header = try #require(try encode(0..<1, with: open()).first?.header)
        let sequence = try #require(header.parameters.units.first { $0.first.map { $0 & 31 } == 7 })
        #expect(sequence[1] == 0x42)
        #expect(sequence[2] & 0x40 == 0x40)
    }

    @Test func `a bitrate changed on the fly changes the bytes`() throws {
        let encoder = try open(bitrate: 2_000_000)
        let before = try encode(0..<60, with: encoder, isNoise: true).suffix(30).reduce(0) { $0 + $1.size }
        #expect(encoder.setBitrate(500_000))
        let after = try encode(60..<150, with: encoder, isNoise: true).suffix(30).reduce(0) { $0 + $1.size }
        #expect((200_000...300_000).contains(before))
        #expect((45_000...80_000).contains(after))
        #expect(encoder.setBitrate(2_000_000))
        let again = try encode(150..<240, with: encoder, isNoise: true).suffix(30).reduce(0) { $0 + $1.size }
        #expect((200_000...300_000).contains(again))
    }

    @Test func `a frame is given back as soon as it is encoded`() throws {
        let encoder = try open()
        for number in UInt64(0)..<10 {
            _ = try encode(number..<(number + 1), with: encoder)
            #expect(frames.held.isEmpty)
        }
    }

    @Test func `the codec is given the camera's own memory`() throws {
        // The packets of this codec are the pictures it was given; a picture begins with the address of its first plane.
        let settings = EncoderSettings(width: frames.width, height: frames.height, format: .nv12, framerate: 30, bitrate: 1_000_000)
        let encoder = try H264Encoder("wrapped_avframe", settings)
        var packets: [Packet] = []
        let address = try {
            let frame = frames.frame(1)
            try encoder.encode(frame, at: FrameTime(pts: 0, captured: Instant(nanoseconds: 0)), asKey: true) { packets.append($0) }
            return frame.pixels.map { UnsafeRawPointer($0.planes[0].base) }
        }()
        #expect(packets.first?.withBytes { $0.load(as: UnsafeRawPointer.self) } == address)
        #expect(frames.held == [1])
        packets = []
        #expect(frames.held.isEmpty)
    }

    @Test func `a size it cannot encode is refused with a reason`() {
        #expect(throws: EncoderError.self) {
            _ = try H264Encoder("libx264", EncoderSettings(width: 0, height: 0, format: .nv12, framerate: 30, bitrate: 1_000_000))
        }
    }

    @Test func `an encoder that does not exist is named`() {
        #expect(
            throws: EncoderError(sentence: "'h265_of_dreams' does not open: the system's libav has no such part, or there is no such file")
        ) {
            _ = try H264Encoder("h265_of_dreams", EncoderSettings(width: 64, height: 64, format: .nv12, framerate: 30, bitrate: 1_000_000))
        }
    }
}
