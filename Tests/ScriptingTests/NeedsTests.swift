import Catalog
import LuaSource
import Support
import Testing

@testable import Scripting

/// What a script may touch, by the `---@needs` lines of its header.
@Suite struct NeedsTests {
    /// What became of a script that needs only what it says.
    private func problem(_ needs: [String], _ code: String, web: (any WebClient)? = nil) throws -> String? {
        let bench = try Bench(code, web: web, needs: try Needs(needs))
        return bench.begin()?.sentence.split(separator: "\n").first.map(String.init)
    }

    @Test(arguments: [
        ("camera.image.contrast = 1.5", "'image.contrast' needs '---@needs control image.*' in the header"),
        (
            "camera:apply{ ['image.contrast'] = 1.5, ['exposure.gain'] = 2 }",
            "'image.contrast' needs '---@needs control image.*' in the header"
        ),
        ("camera:ramp{ ['image.contrast'] = 1.5, over = '1s' }", "'image.contrast' needs '---@needs control image.*' in the header"),
        ("profile.define('x', { ['image.contrast'] = 1.5 })", "'image.contrast' needs '---@needs control image.*' in the header"),
        ("still.take{}", "'still.take' needs '---@needs still' in the header"),
        ("stream.stop()", "'stream.stop' needs '---@needs stream' in the header"),
        ("script.stop{ name = 'other' }", "'script.stop' needs '---@needs script' in the header"),
        ("camera.focus.trigger()", "'focus.trigger' needs '---@needs control focus.*' in the header"),
        ("http.get('https://example.org/x')", "'example.org' needs '---@needs http example.org' in the header"),
    ]) func `what the header does not ask for is refused, with the line that is missing`(code: String, sentence: String) throws {
        #expect(try problem(["control exposure.*"], code) == "test:1: \(sentence)")
    }

    @Test(arguments: [
        (["control image.*"], "camera.image.contrast = 1.5"), (["control *"], "camera.image.contrast = 1.5"),
        ([], "camera.image.contrast = 1.5"), (["still"], "still.take{}"), (["still", "stream"], "stream.stop()"),
        (["script"], "script.stop{ name = 'other' }"), ([], "print(stream.status()) print(#script.list())"),
        (["control exposure.*"], "print(camera.image.contrast)"),
    ]) func `what the header asks for, and what needs nothing, is done`(needs: [String], code: String) throws {
        #expect(try problem(needs, code) == nil)
    }

    @Test(arguments: [
        "https://example.org/", "http://a.example.org:81/x", "https://user:word@example.org/?q=evil.com", "https://EXAMPLE.org",
    ]) func `a host that the header names is talked to, and nobody it sends on to`(url: String) async throws {
        let web = RecordingWeb()
        let bench = try Bench("http.get('\(url)')", web: web, needs: try Needs(["http example.org *.example.org"]))
        #expect(bench.begin() == nil)
        let request = try #require(await web.first())
        #expect(!request.follows)
    }

    @Test(arguments: [
        "https://evil.com/example.org", "https://example.org.evil.com/", "https://example.org@evil.com/", "https://evil.com#@example.org",
        "https://evil.com?.example.org", "http://[::1]/example.org", "https:///example.org",
        "http://192.168.1.1%00.example.org/", "http://evil.com%2f.example.org/",
    ]) func `a host that only looks like one the header names is not`(url: String) throws {
        let sentence = try problem(["http example.org *.example.org"], "http.get([[\(url)]])", web: RecordingWeb())
        #expect(sentence?.contains("needs '---@needs http") == true || sentence?.contains("an address with a host expected") == true)
    }

    @Test func `another host in the header is refused`() throws {
        let code = "http.get('http://example.org/', { headers = { Host = 'evil.com' } })"
        #expect(try problem(["http example.org"], code, web: RecordingWeb())?.contains("'headers.Host' is another host") == true)
        #expect(try problem(["http"], code, web: RecordingWeb()) == nil)
    }

    @Test func `an answer that would be the end of a script is refused instead`() async throws {
        for reply in [
            WebReply(status: 200, headers: [:], body: String(repeating: "\u{FFFD}", count: 400_000)),
            WebReply(status: 200, headers: [:], body: "", json: .list((0..<300_000).map { _ in ["": 1] })),
        ] {
            let bench = try Bench("print(http.get('http://example.org/'))", web: AnswerWeb(reply: reply), needs: .everything)
            #expect(bench.begin() == nil)
            try await bench.settle()
            #expect(bench.lines.count == 1 && bench.lines[0].hasPrefix("nil\tthe answer"), "\(bench.lines)")
            #expect(bench.runner.statistics.lastProblem == nil)
        }
    }

    @Test func `who asks for every host is sent on`() async throws {
        let web = RecordingWeb()
        #expect(try Bench("http.get('http://example.org/')", web: web, needs: try Needs(["http"])).begin() == nil)
        #expect(try #require(await web.first()).follows)
    }

    @Test func `what people type may touch everything`() async throws {
        let host = ScriptHost(surface: FakeSurface(), clock: TestClock(), folders: [], log: { _ in })
        #expect(try await host.evaluate("stream.stop()").problem == nil)
        await host.shutDown()
    }

    @Test func `a script that is given as text touches what its header asks for`() async throws {
        let surface = FakeSurface()
        let host = ScriptHost(surface: surface, clock: TestClock(), folders: [], log: { _ in })
        let problem = await #expect(throws: Problem.self) { try await host.run(source: "stream.stop()", name: "a") }
        #expect(problem?.sentence.contains("---@needs stream") == true)
        #expect(surface.performed.isEmpty)
        try await host.run(source: "---@needs stream\nstream.stop()", name: "a")
        await host.shutDown()
    }

    @Test func `a need nobody knows is an error of the header`() async throws {
        let host = ScriptHost(surface: FakeSurface(), clock: TestClock(), folders: [], log: { _ in })
        let problem = await #expect(throws: Problem.self) { try await host.run(source: "\n---@needs stil", name: "a") }
        #expect(problem?.sentence.hasPrefix("line 2 of the header: there is no need 'stil'") == true)
        #expect(problem?.sentence.hasSuffix("did you mean 'still'?") == true)
    }

    @Test func `a check knows the globals that a script has, no more and no fewer`() throws {
        let names = try printed(
            "local names = {} for name in pairs(_G) do names[#names + 1] = name end table.sort(names) print(table.concat(names, ' '))")
        #expect(names.first?.split(separator: " ").map(String.init) == ScriptSurface.standard.names)
    }

    @Test func `what will not work when a script comes to it is said when it starts`() async throws {
        let host = ScriptHost(surface: FakeSurface(), clock: TestClock(), folders: [], log: { _ in })
        try await host.run(source: "every('1h', function()\n  camera.exposure.tme = 5\nend)", name: "late")
        #expect(try host.logLines("late").map(\.text) == ["late:2: there is no control 'exposure.tme'; did you mean 'exposure.time'?"])
        await host.shutDown()
    }
}

/// A network that answers everything alike.
private struct AnswerWeb: WebClient {
    let reply: WebReply

    func send(_ request: WebRequest) async throws(Problem) -> WebReply { reply }
}

/// A network that answers nothing and remembers what it was asked.
private final class RecordingWeb: WebClient {
    private let requests = AsyncStream.makeStream(of: WebRequest.self)

    func send(_ request: WebRequest) async throws(Problem) -> WebReply {
        requests.continuation.yield(request)
        throw Problem(.unavailable, "nobody is there")
    }

    func first() async -> WebRequest? { await requests.stream.first { _ in true } }
}
