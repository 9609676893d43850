import CameraBindings
import Testing

@testable import Pipeline

struct EncoderChoiceTests {
    private final class Dummy: Encoder {
        let name: String
        let settings = EncoderSettings(width: 2, height: 2, format: .nv12, framerate: 30, bitrate: 1)
        init(_ name: String) { self.name = name }
        func encode(_ frame: Frame, at time: FrameTime, asKey: Bool, deliver: (Packet) -> Void) throws(EncoderError) {}
        func setBitrate(_ bitrate: Int) -> Bool { true }
    }

    private func choose(works: Set<String>, except failed: Set<String> = []) throws(EncoderError) -> EncoderChoice {
        try EncoderChoice(except: failed) { name throws(EncoderError) in
            guard works.contains(name) else { throw EncoderError(sentence: "'\(name)' does not open: no device") }
            return Dummy(name)
        }
    }

    @Test func `hardware is taken where it opens`() throws {
        let choice = try choose(works: ["h264_v4l2m2m", "libx264"])
        #expect(choice.encoder.name == "h264_v4l2m2m")
    }

    @Test func `software is taken where it does not, and says why`() throws {
        let choice = try choose(works: ["libx264"])
        #expect(choice.encoder.name == "libx264")
        #expect(choice.reason == "'h264_v4l2m2m' does not open: no device")
    }

    @Test func `hardware that failed is left alone`() throws {
        let choice = try choose(works: ["h264_v4l2m2m", "libx264"], except: ["h264_v4l2m2m"])
        #expect(choice.encoder.name == "libx264")
        #expect(choice.reason == "'h264_v4l2m2m' failed before")
    }

    @Test func `where nothing opens every reason is told`() {
        #expect(throws: EncoderError(sentence: "'h264_v4l2m2m' does not open: no device; 'libx264' does not open: no device")) {
            _ = try choose(works: [])
        }
    }
}
