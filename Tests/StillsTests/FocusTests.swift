import CameraBindings
import Catalog
import Support
import Testing
import Timing

@testable import Stills

struct FocusWatchTests {
    @Test func `a scan has ended when it is over after it began`() {
        var watch = FocusWatch()
        #expect(watch.see("focused") == nil)
        #expect(watch.see("scanning") == nil)
        #expect(watch.see("scanning") == nil)
        #expect(watch.see("focused") == .focused)
    }

    @Test func `a scan may fail`() {
        var watch = FocusWatch()
        _ = watch.see("scanning")
        #expect(watch.see("failed") == .failed)
    }

    @Test func `a scan that no frame shows is over after some frames`() {
        var watch = FocusWatch()
        for _ in 0..<12 { #expect(watch.see("focused") == nil) }
        #expect(watch.see("focused") == .focused)
    }

    @Test func `a camera that says nothing of its lens never says that it is focused`() {
        var watch = FocusWatch()
        for _ in 0..<100 { #expect(watch.see(nil) == nil) }
    }
}

/// Focusing before a picture, on a surface that notes what is asked of it.
struct FocusPullerTests {
    private let source = FakeSource()
    private let surface = FakeSurface()

    /// Nobody is given up here unless a test says so: tests beside this one may take all of the machine.
    private func puller(patience: Double = 60) -> FocusPuller {
        FocusPuller(source: source, surface: surface, clock: SystemClock(), patience: patience)
    }

    private var triggers: Int { surface.performed.filter { $0.0 == "focus.trigger" }.count }

    private func scan(_ end: String) async throws {
        try await source.watched()
        for state in ["idle", "scanning", "scanning", end] { source.show(.blind(focus: state)) }
    }

    @Test func `it scans in auto mode, shoots, and puts the mode back`() async throws {
        let mode = Mutex<Value>(.null)
        async let shot = puller().focused { [surface] () async throws(Problem) in
            let current = try surface.read("focus.mode")
            mode.withLock { $0 = current }
            return 1
        }
        try await scan("focused")
        #expect(try await shot.1 == .reached)
        #expect(mode.withLock { $0 } == "auto")
        #expect(try surface.read("focus.mode") == "continuous")
        #expect(surface.changes.map(\.owner) == [.still])
        #expect(triggers == 1)
    }

    @Test func `a scan that finds nothing is said, and the picture is taken`() async throws {
        async let shot = puller().focused { () async throws(Problem) in 1 }
        try await scan("failed")
        #expect(try await shot == (1, .missed("the camera found no focus")))
        #expect(try surface.read("focus.mode") == "continuous")
    }

    @Test func `a scan that never ends is given up, and the mode put back`() async throws {
        let (number, result) = try await puller(patience: 0.05).focused { () async throws(Problem) in 2 }
        #expect(number == 2)
        #expect(result == .missed("the focus scan took longer than 0.05 s"))
        #expect(try surface.read("focus.mode") == "continuous")
        #expect(source.watchers == 0)
    }

    @Test func `the mode is put back when there is no picture`() async throws {
        let shot = Task { [puller = puller()] in
            try await puller.focused { () async throws(Problem) -> Int in throw Problem(.timeout, "no frame") }
        }
        try await scan("focused")
        await #expect(throws: Problem.self) { try await shot.value }
        #expect(try surface.read("focus.mode") == "continuous")
    }

    @Test func `a mode that somebody else holds is theirs again`() async throws {
        try surface.apply(Change(.rest, ["focus.mode": "auto"]))
        async let shot = puller().focused { () async throws(Problem) in 1 }
        try await scan("focused")
        #expect(try await shot.1 == .reached)
        #expect(try surface.why("focus.mode").map(\.owner) == [.rest])
        #expect(surface.changes.count == 1)
    }

    @Test(arguments: ["manual", "default"]) func `with a lens that somebody placed nothing is scanned`(mode: Value) async throws {
        try surface.apply(Change(.rest, ["focus.mode": mode]))
        let (_, result) = try await puller().focused { () async throws(Problem) in 1 }
        #expect(result == .skipped("'focus.mode' is \(mode)"))
        #expect(triggers == 0)
    }

    @Test func `without a lens that moves nothing is scanned`() async throws {
        surface.configure(info: ["has_autofocus": false])
        let (_, result) = try await puller().focused { () async throws(Problem) in 1 }
        #expect(result == .skipped("this camera has no autofocus lens"))
        #expect(triggers == 0)
    }

    @Test func `a camera that refuses is said, and the picture is taken`() async throws {
        surface.commandReply = .failure(Problem(.failed, "the lens is stuck"))
        let (_, result) = try await puller().focused { () async throws(Problem) in 1 }
        #expect(result == .missed("the lens is stuck"))
        #expect(try surface.read("focus.mode") == "continuous")
    }

    @Test func `pictures at the same time share one scan`() async throws {
        let puller = puller()
        let begun = Mutex(0)
        try await withThrowingTaskGroup(of: FocusResult.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    begun.withLock { $0 += 1 }
                    return try await puller.focused { () async throws(Problem) in 1 }.1
                }
            }
            try await eventually("all wait") { puller.waiting == 5 }
            try await scan("focused")
            for try await result in group { #expect(result == .reached) }
        }
        #expect(triggers == 1)
        #expect(try surface.read("focus.mode") == "continuous")
    }
}
