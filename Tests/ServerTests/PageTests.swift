import Catalog
import Foundation
import HTTPTypes
import Support
import Testing

@testable import Server

struct PageTests {
    private func policy(_ reply: RESTReply) -> [String: String] {
        let parts = (reply.headers[.contentSecurityPolicy] ?? "").split(separator: "; ").map { $0.split(separator: " ", maxSplits: 1) }
        return Dictionary(uniqueKeysWithValues: parts.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") })
    }

    @Test(arguments: ["/", "/docs", "/redoc"])
    func `a page comes without a key, as HTML that may load nothing from elsewhere`(path: String) async {
        let reply = await RESTClient(key: "secret").get(path)
        #expect(reply.status == 200)
        #expect(reply.headers[.contentType] == "text/html; charset=utf-8")
        #expect(reply.headers[.xContentTypeOptions] == "nosniff")
        let policy = policy(reply)
        #expect(policy["default-src"] == "'none'" && policy["connect-src"] == "'self'" && policy["frame-ancestors"] == "'none'")
        #expect(reply.text.hasPrefix("<!doctype html>"))
        for foreign in ["src=\"http", "href=\"http", "@import", "//cdn", "{{"] { #expect(!reply.text.contains(foreign), "\(foreign)") }
    }

    @Test(arguments: ["/", "/docs"]) func `only the page's own style and script run, by a number used once`(path: String) async throws {
        let client = RESTClient()
        let replies = [await client.get(path), await client.get(path)]
        let nonces = try replies.map { reply in
            let nonce = try #require(policy(reply)["style-src"]?.wholeMatch(of: /'nonce-(\w{20,})'/)).1
            #expect(policy(reply)["script-src"] == "'nonce-\(nonce)'")
            #expect(reply.text.contains("<style nonce=\"\(nonce)\">"))
            for tag in reply.text.matches(of: /<(?:script|style)[^>]*>/) { #expect(tag.output.contains(nonce), "\(tag.output)") }
            return nonce
        }
        #expect(nonces[0] != nonces[1])
    }

    @Test func `the page watches the stream, asks for the state and leads to the reference`() async {
        let text = await RESTClient().get("/").text
        for path in ["/v1/stream/live.mp4", "/v1/stream/live.mjpeg", "/v1/camera/status", "/health", "/v1/scripts"] {
            #expect(text.contains("'\(path)'"), "\(path)")
        }
        for link in ["/docs", "/openapi.json", "/metrics"] { #expect(text.contains("href=\"\(link)\""), "\(link)") }
    }

    @Test func `the reference lists every operation with a line that tries it`() async {
        let text = await RESTClient().get("/docs").text
        for operation in Catalog.operations {
            #expect(text.contains("<article id=\"\(operation.id)\">"), "\(operation.id)")
            let plain = operation.path.prefix { $0 != "{" }
            #expect(text.contains("http://127.0.0.1:8000\(plain)"), "\(operation.path)")
        }
    }

    @Test func `a line that tries an operation has a body that the operation takes`() async throws {
        let articles = await RESTClient().get("/docs").text.components(separatedBy: "<article id=\"")
        for operation in Catalog.operations where operation.hasBody {
            let article = try #require(articles.first { $0.hasPrefix("\(operation.id)\"") })
            let line = String(try #require(article.firstMatch(of: /<pre>(.*)<\/pre>/)).1)
            let body = String(try #require(line.firstMatch(of: /-d &#39;(.*)&#39;/)).1).replacing("&quot;", with: "\"")
            let path = try #require(line.firstMatch(of: /http:\/\/127\.0\.0\.1:8000(\S+)/)).1
            let reply = await RESTClient().send(operation.method.rawValue, String(path), body)
            #expect(reply.status < 422 || reply.status == 503, "\(line): \(reply.status) \(reply.text)")
        }
    }

    @Test func `the reference lists controls, commands, events and Lua functions`() async {
        let text = await RESTClient().get("/docs").text
        for control in Catalog.controls { #expect(text.contains("<code id=\"\(control.key)\">")) }
        for key in Catalog.commands.map(\.key) + Catalog.events.map(\.key) { #expect(text.contains("<code>\(key)</code>")) }
        for function in Catalog.functions { #expect(text.contains("<code>\(function.name)(")) }
    }

    @Test func `every link within the reference leads somewhere`() async {
        let text = await RESTClient().get("/docs").text
        let ids = Set(text.matches(of: /id="([^"]+)"/).map { String($0.1) })
        for link in Set(text.matches(of: /href="#([^"]+)"/).map { String($0.1) }) { #expect(ids.contains(link), "\(link)") }
    }

    @Test func `markup in a sentence is only text`() {
        let html: HTML = "<p title=\"\("\"><script>")\">\("a < b & 'c'")</p>"
        #expect(html.text == "<p title=\"&quot;&gt;&lt;script&gt;\">a &lt; b &amp; &#39;c&#39;</p>")
    }
}
