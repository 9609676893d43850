import Catalog
import HTTPTypes
import Support
import Testing

@testable import Server

struct MediaRouteTests {
    private let pictures = FakePictures([
        "garden/a b.jpg": .init(bytes: Array("0123456789".utf8), mediaType: "image/jpeg"),
        "long.mp4": .init(bytes: (0..<200_000).map { UInt8($0 % 251) }, mediaType: "video/mp4"),
        "empty.jpg": .init(bytes: [], mediaType: "image/jpeg"),
    ])
    private var client: RESTClient { RESTClient(pictures: pictures) }
    private static let path = "/v1/media/garden/a%20b.jpg"

    private func get(_ headers: [String: String] = [:], _ path: String = MediaRouteTests.path) async -> RESTReply {
        await client.send("GET", path, headers: headers)
    }

    @Test func `media are listed page by page`() async {
        let reply = await client.get("/v1/media")
        #expect(reply.status == 200)
        #expect(reply["items"] == [["path": "a/b.jpg", "kind": "still", "size": 10, "time": 5]])
        #expect(reply["next"] == .null)
        _ = await client.get("/v1/media?limit=7&after=a%2Fb.jpg")
        #expect(pictures.calls == ["media - 100", "media a/b.jpg 7"])
    }

    @Test(arguments: ["limit=0", "limit=1001", "limit=x"]) func `a page that makes no sense is refused`(query: String) async {
        #expect(await client.get("/v1/media?\(query)").status == 422)
    }

    @Test func `a medium is sent whole with its length, type and version`() async {
        let reply = await get()
        #expect(reply.status == 200 && reply.text == "0123456789")
        #expect(reply.headers[.contentType] == "image/jpeg")
        #expect(reply.headers[.contentLength] == "10")
        #expect(reply.headers[.acceptRanges] == "bytes")
        #expect(reply.headers[.eTag] == "\"a-1\"")
        #expect(reply.headers[.lastModified] == "Mon, 24 Nov 2025 16:00:00 GMT")
    }

    @Test func `a long medium comes in several chunks and is whole`() async {
        let reply = await get([:], "/v1/media/long.mp4")
        #expect(reply.bytes == (0..<200_000).map { UInt8($0 % 251) })
        let part = await get(["Range": "bytes=65530-131080"], "/v1/media/long.mp4")
        #expect(part.bytes == (65530...131080).map { UInt8($0 % 251) })
    }

    @Test(arguments: [
        ("bytes=0-3", "0123", "bytes 0-3/10"), ("bytes=7-", "789", "bytes 7-9/10"), ("bytes=-2", "89", "bytes 8-9/10"),
        ("bytes=5-100", "56789", "bytes 5-9/10"), ("bytes=-100", "0123456789", "bytes 0-9/10"), ("bytes=9-9", "9", "bytes 9-9/10"),
    ])
    func `a range is sent alone`(range: String, text: String, header: String) async {
        let reply = await get(["Range": range])
        #expect(reply.status == 206 && reply.text == text)
        #expect(reply.headers[.contentRange] == header)
        #expect(reply.headers[.contentLength] == "\(text.count)")
    }

    @Test(arguments: ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999-"])
    func `a range that the medium does not have is refused with its length`(range: String) async {
        let reply = await get(["Range": range])
        #expect(reply.status == 416)
        #expect(reply.headers[.contentRange] == "bytes */10")
        #expect(reply["code"] == "out_of_range")
    }

    @Test(arguments: ["bytes=3-1", "bytes=a-b", "bytes=-", "bytes=", "items=0-3", "bytes=0-1,3-4", ""])
    func `a range that makes no sense, or several, gets the whole`(range: String) async {
        let reply = await get(["Range": range])
        #expect(reply.status == 200 && reply.text == "0123456789")
    }

    @Test func `an empty medium has no ranges`() async {
        #expect(await get(["Range": "bytes=0-"], "/v1/media/empty.jpg").status == 416)
        #expect(await get([:], "/v1/media/empty.jpg").status == 200)
    }

    @Test func `a range for another version gets the whole`() async {
        for version in ["\"other\"", "Mon, 24 Nov 2025 15:59:59 GMT", "W/\"a-1\""] {
            #expect(await get(["Range": "bytes=0-3", "If-Range": version]).status == 200)
        }
        for version in ["\"a-1\"", "Mon, 24 Nov 2025 16:00:00 GMT"] {
            #expect(await get(["Range": "bytes=0-3", "If-Range": version]).status == 206)
        }
    }

    @Test func `what the client has is not sent again`() async {
        for headers in [["If-None-Match": "\"x\", \"a-1\""], ["If-Modified-Since": "Mon, 24 Nov 2025 16:00:00 GMT"]] {
            let reply = await get(headers)
            #expect(reply.status == 304 && reply.bytes.isEmpty)
            #expect(reply.headers[.eTag] == "\"a-1\"")
        }
        // The tag knows better than the date.
        #expect(await get(["If-None-Match": "\"x\"", "If-Modified-Since": "Mon, 24 Nov 2025 16:00:00 GMT"]).status == 200)
    }

    @Test(arguments: ["/v1/media/no.jpg", "/v1/media/../../etc/passwd", "/v1/media/%2e%2e/secret.jpg", "/v1/media/garden"])
    func `what is not there is unknown`(path: String) async {
        for method in ["GET", "DELETE"] {
            let reply = await client.send(method, path)
            #expect(reply.status == 404, "\(method) \(path): \(reply.status)")
            #expect(reply["detail"]?.string != nil)
        }
    }

    @Test func `a medium is deleted once`() async {
        #expect(await client.send("DELETE", MediaRouteTests.path).text == #"{"status":"ok"}"#)
        #expect(await client.send("DELETE", MediaRouteTests.path).status == 404)
    }

    @Test func `a page of another site deletes nothing`() async {
        let reply = await client.send("DELETE", MediaRouteTests.path, headers: ["Origin": "https://evil.example"])
        #expect(reply.status == 403)
    }

    @Test func `only what is offered is allowed`() async {
        let reply = await client.send("HEAD", MediaRouteTests.path)
        #expect(reply.status == 405)
        #expect(reply.headers[.allow] == "GET, DELETE")
        #expect(await client.get("/v1/media/").status == 307)
    }

    @Test(arguments: [(0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777.9, "Sun, 06 Nov 1994 08:49:37 GMT")])
    func `a date is written as HTTP has it`(seconds: Double, text: String) { #expect(HTTPDate.text(seconds) == text) }
}
