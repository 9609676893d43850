import Foundation
import Testing

/// Which rig the suite runs on; nil on a machine without a camera. `Tests/Rigs/hotplug` has the scenario in which the camera goes.
private let rig = ProcessInfo.processInfo.environment["LUNETA_RIG"]

extension EndToEnd {
    /// The whole service on cameras that libcamera drives; `scripts/test-rigs` runs these.
    @Suite(.serialized) struct LibcameraServiceTests {
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
    }
}
