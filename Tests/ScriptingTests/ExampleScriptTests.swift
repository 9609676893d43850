import Almanac
import Catalog
import Foundation
import LuaSource
import Support
import Testing
import Timing

@testable import Scripting

/// The examples, run for days on a clock of their own.
@Suite struct ExampleScriptTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "examples").path

    private static var paths: [String] {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".lua") && !$0.hasSuffix("_test.lua") }.sorted()
    }

    private static let hour = 3600.0
    private static let day = 24 * hour

    private let web = AnsweringWeb()

    /// An example on the bench in Munich, at 12:00 UTC of a day in February 2026 unless said otherwise.
    private func example(
        _ name: String, _ args: [String: Value] = [:], wall: Double = 1_770_033_600, persist: PersistStore = PersistStore()
    )
        throws -> Bench
    {
        let text = try String(contentsOfFile: "\(Self.folder)/\(name)/\(name).lua", encoding: .utf8)
        let header = try HeaderParser.parse(text)
        let bench = try Bench(
            text, args: try header.arguments(args), persist: persist, name: name, web: web,
            sun: try Sun(latitude: 48.137, longitude: 11.575), zone: .gmt, needs: try Needs(header.needs))
        bench.clock.set(wall: wall)
        let problem = bench.begin()
        #expect(problem == nil)
        return bench
    }

    @Test func `there are more than eight of them, each with its page`() throws {
        #expect(Self.paths.count > 8)
        for path in Self.paths {
            let page = URL(filePath: "\(Self.folder)/\(path)").deletingLastPathComponent().appending(path: "README.md").path
            #expect(FileManager.default.fileExists(atPath: page), "\(page)")
        }
    }

    @Test(arguments: paths) func `nothing is found wrong in an example, and it says what it does`(path: String) throws {
        let text = try String(contentsOfFile: "\(Self.folder)/\(path)", encoding: .utf8)
        #expect(ScriptCheck.findings(in: text) == [])
        let header = try HeaderParser.parse(text)
        #expect("\(header.script).lua" == URL(filePath: path).lastPathComponent && !header.about.isEmpty)
    }

    // MARK: Each does what its page says

    @Test func `sun_switch begins the night before dusk, ends it after dawn, and tells`() async throws {
        let bench = try example("sun_switch", ["url": "https://ntfy.sh/garden", "offset": 900])
        #expect(bench.surface.profiles.active == [])
        // Civil dusk in Munich on 2 February 2026 is 16:47 UTC.
        try await bench.live(for: 4.5 * Self.hour)
        #expect(bench.surface.profiles.active == [])
        try await bench.live(for: 0.1 * Self.hour)
        #expect(bench.surface.profiles.active == ["night"])
        try await bench.live(for: 0.9 * Self.day)
        #expect(bench.surface.profiles.active == [])
        #expect(web.bodies == ["night settings are on", "day settings are on"])
    }

    @Test func `sun_switch that starts at midnight starts with the night`() throws {
        #expect(try example("sun_switch", wall: 1_770_033_600 + 12 * Self.hour).surface.profiles.active == ["night"])
    }

    @Test func `timelapse_stills takes pictures by day only and numbers them over a restart`() async throws {
        let persist = PersistStore()
        let bench = try example("timelapse_stills", ["minutes": 10], persist: persist)
        bench.surface.commandReply = .success(["path": "x.jpg"])
        try await bench.live(for: Self.day)
        let paths = bench.surface.performed.map { $0.1["path"]?.string ?? "" }
        // The day of 2 February is 9 h 35 min long.
        #expect((57...61).contains(paths.count), "\(paths.count)")
        #expect(paths.first == "timelapse/%Y-%m-%d/000001.jpg")
        let next = try example("timelapse_stills", ["minutes": 10], persist: persist)
        next.surface.commandReply = .failure(Problem(.failed, "the disk is full"))
        try await next.live(for: 0.2 * Self.hour)
        next.surface.commandReply = .success(["path": "x.jpg"])
        try await next.live(for: 0.2 * Self.hour)
        let numbers = next.surface.performed.compactMap { $0.1["path"]?.string?.suffix(10) }
        // The picture that failed took no number.
        let wanted = String(format: "%06d.jpg", paths.count + 1)
        #expect(numbers.map(String.init) == [wanted, wanted])
    }

    @Test func `stream_alarm tells what stays down, and that it is back; a blink is not worth a message`() async throws {
        let bench = try example("stream_alarm", ["url": "http://hook.example/", "after": 30])
        bench.surface.emit("stream.down", ["reason": "refused"])
        try await bench.live(for: 10)
        bench.surface.emit("stream.up", [:])
        try await bench.live(for: 100)
        #expect(web.bodies == [])
        bench.surface.emit("camera.lost", ["reason": "unplugged"])
        try await bench.live(for: 31)
        bench.surface.emit("camera.found", ["model": "x"])
        try await bench.live(for: 1)
        #expect(web.json.map { $0["what"] } == ["camera is down", "camera is back"])
        #expect(web.json.first?["reason"] == "unplugged")
    }

    @Test func `stream_alarm tries again when nobody answers`() async throws {
        let bench = try example("stream_alarm", ["url": "http://hook.example/", "after": 0])
        web.refusals = 2
        bench.surface.emit("stream.down", ["reason": "refused"])
        try await bench.live(for: 120)
        #expect(web.json.count == 3)
    }

    @Test func `opening_hours is right at any time of the week`() async throws {
        // 2 February 2026 is a Monday; the bench's hours are those of the machine's zone, as `os.date` gives them.
        let bench = try example("opening_hours", ["open": "00:00", "close": "23:59"])
        try await bench.live(for: 6 * Self.day)
        let events = bench.surface.changes
        #expect(bench.surface.profiles.active == ["closed"], "\(events.count)")
        try await bench.live(for: 2 * Self.day)
        #expect(bench.surface.profiles.active == [])
        let text = try String(contentsOfFile: "\(Self.folder)/opening_hours/opening_hours.lua", encoding: .utf8)
        let wrong = try Bench(text, args: try HeaderParser.parse(text).arguments(["open": "early"]))
        #expect(wrong.begin()?.sentence.contains("bad argument #1 to 'at'") == true)
    }

    @Test func `tour goes round and says where it is`() async throws {
        let bench = try example("tour", ["move": 4, "rest": 6])
        let arrivals = Collector(bench.surface, "tour.arrived")
        try await bench.live(for: 45)
        #expect(arrivals.events.compactMap { $0.fields["name"]?.string } == ["gate", "door", "trees", "all"])
        #expect(bench.surface.changes.allSatisfy { $0.over == 4 })
    }

    @Test func `dawn_to_dusk_ramp goes from day to night and back within twilight, in small steps`() async throws {
        let bench = try example("dawn_to_dusk_ramp", ["night": 2])
        #expect(try bench.surface.read("exposure.value") == 0.0)
        try await bench.live(for: 12 * Self.hour)
        #expect(try bench.surface.read("exposure.value") == 2.0)
        let values = bench.surface.changes.compactMap { $0.values["exposure.value"]?.double }
        #expect(values.count > 30)
        for (before, after) in zip(values, values.dropFirst()) { #expect(after > before && after - before < 0.1) }
        try await bench.live(for: 12 * Self.hour)
        #expect(try bench.surface.read("exposure.value") == 0.0)
    }

    @Test func `refocus holds what it found, and what it found before when a scan fails`() async throws {
        let persist = PersistStore()
        let bench = try example("refocus", persist: persist)
        bench.surface.show { ($0.lensPosition, $0.focusState) = (1.8, "focused") }
        bench.surface.emit("refocus.please", [:])
        try await bench.live(for: 10)
        #expect(try bench.surface.read("focus.mode") == "manual" && bench.surface.read("focus.lens_position") == 1.8)
        bench.surface.show { ($0.lensPosition, $0.focusState) = (7, "failed") }
        bench.surface.emit("refocus.please", [:])
        try await bench.live(for: 10)
        #expect(try bench.surface.read("focus.lens_position") == 1.8)
        let next = try example("refocus", persist: persist)
        #expect(try next.surface.read("focus.lens_position") == 1.8)
    }

    @Test func `light_log keeps the extremes of as many days as it should`() async throws {
        let persist = PersistStore()
        let bench = try example("light_log", ["days": 2, "minutes": 30, "url": "http://influx.example/write"], persist: persist)
        for lux in [100.0, 3, 800, 40] {
            bench.surface.show { $0.lux = lux }
            try await bench.live(for: 0.75 * Self.day)
        }
        let days = try #require(persist.values["days"]?.table)
        #expect(days.count == 2)
        #expect(days.values.allSatisfy { ($0.table?["darkest"]?.double ?? 0) <= ($0.table?["brightest"]?.double ?? 0) })
        #expect(web.bodies.count == 144 && web.bodies.first?.hasPrefix("light lux=100.0,gain=") == true, "\(web.bodies.first ?? "")")
    }

    @Test func `bell sends one picture for one ring`() async throws {
        let bench = try example("bell", ["url": "http://hook.example/", "quiet": 20])
        bench.surface.commandReply = .success(["path": "bell/x.jpg"])
        for wait in [5.0, 30, 1] {
            bench.surface.emit("door.bell", [:])
            try await bench.live(for: wait)
        }
        #expect(bench.surface.performed.count == 2)
        #expect(web.requests.map(\.body) == [.file("bell/x.jpg"), .file("bell/x.jpg")])
    }
}

/// A network on which every server answers.
private final class AnsweringWeb: WebClient {
    private struct State {
        var requests: [WebRequest] = []
        var refusals = 0
    }

    private let state = Mutex(State())

    var requests: [WebRequest] { state.withLock { $0.requests } }
    /// How many of the next ones are not answered.
    var refusals: Int {
        get { state.withLock { $0.refusals } }
        set { state.withLock { $0.refusals = newValue } }
    }

    var bodies: [String] { requests.compactMap { if case .text(let text) = $0.body { text } else { nil } } }
    var json: [[String: Value]] { requests.compactMap { if case .json(let value) = $0.body { value.table } else { nil } } }

    func send(_ request: WebRequest) async throws(Problem) -> WebReply {
        let isRefused = state.withLock { state in
            state.requests.append(request)
            defer { state.refusals = max(0, state.refusals - 1) }
            return state.refusals > 0
        }
        if isRefused { throw Problem(.unavailable, "nobody is there") }
        return WebReply(status: 200, headers: [:], body: "")
    }
}
