import Foundation
import Testing

extension EndToEnd {
    /// What the documents show is run.
    struct ExampleTests {
        private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized

        @Test(arguments: ["dusk", "hold_exposure"]) func `an example runs as its page says`(name: String) async throws {
            let service = try await Service(
                camera: "sim:imx708?lux=3", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"],
                scripts: Self.top.appendingPathComponent("examples/\(name)").path)
            try await eventually("there is a frame", within: 5) { try await service.get("/health").json["status"] as? String == "healthy" }
            #expect(try await service.post("/v1/scripts/\(name)/run").status == 200)
            let key = name == "dusk" ? "exposure.mode" : "exposure.time"
            let owner = name == "dusk" ? "profile:dark" : "script:hold_exposure"
            try await eventually("it holds \(key)", within: 10) { try await service.get("/v1/controls/\(key)/why").text.contains(owner) }
            try await service.post("/v1/scripts/\(name)/stop")
            try await service.stop()
        }

        @Test func `the check of every control finds nothing that fails on a camera that keeps its word`() async throws {
            let service = try await Service(
                camera: "sim:imx708?lux=150", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"],
                scripts: Self.top.appendingPathComponent("examples/on-a-pi").path)
            #expect(try await service.post("/v1/scripts/check/run").status == 200)
            try await eventually("it is done", within: 180) { service.output.contains("[check] done:") }
            let lines = service.output.split(separator: "\n").filter { $0.contains("[check]") }
            #expect(lines.last?.contains("0 failed") == true, "\(lines.filter { $0.contains("failed") })")
            // What it set it gives back.
            #expect(try await service.get("/v1/controls/exposure.auto").json["value"] as? Bool == true)
            try await service.stop()
        }

        @Test(arguments: ["low_light", "low_light_motion", "normal", "day_night"]) func `a bundled script runs`(name: String) async throws {
            let service = try await Service(camera: "sim:imx708?lux=3", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
            let answer = try await service.post("/v1/scripts/\(name)/run")
            #expect(answer.status == 200, "\(answer.text)")
            let info = try await service.get("/v1/scripts/\(name)").json
            #expect(["running", "done"].contains(info["state"] as? String ?? ""), "\(info)")
            try await service.stop()
        }

        @Test func `day and night switching follows the light`() async throws {
            let service = try await Service(camera: "sim:imx708?lux=3", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
            #expect(try await service.post("/v1/camera/day_night_mode", #"{"mode": "auto", "threshold_lux": 8}"#).status == 200)
            try await eventually("it is night", within: 60) {
                try await service.get("/v1/controls/exposure.constraint/why").text.contains("profile:")
            }
            #expect(try await service.post("/v1/camera/day_night_mode", #"{"mode": "manual"}"#).status == 200)
            try await eventually("what it held is given back", within: 5) {
                try await service.get("/v1/camera/status").json["ae_constraint_mode"] as? String == "normal"
            }
            try await service.stop()
        }
    }
}
