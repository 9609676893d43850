import Catalog
import HTTPTypes
import Support
import Testing
import Timing

@testable import Server

/// The live picture over REST; how it is made is tested on the pipeline.
struct LiveRouteTests {
    /// A live picture of some chunks.
    private struct FakeLive: LivePicture {
        let codecs: String?
        let video: FakeVideo

        init(_ codecs: String?, _ chunks: [[UInt8]] = []) {
            self.codecs = codecs
            video = FakeVideo(name: codecs, chunks: chunks)
        }

        func watch() -> any LiveVideo { video }
    }

    /// Ends after its chunks; without a codec no picture comes.
    private final class FakeVideo: LiveVideo {
        private let name: String?
        private let chunks: [[UInt8]]
        let ends = Mutex(0)

        init(name: String?, chunks: [[UInt8]]) {
            self.name = name
            self.chunks = chunks
        }

        func codecs() async -> String? {
            guard name == nil else { return name }
            try? await Task.sleep(for: .seconds(60))
            return nil
        }

        func end() { ends.withLock { $0 += 1 } }

        func makeAsyncIterator() -> AsyncStream<[UInt8]>.Iterator {
            let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
            return stream.makeAsyncIterator()
        }
    }

    @Test func `the stream comes as it is made, and says what plays it`() async {
        let live = FakeLive("avc1.42C01F", [Array("init".utf8), Array("frame".utf8)])
        let reply = await RESTClient(live: live).get("/v1/stream/live.mp4")
        #expect(reply.status == 200)
        #expect(reply.headers[.contentType] == "video/mp4; codecs=\"avc1.42C01F\"")
        #expect(reply.headers[HTTPField.Name("X-Codecs")!] == "avc1.42C01F")
        #expect(reply.headers[.cacheControl] == "no-store")
        #expect(reply.text == "initframe")
        #expect(live.video.ends.withLock { $0 } > 0)
    }

    @Test func `where no picture comes it says why and when to try again`() async {
        let surface = FakeSurface()
        surface.configure(
            status: HostStatus(
                camera: .init(isUp: true, state: "running"), encoder: .init(isUp: false, state: "stopped", reason: "no 'libx264'"),
                publisher: .init(isUp: false, state: "stopped"), streamWanted: false, bitrate: 0))
        let live = FakeLive(nil)
        let reply = await RESTClient(surface, patience: .milliseconds(20), live: live).get("/v1/stream/live.mp4")
        #expect(reply.status == 503)
        #expect(reply.headers[.retryAfter] == "1")
        #expect(reply.detail.contains("the encoder says: no 'libx264'"))
        #expect(live.video.ends.withLock { $0 } > 0)
    }

    @Test func `it asks for the key like everything below v1`() async {
        let reply = await RESTClient(key: "secret", live: FakeLive("avc1.42C01F")).get("/v1/stream/live.mp4")
        #expect(reply.status == 401)
    }
}
