import Foundation
import Testing

extension EndToEnd {
    /// What is set is seen: pixels of the decoded stream, not fields of an answer.
    struct PictureTests {
        private func service(_ camera: String, _ server: MediaServer, scripts: String? = nil) async throws -> Service {
            let service = try await Service(
                camera: camera, rtsp: server.url, environment: ["CAMERA_WIDTH": "1280", "CAMERA_HEIGHT": "720"], scripts: scripts)
            try await service.live()
            return service
        }

        @Test func `low_light over REST brightens a dim scene and normal takes it back`() async throws {
            let server = try await MediaServer()
            let service = try await service("sim:imx708?lux=0.5&scene=still", server)
            try await service.exposureSettles()
            let dim = try await server.look()
            #expect(try await service.post("/v1/scripts/low_light/run").status == 200)
            try await service.exposureSettles()
            let bright = try await server.look()
            #expect(bright.luma >= 1.3 * dim.luma, "\(dim.luma) to \(bright.luma)")
            let status = try await service.get("/v1/camera/status").json
            #expect(status["ae_exposure_mode"] as? String == "long")
            #expect(status["ae_constraint_mode"] as? String == "shadows")
            #expect(status["noise_reduction_mode"] as? String == "high_quality")

            #expect(try await service.post("/v1/scripts/normal/run").status == 200)
            try await service.exposureSettles()
            let back = try await server.look()
            #expect(abs(back.luma - dim.luma) < 0.1 * dim.luma, "\(dim.luma) to \(back.luma)")
            #expect(try await service.get("/v1/camera/status").json["ae_exposure_mode"] as? String == "normal")
            try await service.stop()
        }

        @Test func `a script of the user does the same from Lua alone`() async throws {
            let folder = try Scratch.folder()
            let lua = """
                local change = camera:apply{ ["exposure.mode"] = "long", ["exposure.constraint"] = "shadows",
                  ["exposure.value"] = 1.5, ["exposure.max_time"] = "1s" }
                local outcome = change:await("5s")
                for key, o in pairs(outcome) do log.info(key, { state = o.state, frame = o.frame }) end
                """
            try lua.write(toFile: "\(folder)/brighter.lua", atomically: true, encoding: .utf8)
            let server = try await MediaServer()
            let service = try await service("sim:imx708?lux=0.5&scene=still", server, scripts: folder)
            try await service.exposureSettles()
            let dim = try await server.look()
            #expect(try await service.post("/v1/scripts/brighter/run").status == 200)
            try await service.exposureSettles()
            #expect(try await server.look().luma >= 1.3 * dim.luma)
            // What the script held goes back when it is stopped.
            #expect(try await service.post("/v1/scripts/brighter/stop").status == 200)
            try await service.exposureSettles()
            #expect(abs(try await server.look().luma - dim.luma) < 0.1 * dim.luma)
            try await service.stop()
        }

        @Test func `flips, brightness and a region of interest are seen in decoded frames`() async throws {
            let server = try await MediaServer()
            let service = try await service("sim:imx708?scene=still", server)
            // Exposure is held, so that only what is set changes the picture.
            try await service.set(#"{"exposure.auto": false, "white_balance.auto": false}"#)
            let plain = try await server.look(grid: "8x8")

            try await service.post("/v1/camera/transform?wait=applied", #"{"hflip": true}"#)
            try await service.live()
            let flipped = try await server.look(grid: "8x8")
            let mirrored = (0..<64).map { (cell: Int) -> Double in
                let (row, column) = cell.quotientAndRemainder(dividingBy: 8)
                return plain.regions[8 * row + 7 - column]
            }
            #expect(flipped.difference(mirrored) < 0.3 * flipped.difference(plain.regions))

            try await service.post("/v1/camera/transform?wait=applied", #"{"rotation": 180}"#)
            try await service.live()
            let turned = try await server.look(grid: "8x8")
            #expect(turned.difference(plain.regions.reversed()) < 0.3 * turned.difference(plain.regions))
            try await service.post("/v1/camera/transform?wait=applied", "{}")

            try await service.post("/v1/camera/roi?wait=applied", #"{"x": 0, "y": 0, "width": 0.5, "height": 0.5}"#)
            let zoomed = try await server.look(grid: "4x4")
            let quarter = (0..<16).map { (cell: Int) -> Double in
                let (row, column) = cell.quotientAndRemainder(dividingBy: 4)
                return plain.regions[8 * row + column]
            }
            #expect(zoomed.difference(quarter) < 6, "\(zoomed.regions) \(quarter)")
            try await service.post("/v1/camera/roi?wait=applied", #"{"x": 0, "y": 0, "width": 1, "height": 1}"#)

            try await service.post("/v1/camera/image_processing?wait=applied", #"{"brightness": 0.3}"#)
            #expect(try await server.look().luma > plain.regions.reduce(0, +) / 64 + 15)
            try await service.stop()
        }

        @Test func `the lens position is seen as sharpness`() async throws {
            let server = try await MediaServer()
            let service = try await service("sim:imx708?scene=still", server)
            try await service.set(#"{"exposure.auto": false}"#)
            try await service.post("/v1/camera/lens_position?wait=applied", #"{"position": 0}"#)
            let far = try await server.look(grid: "320x180")
            try await service.post("/v1/camera/lens_position?wait=applied", #"{"position": 12}"#)
            let near = try await server.look(grid: "320x180")
            #expect(near.detail(columns: 320) < 0.7 * far.detail(columns: 320))
            try await service.stop()
        }

        @Test func `a size is changed while it streams and everything set before stays`() async throws {
            let server = try await MediaServer()
            let service = try await service("sim:imx708?scene=still", server)
            try await service.set(#"{"image.saturation": 0.5, "focus.mode": "manual", "focus.lens_position": 2}"#)
            let answer = try await service.post("/v1/camera/resolution?wait=applied", #"{"width": 640, "height": 480}"#)
            #expect(answer.status == 200, "\(answer.text)")
            try await service.live()
            #expect(try await server.look().size == [640, 480])
            let status = try await service.get("/v1/camera/status").json
            #expect(status["autofocus_mode"] as? String == "manual")
            #expect(status["sensor_mode_width"] as? Int == 1536)
            try await service.stop()
        }
    }
}

extension Service {
    /// Waits until automatic exposure has come to rest.
    func exposureSettles() async throws {
        let quiet = Quiet()
        try await eventually("automatic exposure settles", within: 40) {
            let status = try await self.get("/v1/camera/status").json
            return await quiet.isQuiet(
                status["exposure_us"] as? Int ?? 0, status["analogue_gain"] as? Double ?? 0,
                frame: .microseconds(status["frame_duration_us"] as? Int ?? 0))
        }
    }
}

/// Sees whether a pair of numbers stays the same.
private actor Quiet {
    private var last = (0, 0.0)
    private var since = ContinuousClock.now

    /// Long exposures make frames rare: nothing has settled before some of them came.
    func isQuiet(_ time: Int, _ gain: Double, frame: Duration) -> Bool {
        let moved = abs(Double(time - last.0)) > 0.01 * Double(max(1, last.0)) || abs(gain - last.1) > 0.01 * last.1
        if moved {
            last = (time, gain)
            since = .now
        }
        return ContinuousClock.now - since > max(.milliseconds(700), frame * 6)
    }
}
