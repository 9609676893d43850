import Foundation
import Testing

/// Which rig the suite runs on; nil on a machine without a camera.
private let rig = ProcessInfo.processInfo.environment["LUNETA_RIG"]

extension EndToEnd {
    /// The whole service on cameras that libcamera drives; `scripts/test-rigs` runs these.
    @Suite(.serialized) struct LibcameraServiceTests {
        private static let rigs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Rigs").standardized
            .path

        @Test(.enabled(if: rig == "virtual")) func `the virtual pipeline is published at the configured rate`() async throws {
            let server = try await MediaServer()
            let service = try await Service(
                camera: "libcamera", rtsp: server.url,
                environment: ["CAMERA_WIDTH": "1280", "CAMERA_HEIGHT": "720", "CAMERA_FRAMERATE": "25"])
            try await eventually("it streams", within: 10) { try await service.get("/health").json["status"] as? String == "healthy" }
            let picture = try await server.look(seconds: 8)
            #expect(picture.size == [1280, 720])
            #expect(abs(picture.fps - 25) < 0.5, "\(picture.frames) frames, \(picture.fps) a second")
            try await service.stop()
        }

        /// Frames the camera has delivered to the service.
        private static func frames(_ service: Service) async throws -> Int {
            let counters = try await service.get("/health").json["counters"] as? [String: Int]
            return counters?["frames_in"] ?? 0
        }

        @Test(.enabled(if: rig == "vimc")) func `a driver that goes is noticed, and one that comes back streams with the same settings`()
            async throws
        {
            let udevd = try Background("/usr/bin/python3", ["\(Self.rigs)/udevd"])
            defer { udevd.end() }
            try await eventually("devices are announced", within: 10) { udevd.output.contains("ready") }
            let service = try await Service(camera: "libcamera", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
            #expect(try await service.patch("/v1/controls", #"{"image.brightness": 0.3}"#).status == 200)
            #expect(
                try await service.post(
                    "/v1/scripts", #"{"name": "beat", "source": "every('100ms', function() persist.n = (persist.n or 0) + 1 end)"}"#
                ).status < 300)
            try await eventually("frames come", within: 10) { try await Self.frames(service) > 5 }

            let pid = service.processIdentifier
            let gone = ContinuousClock.now
            _ = try await run("\(Self.rigs)/vimc", ["unbind"])
            try await eventually("the loss is noticed", within: 3) {
                (try await service.get("/health").json["camera"] as? [String: Any])?["state"] as? String == "lost"
            }
            print("noticed \(ContinuousClock.now - gone) after the driver was unbound")
            #expect(try await service.get("/v1/camera/status").status == 200)
            #expect(try await service.get("/v1/scripts/beat").json["state"] as? String == "running")

            _ = try await run("\(Self.rigs)/vimc", ["bind"])
            let back = ContinuousClock.now
            let before = (try? await Self.frames(service)) ?? 0
            try await eventually("frames come again", within: 10) {
                let now = (try? await Self.frames(service)) ?? 0
                return now > before + 3 || (now > 3 && now < before)
            }
            print(
                "streaming again \(ContinuousClock.now - back) after the driver was bound\(service.output.contains("starting again") ? ", by a restart" : "")"
            )
            #expect(service.processIdentifier == pid && service.isRunning)
            #expect(try await service.get("/v1/controls/image.brightness").json["value"] as? Double == 0.3)
            #expect(try await service.get("/v1/scripts/beat").json["state"] as? String == "running")
            try await service.stop()
        }
    }
}
