import CameraBindings
import Catalog
import Engine
import Scripting
import Testing
import Timing

/// A script sets controls of a camera that libcamera drives; pictures and frame numbers tell what became of it.
@Suite(.serialized, .enabled(if: Rig.name == "vimc")) struct LibcameraControlTests {
    /// vimc's colour bars: what each value does to them.
    enum Effect: String, CaseIterable, Sendable {
        case brighter, darker, flatter, grey

        var change: (key: String, value: Double) {
            switch self {
            case .brighter: ("image.brightness", 0.4)
            case .darker: ("image.brightness", -0.4)
            case .flatter: ("image.contrast", 0.3)
            case .grey: ("image.saturation", 0)
            }
        }

        func shows(_ before: Look, _ after: Look) -> Bool {
            switch self {
            case .brighter: after.luma > before.luma + 10
            case .darker: after.luma < before.luma - 10
            case .flatter: after.spread < before.spread * 0.7
            case .grey: after.chroma < before.chroma * 0.3
            }
        }
    }

    @Test(arguments: Effect.allCases) func `what Lua sets changes the picture, and the frame that proves it shows it`(effect: Effect)
        async throws
    {
        let album = Mutex<[Look]>([])
        let engine = Engine(clock: SystemClock(), url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in
            WatchedCamera(try LibcameraCamera(clock: SystemClock()), album: album)
        }
        try engine.preset(Change(.configuration, ["stream.size": [640, 480]]))
        try engine.start()
        defer { engine.shutDown() }
        // Pictures are made while somebody wants the stream; that no server takes it does not matter here.
        engine.stream(wanted: true)
        let scripts = ScriptHost(surface: engine, clock: SystemClock(), folders: []) { _ in }
        let (key, value) = effect.change
        try await scripts.run(
            source: """
                sleep("1s")
                local outcome, problem = camera:apply{ ["\(key)"] = \(value) }:await("20s")
                if not outcome then error(tostring(problem)) end
                log.info(outcome["\(key)"].state, { frame = outcome["\(key)"].frame })
                """, name: "probe")
        let line = try await line(of: scripts)
        let frame = try #require(line.fields["frame"]?.int.map(UInt64.init))
        #expect(line.text == "applied")
        let looks = album.withLock { $0 }
        let proof = try #require(looks.first { $0.sequence >= frame })
        let before = try #require(looks.last { $0.sequence + 12 < frame } ?? looks.first)
        #expect(effect.shows(before, proof), "\(before) became \(proof)")
        await scripts.shutDown()
    }

    private func line(of scripts: ScriptHost) async throws -> ScriptLogLine {
        for _ in 0..<1500 {
            if let line = try scripts.logLines("probe").first { return line }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Problem(.timeout, "the script said nothing; \(try scripts.info("probe"))")
    }
}
