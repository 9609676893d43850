import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// `live.mp4` as a program takes it.
    struct LiveStreamTests {
        private func service() async throws -> Service {
            try await Service(camera: "sim:imx708", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
        }

        @Test func `curl writes a file that plays, though nothing is published`() async throws {
            let service = try await service()
            try await service.post("/v1/streaming/stop")
            let file = try Scratch.folder() + "/live.mp4"
            let url = "http://127.0.0.1:\(service.port)/v1/stream/live.mp4"
            let ran = try await run("curl", ["-s", "--max-time", "3", "-D", "-", "-o", file, url])
            #expect(ran.output.contains("HTTP/1.1 200") && ran.output.contains(#"video/mp4; codecs="avc1.42C0"#), "\(ran.output)")
            let probed = try await run(
                "ffprobe", ["-v", "quiet", "-count_frames", "-show_entries", "stream=codec_name,width,nb_read_frames", "-of", "json", file])
            let stream = try #require((probed.json["streams"] as? [[String: Any]])?.first)
            #expect(stream["codec_name"] as? String == "h264")
            #expect(stream["width"] as? Int == 640)
            #expect(Int(stream["nb_read_frames"] as? String ?? "") ?? 0 > 45)
            try await service.stop()
        }

        @Test func `viewers do not hold up the end, and the stream they have is whole`() async throws {
            let service = try await service()
            let url = "http://127.0.0.1:\(service.port)/v1/stream/live.mp4"
            let viewers = try (0..<5).map { _ in try Background("curl", ["-sf", "-o", "/dev/null", url]) }
            try await eventually("all watch", within: 10) { try await service.counters()["video_viewers"] == 5 }
            let start = ContinuousClock.now
            #expect(try await service.stop() == 0)
            #expect(ContinuousClock.now - start < .seconds(2))
            // The last chunk was sent: curl has nothing to complain about.
            try await eventually("they end by themselves", within: 2) { viewers.allSatisfy { $0.endedWith == 0 } }
        }

        @Test func `a viewer that stalls disturbs no other, and is gone as soon as it is gone`() async throws {
            let service = try await service()
            let url = "http://127.0.0.1:\(service.port)/v1/stream/live.mp4"
            let (stalled, quick) = (
                try Background("curl", ["-s", "-o", "/dev/null", url]), try Background("curl", ["-s", "-o", "/dev/null", url])
            )
            try await eventually("both watch", within: 10) { try await service.counters()["video_viewers"] == 2 }
            stalled.signal(SIGSTOP)
            let before = try await service.counters()
            try await eventually("frames are sent to the other", within: 20) {
                let now = try await service.counters()
                return now["video_fragments_sent"]! >= before["video_fragments_sent"]! + 90
            }
            #expect(try await service.counters()["video_viewers"] == 2)
            stalled.end(SIGKILL)
            try await eventually("one is left", within: 2) { try await service.counters()["video_viewers"] == 1 }
            quick.end(SIGKILL)
            try await eventually("none is left", within: 2) { try await service.counters()["video_viewers"] == 0 }
            try await service.stop()
        }
    }
}
