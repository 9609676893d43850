import CameraBindings
import Support
import Testing
import Timing

@testable import Pipeline

struct EncodeStageTests {
    /// An encoder that only remembers; its packets come from libx264.
    private final class FakeEncoder: Encoder {
        let name: String
        private(set) var settings: EncoderSettings
        var isBroken = false
        var keys: [Bool] = []

        init(_ name: String, _ settings: EncoderSettings) {
            self.name = name
            self.settings = settings
        }

        func encode(_ frame: Frame, at time: FrameTime, asKey: Bool, deliver: (Packet) -> Void) throws(EncoderError) {
            if isBroken { throw EncoderError(sentence: "broken") }
            keys.append(asKey)
        }

        func setBitrate(_ bitrate: Int) -> Bool {
            guard name == EncoderChoice.software else { return false }
            settings.bitrate = bitrate
            return true
        }
    }

    private final class FakeSink: Sink {
        let wanted = Mutex(true)
        var wantsPackets: Bool { wanted.withLock { $0 } }
        func offer(_ packet: Packet) {}
    }

    /// What was opened, in order, and what may be.
    private final class Shop {
        var opened: [FakeEncoder] = []
        var has: Set<String> = ["h264_v4l2m2m", "libx264"]

        func open(_ name: String, _ settings: EncoderSettings) throws(EncoderError) -> any Encoder {
            guard has.contains(name) else { throw EncoderError(sentence: "no '\(name)'") }
            opened.append(FakeEncoder(name, settings))
            return opened[opened.count - 1]
        }
    }

    private let clock = TestClock()
    private let events = EventLog()
    private let frames = TestFrames(width: 64, height: 64)
    private let sink = FakeSink()
    private let shop = Shop()
    private let board = PipelineBoard(
        StreamConfiguration(width: 64, height: 64, framerate: 30, bitrate: 1_000_000, keyInterval: 1))

    private func stage() -> EncodeStage { EncodeStage(board: board, sinks: [sink], clock: clock, report: events.add, open: shop.open) }

    @Test func `no encoder is opened while nobody wants packets`() {
        var stage = stage()
        sink.wanted.withLock { $0 = false }
        stage.take(frames.frame(0))
        #expect(shop.opened.isEmpty)
        #expect(frames.held.isEmpty)
    }

    @Test func `the first frame is a key frame and others where they are asked for`() {
        var stage = stage()
        for number in UInt64(0)..<4 {
            if number == 2 { board.askForKey() }
            stage.take(frames.frame(number))
        }
        #expect(shop.opened.first?.keys == [true, false, true, false])
    }

    @Test func `a new size opens a new encoder that starts with a key frame`() {
        var stage = stage()
        stage.take(frames.frame(0))
        stage.take(TestFrames(width: 128, height: 64).frame(1))
        #expect(shop.opened.map(\.settings.width) == [64, 128])
        #expect(shop.opened.last?.keys == [true])
    }

    @Test func `a bitrate is changed where it stands when the encoder can do that`() {
        shop.has = ["libx264"]
        var stage = stage()
        stage.take(frames.frame(0))
        board.configuration.bitrate = 500_000
        stage.take(frames.frame(1))
        #expect(shop.opened.map(\.settings.bitrate) == [500_000])
    }

    @Test func `an encoder that cannot change its bitrate is opened anew`() {
        var stage = stage()
        stage.take(frames.frame(0))
        board.configuration.bitrate = 500_000
        stage.take(frames.frame(1))
        #expect(shop.opened.map(\.settings.bitrate) == [1_000_000, 500_000])
    }

    @Test func `software takes over from hardware that fails`() {
        var stage = stage()
        stage.take(frames.frame(0))
        shop.opened[0].isBroken = true
        stage.take(frames.frame(1))
        stage.take(frames.frame(2))
        #expect(shop.opened.map(\.name) == ["h264_v4l2m2m", "libx264"])
        #expect(events.all == [.encoderFailed("broken")])
        #expect(board.figures.encoder == "libx264")
    }

    @Test func `where no encoder opens it is told once and tried every second`() {
        shop.has = []
        var stage = stage()
        for number in UInt64(0)..<60 {
            stage.take(frames.frame(number))
            clock.advance(by: 1.0 / 30)
        }
        #expect(events.all == [.encoderFailed("no 'h264_v4l2m2m'; no 'libx264'")])
        shop.has = ["libx264"]
        clock.advance(by: 1)
        stage.take(frames.frame(60))
        #expect(shop.opened.map(\.name) == ["libx264"])
        #expect(board.figures.encoderReason == nil)
    }

    @Test func `a frame that finds the encoder busy is late`() {
        board.arrived(dropped: 0)
        board.arrived(dropped: 0)
        board.finished()
        board.finished()
        board.arrived(dropped: 0)
        #expect(board.figures.framesLate == 1)
        #expect(board.figures.framesIn == 3)
    }
}
