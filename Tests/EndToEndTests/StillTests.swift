import Foundation
import Testing

extension EndToEnd {
    /// Pictures as other programs see them.
    struct StillTests {
        @Test func `a script takes a still that others open in full colour, and hears of it`() async throws {
            let (folder, media) = (try Scratch.folder(), try Scratch.folder())
            let lua = """
                on("still.taken", function(e) log.info("heard", { path = e.path }) end)
                local picture, problem = still.take{ path = "garden/%Y/{n:03}.jpg", width = 800, height = 600, quality = 95 }
                log.info("took", picture or { problem = problem.sentence })
                """
            try lua.write(toFile: "\(folder)/shoot.lua", atomically: true, encoding: .utf8)
            let service = try await Service(
                camera: "sim:imx708", environment: ["LUNETA_MEDIA": media, "CAMERA_WIDTH": "1280", "CAMERA_HEIGHT": "720"], scripts: folder)
            #expect(try await service.post("/v1/scripts/shoot/run").status == 200)
            let path = "\(media)/garden/\(Calendar.current.component(.year, from: Date()))/001.jpg"
            try await eventually("the still is there", within: 10) { FileManager.default.fileExists(atPath: path) }
            let picture = try await StillPicture(path)
            #expect(picture.size == [800, 600])
            #expect(picture.isColourful, "\(picture.cells)")
            #expect(picture.software.hasPrefix("Luneta "))
            try await eventually("the script heard of it", within: 5) { service.output.contains("heard path='garden/") }
            #expect(service.output.contains("took "))
            try await service.stop()
        }
    }
}

/// A picture as ffmpeg decodes it.
struct StillPicture {
    let size: [Int]
    let software: String
    /// Red, green and blue of 8 by 8 cells.
    let cells: [[Int]]

    init(_ path: String) async throws {
        let probe = try await run(
            "ffprobe", ["-v", "error", "-show_entries", "stream=width,height:frame_tags", "-show_frames", "-of", "json", path])
        try #require(probe.status == 0 && probe.errors.isEmpty, "\(probe.errors)")
        let stream = (probe.json["streams"] as? [[String: Any]])?.first
        size = [stream?["width"] as? Int ?? 0, stream?["height"] as? Int ?? 0]
        let tags = (probe.json["frames"] as? [[String: Any]])?.first?["tags"] as? [String: String]
        software = tags?["Software"] ?? ""
        let raw = try Scratch.folder() + "/cells.rgb"
        let decoded = try await run(
            "ffmpeg",
            ["-v", "error", "-i", path, "-vf", "scale=8:8:flags=area", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", raw])
        try #require(decoded.status == 0 && decoded.errors.isEmpty, "\(decoded.errors)")
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: raw)))
        cells = stride(from: 0, to: bytes.count, by: 3).map { bytes[$0..<$0 + 3].map(Int.init) }
    }

    /// Whether there is more than grey in it.
    var isColourful: Bool { cells.contains { ($0.max() ?? 0) - ($0.min() ?? 0) > 25 } }
}
