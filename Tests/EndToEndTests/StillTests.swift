import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// Pictures as other programs see them.
    struct StillTests {
        private static let small = ["CAMERA_WIDTH": "1280", "CAMERA_HEIGHT": "720"]

        private func service(_ environment: [String: String] = small, rtsp: String = "rtsp://127.0.0.1:1/cam", scripts: String? = nil)
            async throws -> Service
        {
            try await Service(camera: "sim:imx708", rtsp: rtsp, environment: environment, scripts: scripts)
        }

        @Test func `a script takes a still that others open in full colour, and hears of it`() async throws {
            let (folder, media) = (try Scratch.folder(), try Scratch.folder())
            let lua = """
                ---@needs still
                on("still.taken", function(e) log.info("heard", { path = e.path }) end)
                local picture, problem = still.take{ path = "garden/%Y/{n:03}.jpg", width = 800, height = 600, quality = 95 }
                log.info("took", picture or { problem = problem.sentence })
                """
            try lua.write(toFile: "\(folder)/shoot.lua", atomically: true, encoding: .utf8)
            let service = try await service(Self.small.merging(["LUNETA_MEDIA": media]) { $1 }, scripts: folder)
            #expect(try await service.post("/v1/scripts/shoot/run").status == 200)
            let path = "garden/\(Calendar.current.component(.year, from: Date()))/001.jpg"
            try await eventually("the script heard of it", within: 10) { service.output.contains("heard path='garden/") }
            let picture = try await StillPicture("\(media)/\(path)")
            #expect(picture.size == [800, 600])
            #expect(picture.isColourful, "\(picture.cells)")
            #expect(picture.software.hasPrefix("Luneta "))
            #expect(service.output.contains("took "))

            // REST has it too: listed, whole, in part, and gone when it was deleted.
            let listed = try await service.get("/v1/media").json["items"] as? [[String: Any]]
            #expect(listed?.map { $0["path"] as? String } == [path])
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(media)/\(path)"))
            #expect(try await service.get("/v1/media/\(path)").body == bytes)
            let part = try await run(
                "curl", ["-s", "-r", "2-101", "http://127.0.0.1:\(service.port)/v1/media/\(path)", "-o", "\(media)/part"])
            #expect(part.status == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(media)/part")) == bytes[2...101])
            #expect(
                try await run("curl", ["-s", "-X", "DELETE", "http://127.0.0.1:\(service.port)/v1/media/\(path)"]).output.contains("ok"))
            #expect(try await service.get("/v1/media/\(path)").status == 404)
            #expect(try await service.get("/v1/media").text == #"{"items":[],"next":null}"#)
            try await service.stop()
        }

        @Test func `a snapshot has the size asked for and the colours of the stream`() async throws {
            let server = try await MediaServer()
            let service = try await service(rtsp: server.url)
            try await service.live()
            try await service.set(#"{"exposure.auto": false, "white_balance.auto": false, "focus.mode": "manual"}"#)
            let folder = try Scratch.folder()
            let streamed = try await StillPicture(server.url, input: ["-rtsp_transport", "tcp"])
            for (query, size) in [
                ("", [1280, 720]), ("?width=1000&height=1000", [1000, 1000]), ("?width=500&height=500&fit=fit", [500, 282]),
            ] {
                let path = "\(folder)/\(size[0]).jpg"
                try await service.get("/v1/camera/snapshot.jpg\(query)").body.write(to: URL(fileURLWithPath: path))
                let picture = try await StillPicture(path)
                #expect(picture.size == size)
                #expect(picture.isColourful)
                if size[0] != size[1] { #expect(picture.distance(streamed) < 12, "\(picture.cells) \(streamed.cells)") }
            }
            try await service.stop()
        }

        @Test func `the reference service's snapshot is a whole picture in base64, focused first`() async throws {
            let service = try await service()
            let answer = try await service.post("/v1/camera/snapshot", #"{"width": 800, "height": 800}"#)
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix(#"{"status":"ok","image_base64":""#))
            #expect(answer.json["width"] as? Int == 800 && answer.json["height"] as? Int == 800)
            #expect(answer.json["focused"] as? Bool == true, "\(answer.json["focus_reason"] ?? "")")
            let path = "\(try Scratch.folder())/snapshot.jpg"
            let bytes = try #require(Data(base64Encoded: answer.json["image_base64"] as? String ?? ""))
            try bytes.write(to: URL(fileURLWithPath: path))
            let picture = try await StillPicture(path)
            #expect(picture.size == [800, 800])
            #expect(picture.isColourful)
            #expect(try await service.get("/v1/camera/status").json["autofocus_mode"] as? String == "continuous")
            #expect(try await service.get("/v1/controls/focus.mode").json["holder"] is NSNull)
            try await service.stop()
        }

        @Test func `ffmpeg plays the live picture, and the end of the service ends it`() async throws {
            let service = try await service()
            let url = "http://127.0.0.1:\(service.port)/v1/stream/live.mjpeg?width=640&fps=10"
            let viewer = try Background("curl", ["-s", "-o", "/dev/null", url])
            let played = try await run(
                "ffprobe",
                [
                    "-v", "error", "-f", "mpjpeg", "-read_intervals", "%+#15", "-show_entries", "frame=width,height,pix_fmt", "-of", "json",
                    url,
                ])
            let frames = played.json["frames"] as? [[String: Any]] ?? []
            #expect(frames.count >= 10, "\(played.errors)")
            #expect(frames.allSatisfy { $0["width"] as? Int == 640 && $0["height"] as? Int == 360 })
            #expect(try await service.counters()["picture_viewers"] == 1)
            try await service.stop()
            try await eventually("the viewer has ended", within: 3) { !viewer.isRunning }
        }

        @Test func `pictures by the hundred cost the stream no frame`() async throws {
            let server = try await MediaServer()
            let service = try await service(rtsp: server.url)
            try await service.live()
            let before = try await service.counters()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<25 {
                            let status = try await service.get("/v1/camera/snapshot.jpg").status
                            #expect(status == 200)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let after = try await service.counters()
            // Pictures that cost frames would cost one each, so some hundred; a machine that is busy otherwise costs a few.
            let dropped = (after["frames_dropped"] ?? 0) - (before["frames_dropped"] ?? 0)
            #expect(dropped <= 20, "\(dropped) frames dropped")
            #expect(after["packets_dropped"] == before["packets_dropped"])
            #expect(try await service.isLive())
            try await service.stop()
        }

        @Test(.enabled(if: getuid() == 0, "mounting takes root"))
        func `a full disk leaves nothing behind and the script is told what helps`() async throws {
            let (folder, media) = (try Scratch.folder(), try Scratch.folder())
            try #require(try await run("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", media]).status == 0)
            let lua = "---@needs still\nprint(still.take{ path = 'a/b/c.jpg' })"
            try lua.write(toFile: "\(folder)/shoot.lua", atomically: true, encoding: .utf8)
            let service = try await service(["LUNETA_MEDIA": media], scripts: folder)
            try await service.post("/v1/scripts/shoot/run")
            try await eventually("the script was told", within: 10) { service.output.contains("there is no room for 'a/b/c.jpg'") }
            #expect(service.output.contains("LUNETA_MEDIA"))
            #expect(FileManager.default.enumerator(atPath: media)?.allObjects.isEmpty ?? false)
            try await service.stop()
            #expect(try await run("umount", [media]).status == 0)
        }
    }
}

/// A picture as ffmpeg decodes it.
struct StillPicture {
    let size: [Int]
    let software: String
    /// Red, green and blue of 8 by 8 cells.
    let cells: [[Int]]

    init(_ path: String, input: [String] = []) async throws {
        let probe = try await run(
            "ffprobe",
            input + [
                "-v", "error", "-read_intervals", "%+#1", "-show_entries", "stream=width,height:frame_tags", "-show_frames", "-of", "json",
                path,
            ])
        try #require(probe.status == 0, "\(probe.errors)")
        let stream = (probe.json["streams"] as? [[String: Any]])?.first
        size = [stream?["width"] as? Int ?? 0, stream?["height"] as? Int ?? 0]
        let tags = (probe.json["frames"] as? [[String: Any]])?.first?["tags"] as? [String: String]
        software = tags?["Software"] ?? ""
        let raw = try Scratch.folder() + "/cells.rgb"
        // Matrix and range of the stream are told; a JPEG tells them itself.
        let decoded = try await run(
            "ffmpeg",
            ["-v", "error"] + input + [
                "-i", path, "-vf", "scale=8:8:flags=area" + (input.isEmpty ? "" : ":in_color_matrix=bt709:in_range=tv"), "-frames:v", "1",
                "-f", "rawvideo", "-pix_fmt", "rgb24", raw,
            ])
        try #require(decoded.status == 0, "\(decoded.errors)")
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: raw)))
        cells = stride(from: 0, to: bytes.count, by: 3).map { bytes[$0..<$0 + 3].map(Int.init) }
    }

    /// Whether there is more than grey in it.
    var isColourful: Bool { cells.contains { ($0.max() ?? 0) - ($0.min() ?? 0) > 25 } }

    /// The mean difference of the cells' components.
    func distance(_ other: StillPicture) -> Double {
        let differences = zip(cells.joined(), other.cells.joined()).map { abs($0 - $1) }
        return Double(differences.reduce(0, +)) / Double(max(1, differences.count))
    }
}
