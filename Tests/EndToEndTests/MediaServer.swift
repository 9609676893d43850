import Foundation
import Testing

/// A real RTSP server (gst-rtsp-server) and the players that look at it.
final class MediaServer: Sendable {
    let port: Int
    let process: Background
    var url: String { "rtsp://127.0.0.1:\(port)/cam" }

    init(port: Int? = nil) async throws {
        let port = try port ?? FreePort.next()
        let process = try Background("/usr/bin/python3", [MediaServer.rigs + "/standin.py", "--port", String(port)])
        self.port = port
        self.process = process
        try await eventually("the media server listens", within: 10) { process.output.contains("\"listening\"") }
    }

    static let rigs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("rigs").path

    /// Plays the stream and says what arrived.
    func look(seconds: Double = 2, grid: String = "1x1") async throws -> Picture {
        try await Picture(url, seconds: seconds, grid: grid)
    }
}

/// What a player decoded.
struct Picture: Sendable {
    let frames: Int
    let errors: Int
    let luma: Double
    let regions: [Double]
    let keyFrameGaps: [Int]
    let size: [Int]
    let fps: Double

    init(_ url: String, seconds: Double, grid: String = "1x1") async throws {
        let ran = try await run(
            "/usr/bin/python3", [MediaServer.rigs + "/probe.py", url, "--seconds", String(seconds), "--grid", grid], within: seconds + 15)
        let json = ran.json
        frames = json["frames"] as? Int ?? 0
        errors = json["errors"] as? Int ?? -1
        luma = json["luma"] as? Double ?? 0
        regions = json["regions"] as? [Double] ?? []
        keyFrameGaps = json["key_frame_gaps"] as? [Int] ?? []
        size = [json["width"] as? Int ?? 0, json["height"] as? Int ?? 0]
        fps = json["fps"] as? Double ?? 0
        try #require(frames > 0, "\(ran.output) \(ran.errors)")
        #expect(errors == 0, "\(ran.output)")
    }

    /// How much neighbouring cells of a row differ: what blur takes away.
    func detail(columns: Int) -> Double {
        let rows = stride(from: 0, to: regions.count, by: columns).map { Array(regions[$0..<$0 + columns]) }
        let steps = rows.flatMap { row in zip(row, row.dropFirst()).map { abs($0 - $1) } }
        return steps.reduce(0, +) / Double(steps.count)
    }

    /// The mean difference between the cells of two pictures.
    func difference(_ other: [Double]) -> Double {
        zip(regions, other).map { abs($0 - $1) }.reduce(0, +) / Double(max(1, regions.count))
    }
}
