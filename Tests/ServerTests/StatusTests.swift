import Catalog
import HTTPTypes
import Support
import Testing

@testable import Server

/// Health, status and capabilities: from cached state, with every member, telling the truth (weaknesses 1, 2, 3, 8).
struct StatusTests {
    /// The members of a schema of the wire contract, in order.
    private func members(_ schema: String) -> [String] {
        OpenAPI.document(version: "1")["components"]?["schemas"]?[schema]?["properties"]?.members.map(\.name) ?? []
    }

    private func names(_ text: String) throws -> [String] {
        // Members of the outermost object, in the order they were written.
        var depth = 0
        var names: [String] = []
        var isName = true
        for part in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            if part.offset.isMultiple(of: 2) {
                for character in part.element {
                    switch character {
                    case "{", "[": depth += 1
                    case "}", "]": depth -= 1
                    case ",": isName = true
                    case ":": isName = false
                    default: break
                    }
                }
            } else if depth == 1, isName {
                names.append(String(part.element))
            }
        }
        return names
    }

    @Test func `status has every member in the contract's order also when the frame says nothing`() async throws {
        let surface = SensorFixtures.surface(SensorFixtures.imx708(wide: true))
        let reply = await RESTClient(surface).get("/v1/camera/status")
        #expect(reply.status == 200)
        #expect(try names(reply.text) == members("CameraStatus"))
        #expect(reply["lux"] == .null && reply["sensor_black_levels"] == .null)
        #expect(reply["scene_mode"] == "unknown")
    }

    @Test func `status tells the frame and the settings in force`() async {
        let surface = SensorFixtures.surface(SensorFixtures.imx708(wide: true))
        surface.show { frame in
            frame.lux = 55.5
            frame.exposureTime = 20000
            frame.analogueGain = 2
            frame.colourTemperature = 4500
            frame.lensPosition = 1.5
            frame.focusFigure = 900
            frame.frameDuration = 33333
            frame.blackLevels = [4096, 4096, 4096, 4096]
        }
        let client = RESTClient(surface)
        _ = await client.post("/v1/camera/autofocus_mode", #"{"mode":"default"}"#)
        _ = await client.post("/v1/camera/exposure_limits", #"{"min_exposure_us":200,"max_exposure_us":50000}"#)
        #expect(
            await client.get("/v1/camera/status").text == """
                {"lux":55.5,"exposure_us":20000,"analogue_gain":2,"colour_temperature":4500,"auto_exposure":true,"streaming":false,\
                "autofocus_mode":"default","lens_position":1.5,"focus_fom":900,"hdr_mode":"off","lens_correction_enabled":true,\
                "scene_mode":"low_light","day_night_mode":"manual","day_night_threshold_lux":10,"frame_duration_us":33333,\
                "sensor_black_levels":[4096,4096,4096,4096],"fov_mode":"scale","bitrate_bps":13478400,"bitrate_mbps":13.48,\
                "is_wide_camera":true,"sensor_mode_width":2304,"sensor_mode_height":1296,"current_limits":{"frame_duration_us":33333,\
                "frame_duration_limits_us":{"min":200,"max":50000},"effective_exposure_limit_us":{"min":100,"max":50000}},\
                "exposure_value":0,"noise_reduction_mode":"fast","ae_constraint_mode":"normal","ae_exposure_mode":"normal"}
                """)
    }

    @Test(
        arguments: [
            (nil, 10, "unknown"), (0, 10, "night"), (10, 10, "night"), (10.1, 10, "low_light"), (100, 10, "low_light"), (100.1, 10, "day"),
            (50, 100, "night"), (150, 200, "day"),
        ] as [(Double?, Double, String)])
    func `the scene follows the light and the threshold`(lux: Double?, threshold: Double, scene: String) {
        #expect(Answers.sceneMode(lux: lux, threshold: threshold) == scene)
    }

    @Test func `what the camera lacks is null, not a default`() async {
        let reply = await RESTClient(LackingSurface("focus.mode", "image.noise_reduction", "image.lens_correction")).get(
            "/v1/camera/status")
        #expect(reply["autofocus_mode"] == .null)
        #expect(reply["noise_reduction_mode"] == .null)
        #expect(reply["lens_correction_enabled"] == false)
    }

    @Test func `health tells which part is down and why`() async throws {
        let surface = FakeSurface()
        surface.configure(
            status: HostStatus(
                camera: .init(isUp: true, state: "running"), encoder: .init(isUp: true, state: "libx264"),
                publisher: .init(isUp: false, state: "waiting", reason: "connection refused"), streamWanted: true, bitrate: 0,
                counters: ["packets_sent": 7, "frames_dropped": 2]))
        let reply = await RESTClient(surface).get("/health")
        #expect(
            reply.text == """
                {"status":"healthy","camera_configured":true,"streaming_active":false,"version":"1.2.3","streaming_wanted":true,\
                "camera":{"up":true,"state":"running","reason":null},"encoder":{"up":true,"state":"libx264","reason":null},\
                "publisher":{"up":false,"state":"waiting","reason":"connection refused"},"counters":{"frames_dropped":2,\
                "packets_sent":7,"picture_viewers":0,"pictures_skipped":0}}
                """)
        #expect(try names(reply.text) == members("Health"))
    }

    @Test func `a lost camera is not healthy, whatever its last frame said`() async {
        let surface = SensorFixtures.surface(SensorFixtures.imx708(wide: true))
        surface.configure(
            status: HostStatus(
                camera: .init(isUp: false, state: "lost", reason: "no frame for 2 s"), encoder: .init(isUp: true, state: "libx264"),
                publisher: .init(isUp: false, state: "waiting"), streamWanted: true, bitrate: 0))
        let client = RESTClient(surface)
        #expect(await client.get("/health")["status"] == "initializing")
        #expect(await client.get("/v1/camera/status").status == 200)
        #expect(await client.post("/v1/camera/exposure_value", #"{"ev":1}"#).status == 200)
    }

    // Weakness 7: without a camera the process exits and "initializing" is never seen.
    @Test func `without a camera health initialises and every camera path is not ready`() async {
        let client = RESTClient(LackingSurface.withoutCamera())
        let health = await client.get("/health")
        #expect(health["status"] == "initializing")
        #expect(health["camera_configured"] == false)
        for operation in Catalog.operations where operation.path.hasPrefix("/v1/camera") || operation.path.hasPrefix("/v1/streaming") {
            let reply = await client.send(operation.method.rawValue, operation.path, "{}")
            #expect(reply.status == 503, "\(operation.path)")
            #expect(reply.headers[.retryAfter] == "1")
            #expect(reply.detail.contains("no camera found"))
        }
    }
}
