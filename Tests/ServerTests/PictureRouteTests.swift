import Catalog
import HTTPTypes
import Support
import Testing

@testable import Server

struct PictureRouteTests {
    private let pictures = FakePictures()
    private var client: RESTClient { RESTClient(pictures: pictures) }

    // MARK: The reference service's snapshot

    @Test func `a snapshot without members has the reference service's size and focuses first`() async {
        let reply = await client.post("/v1/camera/snapshot", "{}")
        #expect(reply.status == 200)
        #expect(pictures.calls == ["snapshot {focus: true, height: 1080, quality: 95, width: 1920}"])
        #expect(reply.text.hasPrefix(#"{"status":"ok","image_base64":"/9gA2Q==","width":1920,"height":1080,"#), "\(reply.text)")
        #expect(reply["frame"] == 7 && reply["focused"] == .null && reply["scaled"] == "down")
    }

    @Test func `numbers and truth values are read as leniently as the reference service reads them`() async {
        let reply = await client.post("/v1/camera/snapshot", #"{"width": "640", "height": 480.0, "autofocus_trigger": "no"}"#)
        #expect(reply.status == 200)
        #expect(pictures.calls == ["snapshot {focus: false, height: 480, quality: 95, width: 640}"])
    }

    @Test(arguments: [
        #"{"width": 319}"#, #"{"width": 4609}"#, #"{"height": 239}"#, #"{"height": 2593}"#, #"{"width": 640.5}"#, #"{"width": null}"#,
        #"{"autofocus_trigger": "perhaps"}"#, "[]", "null",
    ])
    func `what the contract does not allow is refused with its list`(body: String) async {
        let reply = await client.post("/v1/camera/snapshot", body)
        #expect(reply.status == 422)
        #expect(!reply.violation.isEmpty)
        #expect(pictures.calls.isEmpty)
    }

    @Test func `without a body the snapshot is refused`() async { #expect(await client.post("/v1/camera/snapshot").status == 422) }

    @Test(arguments: [(Problem.Code.unavailable, 503), (.timeout, 504), (.failed, 500)])
    func `a picture that does not come says why`(code: Problem.Code, status: Int) async {
        pictures.refuse(Problem(code, "no frame came"))
        for reply in [await client.post("/v1/camera/snapshot", "{}"), await client.get("/v1/camera/snapshot.jpg")] {
            #expect(reply.status == status)
            #expect(reply.detail == "no frame came")
            #expect((reply.headers[.retryAfter] != nil) == (status == 503))
        }
    }

    // MARK: The picture itself

    @Test func `a snapshot is the JPEG, with what was done to it in a header`() async {
        let reply = await client.get("/v1/camera/snapshot.jpg?width=640&height=480&quality=50&fit=fit&focus=1&fresh=true")
        #expect(reply.status == 200)
        #expect(reply.bytes == [0xff, 0xd8, 0, 0xd9])
        #expect(reply.headers[.contentType] == "image/jpeg")
        #expect(reply.headers[.cacheControl] == "no-cache")
        #expect(reply.headers[.eTag] == "\"7-640-480-fit-50-1764000000500\"")
        #expect(pictures.calls == ["snapshot {fit: 'fit', focus: true, fresh: true, height: 480, quality: 50, width: 640}"])
        let about = reply.headers[.init("X-Picture")!] ?? ""
        #expect(about.contains("frame=7") && about.contains("scaled=down") && about.contains("focused=none"), "\(about)")
    }

    @Test func `a picture that the client has is not sent again`() async {
        let known = ["If-None-Match": "\"7-8-8-crop-90-1764000000500\""]
        let same = await client.send("GET", "/v1/camera/snapshot.jpg", headers: known)
        #expect(same.status == 304 && same.bytes.isEmpty)
        #expect(same.headers[.eTag] == "\"7-8-8-crop-90-1764000000500\"")
        let other = await client.send("GET", "/v1/camera/snapshot.jpg?quality=91", headers: known)
        #expect(other.status == 200)
    }

    @Test(arguments: ["width=15", "width=4609", "height=x", "quality=0", "quality=101", "fit=cut", "focus=perhaps", "width="])
    func `a query that makes no sense is refused`(query: String) async {
        #expect(await client.get("/v1/camera/snapshot.jpg?\(query)").status == 422)
        #expect(pictures.calls.isEmpty)
    }

    @Test func `a host without a camera says so`() async {
        let surface = FakeSurface()
        var status = surface.status
        status.camera = .init(isUp: false, state: "stopped")
        surface.configure(status: status)
        let client = RESTClient(surface, pictures: pictures)
        for path in ["/v1/camera/snapshot.jpg", "/v1/stream/live.mjpeg"] { #expect(await client.get(path).status == 503) }
        #expect(await client.post("/v1/camera/snapshot", "{}").status == 503)
    }

    @Test func `pictures and media ask for the key`() async {
        let client = RESTClient(pictures: pictures, key: "secret")
        for path in ["/v1/camera/snapshot.jpg", "/v1/stream/live.mjpeg", "/v1/media", "/v1/media/a.jpg"] {
            #expect(await client.get(path).status == 401)
        }
    }

    // MARK: The live picture

    @Test func `the live picture is one part after the other, each ended by the boundary of the next`() async {
        let stream = await client.follow("/v1/stream/live.mjpeg?fps=5&width=320", chunks: 2) { pictures.show(Array("JPEG".utf8)) }
        #expect(stream.status == 200)
        #expect(stream.headers[.contentType] == "multipart/x-mixed-replace; boundary=luneta-picture")
        #expect(
            stream.chunks == [
                "--luneta-picture\r\n", "Content-Type: image/jpeg\r\nContent-Length: 4\r\n\r\nJPEG\r\n--luneta-picture\r\n",
            ])
        #expect(pictures.calls == ["view {fit: 'crop', fps: 5, quality: 75, width: 320}"])
        #expect(pictures.viewers == 0)
    }

    @Test func `a slow viewer skips to the newest picture, and that is counted`() async {
        let client = client
        let stream = await client.follow("/v1/stream/live.mjpeg", chunks: 2) {
            for number in 0..<50 { pictures.show(Array("\(number)".utf8)) }
        }
        #expect(stream.chunks.last?.contains("\r\n\r\n49\r\n") ?? false, "\(stream.chunks)")
        let counters = await client.get("/health")["counters"]?.table ?? [:]
        #expect((counters["pictures_skipped"]?.int ?? 0) >= 48)
        #expect(counters["picture_viewers"] == 0)
    }

    @Test func `a viewer who is refused leaves nothing behind`() async {
        pictures.refuse(Problem(.unavailable, "too many view"))
        let client = client
        let reply = await client.get("/v1/stream/live.mjpeg")
        #expect(reply.status == 503)
        #expect(await client.get("/health")["counters"]?.table?["picture_viewers"] == 0)
    }

    @Test(arguments: ["fps=0", "fps=61", "fps=x", "quality=0"]) func `a live picture that makes no sense is refused`(query: String) async {
        #expect(await client.get("/v1/stream/live.mjpeg?\(query)").status == 422)
    }
}
