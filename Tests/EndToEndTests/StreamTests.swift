import Foundation
import Testing

extension EndToEnd {
    /// The main job: pictures in, a live stream out.
    struct StreamTests {
        @Test func `footage becomes a live stream that shows the footage`() async throws {
            // Without colour, so that luma means the same in the clip's BT.601 and the stream's BT.709.
            let clip = try Scratch.folder() + "/clip.avi"
            let made = try await run(
                "ffmpeg",
                [
                    "-v", "error", "-f", "lavfi", "-i", "smptebars=size=640x360:rate=10:duration=4", "-vf", "hue=s=0", "-c:v", "mjpeg",
                    "-q:v", "2", clip,
                ])
            try #require(made.status == 0, "\(made.errors)")
            let server = try await MediaServer()
            let service = try await Service(
                camera: "footage:\(clip)", rtsp: server.url, environment: ["CAMERA_WIDTH": "1280", "CAMERA_HEIGHT": "720"])
            try await service.live()

            let live = try await server.look(seconds: 6, grid: "14x6")
            let original = try await Picture(clip, seconds: 2, grid: "14x6")
            #expect(live.size == [1280, 720])
            #expect(live.frames >= 100)
            #expect(live.difference(original.regions) < 6)
            #expect(live.keyFrameGaps.allSatisfy { $0 <= 60 } && !live.keyFrameGaps.isEmpty, "\(live.keyFrameGaps)")
            try await service.stop()
        }

        @Test func `the simulated camera streams 1080p at 30 frames a second`() async throws {
            let server = try await MediaServer()
            let service = try await Service(camera: "sim:imx708", rtsp: server.url)
            try await service.live()
            let before = try await service.counters()
            let picture = try await server.look(seconds: 5)
            let after = try await service.counters()
            #expect(picture.size == [1920, 1080])
            // Whether every single frame arrives is for `make bench`; a busy test machine may lose some.
            #expect(picture.frames >= 120)
            #expect(after["packets_dropped"] == before["packets_dropped"])
            try await service.stop()
        }

        @Test func `a killed server is published to again within 2 s of its return and health says so all along`() async throws {
            var server = try await MediaServer()
            let port = server.port
            let service = try await Service(
                camera: "sim:imx708", rtsp: server.url, environment: ["CAMERA_WIDTH": "1280", "CAMERA_HEIGHT": "720"])
            try await service.live()
            server.process.end(SIGKILL)
            try await eventually("health says the stream is down", within: 3) { try await !service.isLive() }
            server = try await MediaServer(port: port)
            try await service.live(within: 2)
            #expect(try await server.look().frames > 30)
            try await service.stop()
        }

        // On a quiet machine it is noticed in 2.0 to 2.6 s and back in 0.3 s; twice that is allowed, since others may take the processor.
        @Test func `a frozen server is noticed, costs no frame, and is published to again after its thaw`() async throws {
            let server = try await MediaServer()
            let service = try await Service(camera: "sim:imx708", rtsp: server.url)
            try await service.live()
            #expect(try await server.look().frames > 30)
            let before = try await service.counters()
            server.process.signal(SIGSTOP)
            try await eventually("health says the stream is down", within: 6) { try await !service.isLive() }
            try await Task.sleep(for: .seconds(5))
            let frozen = try await service.counters()
            server.process.signal(SIGCONT)
            try await service.live(within: 4)
            // A freeze that reached the encoder would cost some 150; a machine that is busy otherwise costs a few.
            let dropped = (frozen["frames_dropped"] ?? 0) - (before["frames_dropped"] ?? 0)
            #expect(dropped <= 20, "\(dropped) frames dropped while the server was frozen")
            #expect(try await server.look().frames > 30)
            try await service.stop()
        }

        @Test func `stop, start, status and health in any order answer quickly and never hang`() async throws {
            let server = try await MediaServer()
            let service = try await Service(camera: "sim:imx708", rtsp: server.url)
            try await service.live()
            let slowest = try await withThrowingTaskGroup(of: Service.Answer.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        switch index % 4 {
                        case 0: try await service.post("/v1/streaming/stop")
                        case 1: try await service.get("/v1/camera/status")
                        case 2: try await service.post("/v1/streaming/start")
                        default: try await service.get("/health")
                        }
                    }
                    if index % 8 == 7 { _ = try await group.next() }
                }
                return try await group.reduce(0) { slowest, answer in
                    #expect(answer.status == 200)
                    return max(slowest, answer.seconds)
                }
            }
            // 100 ms is what an idle machine keeps to. A stop that waited for the server, or a start for the camera, would take seconds.
            print("the slowest of 200 answers took \(slowest) s")
            #expect(slowest < 2)
            try await service.post("/v1/streaming/start")
            try await service.live()
            #expect(try await service.stop() == 0)
        }
    }
}

extension Service {
    func isLive() async throws -> Bool { try await get("/health").json["streaming_active"] as? Bool ?? false }

    func live(within seconds: Double = 10) async throws {
        try await eventually("the stream is up", within: seconds) { try await self.isLive() }
    }

    /// Frames and packets, lost and sent, as `/health` has them.
    func counters() async throws -> [String: Int] { try await get("/health").json["counters"] as? [String: Int] ?? [:] }

    /// Sets controls and waits for the frame that proves them.
    @discardableResult func set(_ controls: String) async throws -> [String: Any] {
        let answer = try await patch("/v1/controls?wait=applied", controls)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json
    }
}
