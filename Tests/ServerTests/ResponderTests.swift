import Catalog
import HTTPTypes
import Support
import Testing

@testable import Server

/// What happens before an operation is reached, and in which order.
struct ResponderTests {
    private let path = "/v1/camera/exposure_value"

    @Test func `an unknown path is 404 in JSON`() async {
        for path in ["/index.html", "/v1", "/v1/camera/snapshots", "/v1/system/state", "/docs/all", "/v1/camera/../health"] {
            let reply = await RESTClient().get(path)
            #expect(reply.status == 404, "\(path)")
            #expect(!reply.detail.isEmpty)
            #expect(reply.headers[.contentType] == "application/json")
        }
    }

    @Test func `every wrong method is 405 with Allow, HEAD without a body`() async {
        let client = RESTClient(key: "secret")
        for method in ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "POST", "TRACE"] {
            let reply = await client.send(method, "/v1/camera/status")
            #expect(reply.status == 405, "\(method)")
            #expect(reply.headers[.allow] == "GET")
            #expect(reply.text.isEmpty == (method == "HEAD"))
        }
        #expect(await client.get(path).headers[.allow] == "POST")
        #expect(await client.send("PUT", "/v1/camera/fov_mode").headers[.allow] == "GET, POST")
    }

    @Test func `a trailing slash is 307 to the path without it, with its query`() async {
        let reply = await RESTClient().post("/v1/camera/hdr/?wait=applied", "{}")
        #expect(reply.status == 307)
        #expect(reply.headers[.location] == "/v1/camera/hdr?wait=applied")
    }

    @Test(arguments: [nil, "text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] as [String?])
    func `a body that is not declared as JSON is 422`(type: String?) async {
        let reply = await RESTClient().send("POST", path, #"{"ev":1}"#, type: type)
        #expect(reply.status == 422)
        #expect(
            reply.text
                == #"{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to "#
                + #"extract fields from","input":"{\"ev\":1}"}]}"#)
    }

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"])
    func `JSON is declared in several ways`(type: String) async {
        #expect(await RESTClient().send("POST", path, #"{"ev":1}"#, type: type).status == 200)
    }

    @Test(arguments: [
        ("", "missing", "null"), ("null", "missing", "null"), ("[]", "model_attributes_type", "[]"), ("5", "model_attributes_type", "5"),
        (#""x""#, "model_attributes_type", #""x""#),
    ])
    func `a body that is no object is 422`(body: String, type: String, input: String) async {
        let reply = await RESTClient().post(path, body)
        #expect(reply.status == 422)
        #expect(reply.text.hasPrefix("{\"detail\":[{\"type\":\"\(type)\",\"loc\":[\"body\"],"))
        #expect(reply.text.hasSuffix("\"input\":\(input)}]}"))
    }

    @Test func `malformed JSON is 422 with its place`() async {
        let reply = await RESTClient().post(path, #"{"ev":}"#)
        #expect(reply.status == 422)
        #expect(
            reply.text
                == #"{"detail":[{"type":"json_invalid","loc":["body",6],"msg":"JSON decode error","input":{},"ctx":{"error":"Invalid value"}}]}"#
        )
    }

    // Section 4: NaN in a number is 500 text/plain in the reference service.
    @Test(arguments: [
        #"{"ev":NaN}"#, #"{"ev":Infinity}"#, #"{"ev":-Infinity}"#, #"{"ev":"nan"}"#, #"{"ev":"inf"}"#, #"{"ev":1e400}"#, #"{"ev":"1e400"}"#,
        #"{"ev":123456789012345678901234567890}"#, "\u{0}", "\u{FEFF}", #"{"ev":"\ud800"}"#,
    ])
    func `no number and no text makes a 500`(body: String) async {
        let reply = await RESTClient().post(path, body)
        #expect(reply.status == 422, "\(reply.text)")
        #expect(reply.headers[.contentType] == "application/json")
    }

    @Test(arguments: ["[", "{\"a\":", "[[{\"a\":["])
    func `deep nesting is refused, closed or not`(level: String) async {
        let reply = await RESTClient().post(path, String(repeating: level, count: 100_000))
        #expect(reply.status == 422)
        #expect(reply.violation["type"] == "json_invalid")
    }

    // Weakness 12: the body's size is unlimited.
    @Test func `a body above 1 MiB is 413, whatever it claims`() async {
        let large = String(repeating: " ", count: 1 << 20) + "{}"
        #expect(await RESTClient().post(path, large).status == 413)
        #expect(await RESTClient().send("POST", path, "{}", headers: ["Content-Length": "99999999"]).status == 413)
        #expect(await RESTClient(key: "secret").post(path, large).status == 413)
    }

    @Test func `the key is asked for on every path but health and the document`() async {
        let client = RESTClient(key: "secret")
        for operation in Catalog.operations {
            let reply = await client.send(operation.method.rawValue, operation.path.replacing("{name}", with: "night"), "{}")
            #expect((reply.status == 401) == !operation.isOpen, "\(operation.path)")
            if reply.status == 401 { #expect(reply.headers[.wwwAuthenticate] == "ApiKey" && !reply.detail.isEmpty) }
        }
    }

    @Test func `the right key opens, a wrong one does not`() async {
        let client = RESTClient(key: "secret")
        #expect(await client.send("POST", path, #"{"ev":1}"#, headers: ["X-API-Key": "secret"]).status == 200)
        #expect(await client.send("POST", path, #"{"ev":1}"#, headers: ["X-API-Key": "Secret"]).status == 401)
        #expect(await RESTClient(key: "").post(path, #"{"ev":1}"#).status == 200)
    }

    @Test func `malformed JSON comes before the key, the key before the camera, the camera before the schema, the schema before the rule`()
        async
    {
        let away = RESTClient(LackingSurface.withoutCamera(), key: "secret")
        let key = ["X-API-Key": "secret"]
        #expect(await away.send("POST", "/v1/camera/manual_exposure", "{").violation["type"] == "json_invalid")
        #expect(await away.send("POST", "/v1/camera/manual_exposure", "{}").status == 401)
        #expect(await away.send("POST", "/v1/camera/manual_exposure", "{}", headers: key).status == 503)
        let there = RESTClient(key: "secret")
        let schema = await there.send("POST", "/v1/camera/manual_exposure", #"{"exposure_us":50,"gain":99}"#, headers: key)
        #expect(schema.violation["type"] == "less_than_equal")
        #expect(
            await there.send("POST", "/v1/camera/manual_exposure", #"{"exposure_us":50,"gain":9}"#, headers: key).detail.contains(
                "exposure_us must be >= 100"))
    }

    @Test func `a foreign page and an unknown name of this host may read but not change`() async {
        let client = RESTClient()
        #expect(await client.send("POST", path, #"{"ev":1}"#, headers: ["Origin": "http://evil.example"]).status == 403)
        #expect(await client.send("POST", path, #"{"ev":1}"#, host: "evil.example").status == 403)
        #expect(
            await client.send("GET", "/v1/camera/status", headers: ["Origin": "http://evil.example"], host: "evil.example").status == 200)
        #expect(await RESTClient(hosts: ["pi.local"]).send("POST", path, #"{"ev":1}"#, host: "pi.local:8000").status == 200)
    }

    @Test func `a host that is away during a change is 503`() async {
        let surface = FakeSurface()
        surface.commandReply = .failure(Problem(.unavailable, "there is no camera to focus"))
        let reply = await RESTClient(surface).post("/v1/camera/autofocus_trigger")
        #expect(reply.status == 503)
        #expect(reply.headers[.retryAfter] == "1")
    }
}
