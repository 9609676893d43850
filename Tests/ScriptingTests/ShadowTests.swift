import Catalog
import Foundation
import Support
import Testing
import Timing

@testable import Scripting

/// Does what a script can do to a camera host, once it hears of it.
private let meddler = """
    ---@needs still ; http ; stream
    on("garden.gate", function()
      camera.exposure.gain = 4
      profile.define("dim", { ["image.contrast"] = 0.5 })
      profile.push("dim")
      still.take{ path = "gate.jpg" }
      stream.stop()
      emit("gate.seen", { open = true })
      http.post("http://x.example/", { body = "gate" })
      persist.count = (persist.count or 0) + 1
      print(camera.exposure.gain, camera.image.contrast, profile.active()[1], persist.count)
    end)
    """

/// Notes what is sent to servers.
private final class NotedWeb: WebClient {
    let requests = Mutex<[WebRequest]>([])

    func send(_ request: WebRequest) async throws(Problem) -> WebReply {
        requests.withLock { $0.append(request) }
        return WebReply(status: 201, headers: [:], body: "real")
    }
}

/// What scripts keep, in memory.
private final class MemoryBook: PersistBook {
    let kept = Mutex<[String: [String: Value]]>([:])

    func values(of script: String) throws(Problem) -> [String: Value] { kept.withLock { $0[script] ?? [:] } }
    func write(_ changes: [String: Value], of script: String) throws(Problem) {
        kept.withLock { $0[script, default: [:]].merge(changes) { $1 } }
    }
}

struct ShadowTests {
    private let surface = FakeSurface()
    private let web = NotedWeb()
    private let book = MemoryBook()
    private let host: ScriptHost

    init() { host = ScriptHost(surface: surface, clock: SystemClock(), folders: [], book: book, web: web) { _ in } }

    private func whats(_ name: String) throws -> [String] {
        try host.shadowValue(name).table?["changes"]?.list?.compactMap { $0.table?["what"]?.string } ?? []
    }

    private func lines(_ name: String) throws -> [String] {
        try host.shadowValue(name).table?["log"]?.list?.compactMap { $0.table?["text"]?.string } ?? []
    }

    @Test func `a dry run hears what happens, notes what it would do and touches nothing`() async throws {
        book.kept.withLock { $0["gate"] = ["count": 6] }
        _ = try await host.shadow("gate", source: meddler)
        surface.emit("garden.gate", [:])
        try await until("the dry run got there") { (try? lines("gate").contains { $0.hasPrefix("4") }) ?? false }
        #expect(try whats("gate") == ["set", "push", "perform", "perform", "emit", "request"])
        // It sees its own changes, and begins with what the script keeps.
        #expect(try lines("gate").last == "4.0\t0.5\tdim\t7")
        #expect(surface.changes.isEmpty && surface.performed.isEmpty && surface.active.isEmpty && surface.all.isEmpty)
        #expect(web.requests.withLock { $0.isEmpty })
        #expect(book.kept.withLock { $0["gate"] } == ["count": 6])
        let value = try await host.endShadow("gate")
        #expect(value.table?["count"] == 8 || value.table?["count"] == 6)
        #expect(throws: Problem.self) { try host.shadowValue("gate") }
    }

    @Test func `what it emits is heard by itself only`() async throws {
        let heard = Mutex<[String]>([])
        let subscription = surface.subscribe(to: nil) { event in heard.withLock { $0.append(event.topic) } }
        _ = try await host.shadow(
            "a", source: "on('mine', function(e) print('heard', e.n) end) after('1ms', function() emit('mine', { n = 3 }) end)")
        try await until("the dry run got there") { (try? lines("a").contains("heard\t3")) ?? false }
        #expect(heard.withLock { $0 } == [])
        withExtendedLifetime(subscription) {}
    }

    @Test func `the script of its name runs on, and is replaced by a promotion`() async throws {
        try await host.run(source: "camera.exposure.gain = 2 every('1h', print)", name: "look")
        _ = try await host.shadow("look", source: "camera.exposure.gain = 8 every('1h', print)")
        #expect(try surface.read("exposure.gain") == 2.0)
        let info = try await host.promote("look")
        #expect(info.generation == 2 && info.state == .running)
        #expect(try surface.read("exposure.gain") == 8.0)
        #expect(throws: Problem.self) { try host.shadowValue("look") }
        try await host.stop("look")
        #expect(try surface.why("exposure.gain").isEmpty)
    }

    @Test func `a text that does not load leaves the dry run before it`() async throws {
        _ = try await host.shadow("a", source: "every('1h', print) print('first')")
        await #expect(throws: Problem.self) { try await host.shadow("a", source: "error('no')") }
        #expect(try lines("a") == ["first"])
        await #expect(throws: Problem.self) { try await host.shadow("nobody") }
        await #expect(throws: Problem.self) { try await host.promote("nobody") }
    }

    @Test func `it may read from servers`() async throws {
        _ = try await host.shadow("a", source: "---@needs http\nafter('1ms', function() print(http.get('http://x.example/').body) end)")
        try await until("the dry run got there") { (try? lines("a").contains("real")) ?? false }
        #expect(web.requests.withLock { $0.map(\.method) } == ["GET"])
    }

    @Test func `releasing and popping give back what it held in its own eyes`() async throws {
        _ = try await host.shadow(
            "a",
            source: """
                after("1ms", function()
                  camera.exposure.gain = 4
                  profile.define("p", { ["exposure.gain"] = 8 })
                  profile.push("p")
                  local pushed = camera.exposure.gain
                  profile.pop("p")
                  local popped = camera.exposure.gain
                  camera:release("exposure.gain")
                  print(pushed, popped, camera.exposure.gain)
                end)
                """)
        try await until("the dry run got there") { (try? lines("a").contains { $0.hasPrefix("8.0\t4.0\t1") }) ?? false }
    }
}
