import Catalog
import HTTPTypes
import Support
import Testing

@testable import Server

struct MetricsTests {
    private func lines(_ client: RESTClient) async -> [String] {
        await client.get("/metrics").text.split(separator: "\n").map(String.init)
    }

    @Test func `metrics are Prometheus' text, each with its help and type`() async {
        let client = RESTClient()
        let reply = await client.get("/metrics")
        #expect(reply.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        var declared: Set<String> = []
        for line in reply.text.split(separator: "\n") {
            if line.hasPrefix("# TYPE ") { #expect(declared.insert(String(line.split(separator: " ")[2])).inserted, "\(line)") }
            guard !line.hasPrefix("#") else { continue }
            let sample = line.wholeMatch(of: /([a-z_]+)(\{[^}]*\})? (-?[0-9.e+-]+)/)
            let name = sample.map { String($0.1).replacing(/_(bucket|sum|count)$/, with: "") } ?? ""
            #expect(declared.contains(name), "\(line)")
        }
    }

    @Test func `what was lost, how long it took and what is in force are there`() async {
        let surface = FakeSurface()
        var status = surface.status
        status.counters = ["frames_in": 12, "video_viewers": 2]
        status.drops = [.init("encode", "the encoder was late", 3)]
        status.latencies = [.init("sent", median: 0.02, high: 0.05)]
        surface.configure(status: status)
        surface.show { $0.lux = 3.5 }
        _ = try? surface.apply(Change(.rest, ["exposure.gain": 2, "exposure.mode": "long"]))
        let lines = await lines(RESTClient(surface))
        for line in [
            #"luneta_up{part="camera"} 1"#, #"luneta_up{part="publisher"} 0"#, #"luneta_state{part="publisher",state="stopped"} 1"#,
            #"luneta_frames_total{stage="offered"} 12"#, #"luneta_drops_total{stage="encode",reason="the encoder was late"} 3"#,
            #"luneta_latency_seconds{stage="sent",quantile="0.95"} 0.05"#, "luneta_frame_lux 3.5",
            #"luneta_control{key="exposure.gain"} 2"#, #"luneta_live_viewers{kind="video"} 2"#, #"luneta_live_viewers{kind="pictures"} 0"#,
            #"luneta_control{key="exposure.auto"} 1"#, #"luneta_control_choice{key="exposure.mode",value="long"} 1"#,
            #"luneta_script_state{script="night",state="stopped"} 1"#,
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test func `requests are counted by operation and status`() async {
        let client = RESTClient()
        _ = await client.get("/health")
        _ = await client.get("/health")
        _ = await client.get("/nowhere")
        _ = await client.post("/v1/camera/exposure_value", #"{"ev":99}"#)
        let lines = await lines(client)
        #expect(lines.contains(#"luneta_http_requests_total{operation="getHealth",status="200"} 2"#))
        #expect(lines.contains(#"luneta_http_requests_total{operation="none",status="404"} 1"#))
        #expect(lines.contains(#"luneta_http_requests_total{operation="setExposureValue",status="422"} 1"#))
        #expect(lines.contains(#"luneta_http_request_duration_seconds_count{operation="getHealth"} 2"#))
        #expect(lines.contains(#"luneta_http_request_duration_seconds_bucket{operation="getHealth",le="+Inf"} 2"#))
    }

    @Test func `labels are escaped`() {
        var out = Exposition()
        out.sample("a", ["b": "c\"d\\e\nf"], 1.5)
        #expect(out.text == "a{b=\"c\\\"d\\\\e\\nf\"} 1.5\n")
    }
}
