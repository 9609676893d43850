import Catalog
import HTTPTypes
import Support
import Testing

@testable import Server

/// Streams of events, metadata and logs.
@Suite(.timeLimit(.minutes(1))) struct FollowTests {
    @Test func `events come as they happen, named after their topics and numbered`() async {
        let client = RESTClient()
        let stream = await client.follow("/v1/events", chunks: 2) {
            client.surface.emit("light.changed", ["lux": 3.5])
            client.surface.emit("garden.gate", ["open": true])
        }
        #expect(stream.status == 200)
        #expect(stream.headers[.contentType] == "text/event-stream")
        #expect(stream.headers[.cacheControl] == "no-cache")
        #expect(
            stream.chunks[0].contains("\nevent: light.changed\ndata: {\"topic\":\"light.changed\",\"time\":0,\"fields\":{\"lux\":3.5}}\n\n")
        )
        #expect(stream.chunks[0].hasPrefix("id: ") && stream.chunks[0].contains("-1\n"))
        #expect(stream.chunks[1].contains("-2\nevent: garden.gate\n"))
    }

    @Test func `only the topics that were asked for come`() async {
        let client = RESTClient()
        let stream = await client.follow("/v1/events?topics=a.b,%20c.d", chunks: 2) {
            for topic in ["x.y", "a.b", "a.bc", "c.d"] { client.surface.emit(topic, [:]) }
        }
        #expect(stream.chunks.map { $0.split(separator: "\n")[1] } == ["event: a.b", "event: c.d"])
    }

    @Test func `a client that comes back goes on where it was cut off`() async {
        let surface = FakeSurface()
        let journal = EventJournal(surface, run: "r")
        for number in 1...5 { surface.emit("tick", ["n": .integer(number)]) }
        let feed = journal.follow(nil, after: "r-3")
        feed.end()
        var ids: [String] = []
        for await chunk in feed { ids.append(String(String(decoding: chunk, as: UTF8.self).prefix { $0 != "\n" })) }
        #expect(ids == ["id: r-4", "id: r-5"])
    }

    @Test(arguments: [("other-3", "started anew"), ("nonsense", "started anew"), ("r-3", "only the last 1000")])
    func `a gap is told`(id: String, reason: String) async {
        let surface = FakeSurface()
        let journal = EventJournal(surface, run: "r")
        for number in 1...1010 { surface.emit("tick", ["n": .integer(number)]) }
        let feed = journal.follow(nil, after: id)
        feed.end()
        var chunks: [String] = []
        for await chunk in feed { chunks.append(String(decoding: chunk, as: UTF8.self)) }
        #expect(chunks.first?.hasPrefix("event: missed\n") == true && chunks.first?.contains(reason) == true)
        #expect(chunks.count == 1001)
    }

    @Test func `a client that is too slow loses the oldest events and is told so`() async {
        let surface = FakeSurface()
        let journal = EventJournal(surface, run: "r")
        let feed = journal.follow(nil, after: nil)
        for number in 1...2000 { surface.emit("tick", ["n": .integer(number)]) }
        feed.end()
        var (events, gaps) = (0, 0)
        for await chunk in feed {
            if String(decoding: chunk, as: UTF8.self).hasPrefix("event: missed") { gaps += 1 } else { events += 1 }
        }
        #expect(gaps > 0)
        #expect(events + gaps == 1256)
    }

    @Test func `metadata comes once, or for every frame`() async {
        let client = RESTClient()
        let surface = client.surface as? FakeSurface
        surface?.show { $0.sequence = 7 }
        let once = await client.get("/v1/camera/metadata")
        #expect(once["sequence"] == 7)
        #expect(once["lux"] == .null)
        let stream = await client.follow("/v1/camera/metadata?follow=1", chunks: 2) {
            for number in 8...9 { surface?.show { $0.sequence = UInt64(number) } }
        }
        #expect(stream.chunks.map { $0.prefix { $0 != "\n" } } == ["id: 8", "id: 9"])
    }

    @Test func `a rate leaves frames out`() async {
        let client = RESTClient()
        let stream = await client.follow("/v1/camera/metadata?follow=1&hz=10", chunks: 3) {
            for number in 0..<12 {
                (client.surface as? FakeSurface)?.show {
                    $0.sequence = UInt64(number)
                    $0.timestamp = Double(number) / 30
                }
            }
        }
        #expect(stream.chunks.map { $0.prefix { $0 != "\n" } } == ["id: 0", "id: 3", "id: 6"])
    }

    @Test(arguments: ["hz=0", "hz=x", "hz=1001", "follow=maybe"])
    func `a bad query is 422 and says where`(query: String) async {
        let reply = await RESTClient().get("/v1/camera/metadata?\(query)")
        #expect(reply.status == 422)
        #expect(reply.violation["loc"] == .list(["query", .text(String(query.prefix { $0 != "=" }))]))
    }

    @Test func `no stream is opened once the service ends`() async {
        let client = RESTClient()
        client.streams.end()
        let reply = await client.get("/v1/events")
        #expect(reply.status == 503)
        #expect(reply.headers[.retryAfter] == "5")
    }

    @Test func `a stream that ended is forgotten`() async {
        let client = RESTClient()
        _ = await client.follow("/v1/events", chunks: 1) { client.surface.emit("a.b", [:]) }
        #expect(client.streams.count == 0)
    }

    @Test func `a heartbeat is a comment`() async {
        let client = RESTClient()
        let stream = await client.follow("/v1/events", chunks: 1) { client.streams.beat() }
        #expect(stream.chunks == [": beat\n\n"])
    }
}
