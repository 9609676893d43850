import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// What no process can keep a library from doing: it ends, and goes on.
    struct RestartTests {
        private static let keys = ["image.brightness", "image.contrast", "image.saturation", "stream.size", "exposure.value", "focus.mode"]

        @Test(arguments: [SIGABRT, SIGSEGV])
        func `after a fatal signal it streams again within 3 s with the same settings, holders and scripts`(signal: Int32) async throws {
            let server = try await MediaServer()
            let folder = try Scratch.folder()
            try "persist.starts = (persist.starts or 0) + 1 camera.image.contrast = 1.2 every('1h', print)".write(
                toFile: "\(folder)/counter.lua", atomically: true, encoding: .utf8)
            let service = try await Service(
                camera: "sim:imx708", rtsp: server.url, environment: ["LUNETA_AUTOSTART": "low_light,counter"], scripts: folder)
            try await service.live()
            try await service.post("/v1/scripts/low_light/stop")
            try await service.post("/v1/scripts/day_night/run", #"{"args": {"dark": 7, "dwell": 5}}"#)
            try await service.post("/v1/scripts", #"{"name": "once", "source": "camera.image.saturation = 1.4"}"#)
            try await service.set(#"{"image.brightness": 0.2, "image.contrast": 1.5, "stream.size": [1280, 720]}"#)
            try await service.keeps("1280")
            let (holders, scripts) = (try await service.holders(Self.keys), try await service.scripts())

            let seconds = try await service.survive(signal)
            print("streaming again \(Int(seconds * 1000)) ms after signal \(signal)")
            #expect(seconds < 3)
            #expect(try await service.holders(Self.keys) == holders)
            #expect(try await service.scripts() == scripts)
            #expect(scripts["low_light"] == "stopped" && scripts["once"] == "done", "\(scripts)")
            #expect(scripts["day_night"]?.contains("dark = 7") ?? false, "\(scripts)")
            #expect(try await server.look().size == [1280, 720])
            try await service.keeps(#""starts":2"#)
            #expect(service.name == "luneta")
            #expect(try await service.stop() == 0)
        }

        @Test func `it goes on with the priority it was started with, whichever thread the signal came to`() async throws {
            let server = try await MediaServer()
            let service = try await Service(camera: "sim:imx708", rtsp: server.url)
            try await service.live()
            try await service.post("/v1/scripts", #"{"name": "slow", "source": "every('1h', print)"}"#)
            try await service.keeps("slow")
            let thread = try #require(service.threads.first { service.niceness($0) == 19 })
            // Not SIGABRT: threads that begin on one of Dispatch's have it blocked until they call `abort()` themselves.
            #expect(try await service.survive(SIGSEGV, thread: thread) < 3)
            #expect(service.niceness(service.processIdentifier) == 0)
            try await service.stop()
        }

        @Test func `a stream that was stopped stays stopped`() async throws {
            let service = try await Service(camera: "sim:imx708")
            try await service.post("/v1/streaming/stop")
            try await service.keeps(#""stream":false"#)
            try service.signal(SIGABRT)
            try await service.isBack(after: 1)
            #expect(try await service.get("/health").json["streaming_wanted"] as? Bool == false)
            try await service.stop()
        }

        @Test func `a camera that is away after the restart is waited for`() async throws {
            let folder = try Scratch.folder()
            let clip = "\(folder)/clip.avi"
            let made = try await run(
                "ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=10:duration=1", "-c:v", "mjpeg", clip])
            try #require(made.status == 0, "\(made.errors)")
            let service = try await Service(camera: "footage:\(clip)", environment: ["CAMERA_WIDTH": "320", "CAMERA_HEIGHT": "240"])
            try await service.set(#"{"image.brightness": 0.2}"#)
            try await service.keeps("image.brightness")
            try FileManager.default.moveItem(atPath: clip, toPath: "\(clip).away")
            try service.signal(SIGABRT)
            try await service.isBack(after: 1)
            #expect(try await service.get("/health").json["status"] as? String != "healthy")
            #expect(try await service.get("/v1/controls/image.brightness/why").text.contains("0.2"))
            try FileManager.default.moveItem(atPath: "\(clip).away", toPath: clip)
            try await eventually("frames come", within: 10) { try await (service.counters()["frames_in"] ?? 0) > 0 }
            try await service.stop()
        }

        @Test func `a process that ends again and again is left to end, with its signal`() async throws {
            let service = try await Service(camera: "sim:imx708", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
            try await service.set(#"{"image.brightness": 0.2}"#)
            try await service.keeps("image.brightness")
            for count in 1...5 {
                try service.signal(SIGABRT)
                try await service.isBack(after: count)
                #expect(try await service.get("/v1/controls/image.brightness/why").text.contains("0.2"))
            }
            try service.signal(SIGABRT)
            try await eventually("it ends", within: 3) { !service.isRunning }
            #expect(service.endedBy == SIGABRT)
            #expect(service.output.contains("luneta: ended by SIGABRT too often; not starting again\n"))
        }

        @Test(arguments: ["0000000000", "0000000001", "0000000099"])
        func `a document that is none is a warning and a fresh start`(descriptor: String) async throws {
            let none = Array(repeating: String(repeating: "0", count: 15), count: 5).joined(separator: ",")
            let service = try await Service(camera: "sim:imx708", environment: ["LUNETA_RESUME": "\(descriptor):06:\(none)"])
            #expect(service.output.contains("nothing to go on from"), "\(service.output)")
            #expect(try await service.scripts().values.allSatisfy { $0 == "stopped" })
            #expect(try await service.stop() == 0)
        }
    }
}

extension Service {
    func signal(_ number: Int32, thread: Int32? = nil) throws {
        guard let thread else { return try #require(kill(processIdentifier, number) == 0) }
        // Swift does not see glibc's declaration.
        typealias Kill = @convention(c) (Int32, Int32, Int32) -> Int32
        let tgkill = try #require(dlsym(nil, "tgkill"))
        try #require(unsafeBitCast(tgkill, to: Kill.self)(processIdentifier, thread, number) == 0)
    }

    /// Waits until it has started again so many times and answers.
    func isBack(after count: Int) async throws {
        try await eventually("it is back", within: 5) {
            guard self.isRunning else { return true }
            guard self.output.components(separatedBy: "started again after").count == count + 1 else { return false }
            return await (try? self.get("/health"))?.status == 200
        }
        try #require(isRunning, "\(output)")
    }

    /// Sends a signal that should end it; the seconds until it streams again.
    func survive(_ number: Int32, thread: Int32? = nil) async throws -> Double {
        let start = ContinuousClock.now
        try signal(number, thread: thread)
        try await isBack(after: 1)
        try await live()
        return Double((ContinuousClock.now - start) / .nanoseconds(1)) / 1e9
    }

    /// Who holds some controls, in their order and since when.
    func holders(_ keys: [String]) async throws -> [String] {
        var answers: [String] = []
        for key in keys { answers.append(try await get("/v1/controls/\(key)/why").text) }
        return answers
    }

    /// The scripts with their states, and with their arguments while they run.
    func scripts() async throws -> [String: String] {
        let list = try await get("/v1/scripts").json["scripts"] as? [[String: Any]] ?? []
        return list.reduce(into: [:]) { all, script in
            let args = (script["args"] as? [String: Any] ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
            let state = script["state"] as? String ?? ""
            all[script["name"] as? String ?? ""] = state == "running" ? "running \(args.joined(separator: " "))" : state
        }
    }

    /// Waits until what it hands on says so.
    func keeps(_ word: String) async throws { try await eventually("'\(word)' is kept", within: 5) { self.kept.contains(word) } }

    private var kept: String {
        let folder = "/proc/\(processIdentifier)/fd"
        let paths = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { "\(folder)/\($0)" }
        let target = { (path: String) in (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? "" }
        let memory = paths.first { target($0).contains("memfd:luneta-resume") }
        return memory.flatMap { try? String(contentsOf: URL(fileURLWithPath: $0), encoding: .utf8) } ?? ""
    }

    // MARK: As the kernel sees it

    /// What lists of processes call it.
    var name: String { Service.line("/proc/\(processIdentifier)/comm") }

    var threads: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(processIdentifier)/task")) ?? []).compactMap { Int32($0) }
    }

    func niceness(_ thread: Int32) -> Int? {
        let fields = Service.line("/proc/\(processIdentifier)/task/\(thread)/stat").split(separator: ") ").last?.split(separator: " ")
        return fields.flatMap { $0.count > 16 ? Int($0[16]) : nil }
    }

    private static func line(_ path: String) -> String {
        ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").trimmingCharacters(in: .newlines)
    }
}
