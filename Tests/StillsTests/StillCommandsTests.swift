import CameraBindings
import Catalog
import Support
import Testing
import Timing

@testable import Stills

struct StillCommandsTests {
    private let source = FakeSource()
    private let surface = FakeSurface()
    private let clock = TestClock()
    private let scratch = ScratchFolder()
    private let commands: StillCommands

    init() {
        let photographer = Photographer(source: source, surface: surface, clock: clock, software: "Luneta")
        commands = StillCommands(
            studio: Studio(
                photographer: photographer, puller: FocusPuller(source: source, surface: surface, clock: SystemClock(), patience: 0.05)),
            media: MediaDesk(scratch.path), surface: surface, zone: { _ in 0 })
    }

    private func take(_ arguments: [String: Value]) async throws -> [String: Value] {
        try await commands.take(Catalog.command("still.take", arguments)).table ?? [:]
    }

    private func take(_ arguments: [String: Value], of frame: Frame) async throws -> [String: Value] {
        async let answer = take(arguments)
        try await source.watched()
        source.show(frame)
        return try await answer
    }

    @Test func `a still is a file, an answer and an event`() async throws {
        let events = Mutex<[Event]>([])
        let subscription = surface.subscribe(to: ["still.taken"]) { event in events.withLock { $0.append(event) } }
        let frame = Frame.plain(sequence: 42, timestamp: clock.now.seconds + 0.01)
        let answer = try await take(["path": "garden/%Y/{frame}.jpg", "width": 32, "height": 32], of: frame)
        #expect(answer["path"] == "garden/2026/42.jpg")
        #expect(answer["width"] == 32 && answer["height"] == 32 && answer["fit"] == "crop" && answer["scaled"] == "down")
        #expect(answer["frame"] == 42 && answer["exposure_time"] == 20_000 && answer["gain"] == 2.5)
        let bytes = try scratch.bytes("garden/2026/42.jpg")
        #expect(answer["bytes"] == .integer(bytes.count))
        #expect(try DecodedJPEG(bytes).width == 32)
        let event = try #require(events.withLock { $0.first })
        #expect(event.fields["path"] == answer["path"] && event.fields["frame"] == 42)
        #expect(Set(event.fields.keys) == Set(try #require(Catalog.eventsByKey["still.taken"]).fields.map(\.name)))
        _ = subscription
    }

    @Test func `by default the exposure begins after the call`() async throws {
        async let answer = take([:])
        try await source.watched()
        source.show(.plain(sequence: 1, timestamp: clock.now.seconds - 0.01))
        source.show(.plain(sequence: 2, timestamp: clock.now.seconds + 0.01))
        #expect(try await answer["frame"] == 2)
    }

    @Test func `the standard path is the day's folder`() async throws {
        let answer = try await take(["fresh": false], of: .plain(timestamp: clock.now.seconds))
        #expect(answer["path"]?.string?.wholeMatch(of: /2026-02-02\/\d{6}-\d{3}\.jpg/) != nil, "\(answer)")
    }

    @Test func `a bad path is refused before anything is taken`() async throws {
        await #expect(throws: Problem.self) { try await take(["path": "../a.jpg"]) }
        #expect(source.watchers == 0)
    }

    @Test func `what became of focusing is in the answer`() async throws {
        surface.configure(info: ["has_autofocus": false])
        let answer = try await take(["focus": true, "fresh": false], of: .plain())
        #expect(answer["focused"] == .null)
        #expect(answer["focus_reason"] == "this camera has no autofocus lens")
    }

    @Test func `an overlay is a thing of a later version`() async throws {
        let problem = await #expect(throws: Problem.self) { try await take(["overlay": true]) }
        #expect(problem?.code == .unsupported)
        _ = try await take(["overlay": false, "fresh": false], of: .plain())
    }
}
