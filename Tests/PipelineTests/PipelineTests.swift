import Foundation
import Pipeline
import Testing
import Timing

/// One after another: they measure time, and each uses a core.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct PipelineTests {
    private let events = EventLog()

    private func pipeline(width: Int = 320, height: Int = 240) -> Pipeline {
        Pipeline(
            StreamConfiguration(width: width, height: height, framerate: 30, bitrate: 1_000_000, keyInterval: 1), clock: SystemClock(),
            report: events.add)
    }

    @Test func `frames that nobody wants are released at once`() {
        let (pipeline, frames) = (pipeline(), TestFrames())
        for number in UInt64(0)..<10 { pipeline.offer(frames.frame(number)) }
        #expect(frames.held.isEmpty)
        #expect(pipeline.status.framesIn == 0)
        pipeline.shutDown()
    }

    @Test func `a stream reaches the server whole`() throws {
        let (pipeline, frames, server) = (pipeline(), TestFrames(), try ListeningServer())
        pipeline.startPublishing(to: server.url)
        let driver = FrameDriver(pipeline, frames)
        #expect(eventually(within: 5) { server.frames >= 30 } != nil)
        driver.stop()
        let status = pipeline.status
        #expect(events.all == [.up(url: server.url)])
        #expect(status.publisher == "live")
        #expect(status.encoder == "libx264")
        // One thread kept from running for a moment costs a frame; whether every one of a minute arrives is for `make bench`.
        #expect(status.framesDropped <= 3)
        #expect(status.packetsSent >= server.frames)
        pipeline.shutDown()
        #expect(frames.held.isEmpty)
    }

    @Test func `a server that is killed and comes back has the stream again within two seconds`() throws {
        let (pipeline, server) = (pipeline(), try ListeningServer())
        pipeline.startPublishing(to: server.url)
        let driver = FrameDriver(pipeline)
        #expect(eventually(within: 5) { pipeline.status.packetsSent > 10 } != nil)
        server.kill()
        let noticed = try #require(eventually(within: 3) { pipeline.status.publisher != "live" })
        #expect(eventually(within: 4) { pipeline.status.attempts >= 4 } != nil)
        let sent = pipeline.status.packetsSent
        let successor = try ListeningServer(port: server.port)
        let back = try #require(eventually(within: 2) { pipeline.status.packetsSent > sent })
        print("a killed server was noticed after \(noticed) s; streaming \(back) s after its return")
        #expect(eventually(within: 3) { successor.frames > 5 } != nil)
        driver.stop()
        pipeline.shutDown()
    }

    @Test func `a server that freezes is noticed within three seconds and has the stream again when it thaws`() throws {
        let (pipeline, server) = (pipeline(), try MediaServer())
        pipeline.startPublishing(to: server.url)
        let driver = FrameDriver(pipeline)
        #expect(eventually(within: 5) { pipeline.status.packetsSent > 30 } != nil)
        server.freeze()
        let noticed = try #require(eventually(within: 3) { pipeline.status.publisher != "live" })
        #expect(events.lastDown == "the server has not answered for more than 2.0 s")
        let before = pipeline.status
        #expect(eventually(within: 6) { pipeline.status.framesEncoded >= before.framesEncoded + 120 } != nil)
        // A freeze that reached the encoder would cost a hundred and more.
        #expect(pipeline.status.framesDropped - before.framesDropped <= 10)
        #expect(pipeline.status.packetsSent == before.packetsSent)
        server.thaw()
        let back = try #require(eventually(within: 2) { pipeline.status.packetsSent > before.packetsSent })
        let attempts = pipeline.status.attempts
        #expect(eventually(within: 4) { pipeline.status.packetsSent > before.packetsSent + 60 } != nil)
        #expect(pipeline.status.attempts == attempts)
        print("a frozen server was noticed after \(noticed) s; streaming \(back) s after it thawed")
        driver.stop()
        pipeline.shutDown()
    }

    @Test func `stopping does not wait for a server that hangs`() throws {
        let (pipeline, server) = (pipeline(), Ports.listening())
        pipeline.startPublishing(to: "rtsp://127.0.0.1:\(server.port)/cam")
        let driver = FrameDriver(pipeline)
        #expect(eventually(within: 3) { pipeline.status.framesEncoded > 3 } != nil)
        let clock = SystemClock()
        let before = clock.now
        pipeline.stopPublishing()
        #expect(before.seconds(to: clock.now) < 0.1)
        #expect(pipeline.status.publisher == "stopped")
        pipeline.startPublishing(to: "rtsp://127.0.0.1:\(server.port)/cam")
        driver.stop()
        let ending = clock.now
        pipeline.shutDown()
        #expect(ending.seconds(to: clock.now) < 1)
    }

    @Test(arguments: [("401 Unauthorized", "401"), ("404 Not Found", "404")])
    func `a refusal is told without the password`(status: String, number: String) throws {
        let (pipeline, server) = (pipeline(), RefusingServer(status: status))
        pipeline.startPublishing(to: "rtsp://me:secret@127.0.0.1:\(server.port)/cam")
        let driver = FrameDriver(pipeline)
        #expect(eventually(within: 3) { pipeline.status.publisher == "waiting" } != nil)
        #expect(events.lastDown?.contains(number) == true)
        #expect(pipeline.status.publisherReason == events.lastDown)
        #expect(!"\(events.all) \(pipeline.status)".contains("secret"))
        driver.stop()
        pipeline.shutDown()
    }

    @Test func `a file name is a place to publish to as well`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "luneta-\(UUID().uuidString).mp4")
        defer { try? FileManager.default.removeItem(at: file) }
        let pipeline = pipeline()
        pipeline.startPublishing(to: file.path)
        let driver = FrameDriver(pipeline)
        #expect(eventually(within: 3) { pipeline.status.packetsSent >= 20 } != nil)
        driver.stop()
        pipeline.shutDown()
        // The publisher's thread writes the index while it ends, which nobody waits for longer than a second.
        let isWhole = eventually(within: 5) { (try? Data(contentsOf: file))?.firstRange(of: Data("moov".utf8)) != nil }
        #expect(isWhole != nil)
    }

    @Test func `a URL nobody can publish to is explained`() throws {
        let pipeline = pipeline()
        pipeline.startPublishing(to: "gopher://somewhere")
        let driver = FrameDriver(pipeline)
        #expect(eventually(within: 3) { pipeline.status.publisher == "waiting" } != nil)
        #expect(pipeline.status.publisherReason?.hasPrefix("no muxer for this URL") == true)
        driver.stop()
        pipeline.shutDown()
    }

    @Test func `a new size is announced anew`() throws {
        let (pipeline, first) = (pipeline(), try ListeningServer())
        pipeline.startPublishing(to: first.url)
        var driver = FrameDriver(pipeline)
        #expect(eventually(within: 5) { pipeline.status.packetsSent > 10 } != nil)
        driver.stop()
        // The listener takes one publisher only: what announces anew needs a server that is there again.
        driver = FrameDriver(pipeline, TestFrames(width: 640, height: 480))
        #expect(eventually(within: 3) { pipeline.status.attempts >= 2 } != nil)
        first.kill()
        let second = try ListeningServer(port: first.port)
        #expect(eventually(within: 5) { second.frames > 5 } != nil)
        #expect(second.size == "640x480")
        driver.stop()
        pipeline.shutDown()
    }

    @Test func `bitrate and key interval change while it runs`() throws {
        let (pipeline, server) = (pipeline(), try ListeningServer())
        pipeline.startPublishing(to: server.url)
        let driver = FrameDriver(pipeline, isNoise: true)
        #expect(eventually(within: 5) { pipeline.status.keyFrames >= 2 } != nil)
        pipeline.configure(StreamConfiguration(width: 320, height: 240, framerate: 30, bitrate: 300_000, keyInterval: 0.2))
        let before = pipeline.status
        #expect(eventually(within: 3) { pipeline.status.keyFrames >= before.keyFrames + 8 } != nil)
        #expect(pipeline.status.framesEncoded - before.framesEncoded < 60)
        #expect(pipeline.status.attempts == 1)
        driver.stop()
        pipeline.shutDown()
    }
}
