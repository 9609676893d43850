import Foundation
import Testing

extension EndToEnd {
    /// REST as clients of the reference service, careless programs and hostile ones use it.
    struct ContractTests {
        @Test func `every operation of the wire contract answers every kind of value as its schema says`() async throws {
            let service = try await Service(camera: "sim:imx708", environment: ["CAMERA_API_KEY": "k"])
            let ran = try await run(
                "/usr/bin/python3", [MediaServer.rigs + "/contract.py", "--port", String(service.port), "--key", "k"], within: 120)
            #expect(ran.json["failures"] as? [String] == [], "\(ran.errors)")
            #expect(ran.json["cases"] as? Int ?? 0 > 1000)
            try await service.stop()
        }

        @Test func `five thousand requests made up from our own document get only documented answers`() async throws {
            let service = try await Service(
                camera: "sim:imx708", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"], scripts: try Scratch.folder())
            let ran = try await run(MediaServer.rigs + "/fuzz/run", [String(service.port), "90"], within: 600)
            #expect(ran.status == 0, "\(ran.output.suffix(5000))\(ran.errors)")
            let cases = ran.output.firstMatch(of: /(\d+) generated, (\d+) passed/)
            #expect(cases.flatMap { Int($0.1) } ?? 0 >= 5000, "\(ran.output.suffix(500))")
            #expect(cases?.1 == cases?.2)
            #expect(try await service.get("/health").status == 200)
            try await service.stop()
        }

        @Test func `random bytes and floods of headers end in no 5xx and harm nobody`() async throws {
            let service = try await Service(camera: "sim:imx708", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
            let ran = try await run(
                "/usr/bin/python3", [MediaServer.rigs + "/abuse.py", "--port", String(service.port), "--count", "3000"], within: 120)
            let statuses = try #require(ran.json["statuses"] as? [String: Int], "\(ran.errors)")
            #expect(ran.json["sent"] as? Int == 3003)
            #expect(statuses.keys.allSatisfy { !$0.hasPrefix("5") }, "\(statuses)")
            #expect(statuses["400"] ?? 0 > 1000, "\(statuses)")
            #expect(try await service.get("/health").status == 200)
            try await service.stop()
        }

        @Test func `streams that are open do not hold up the end`() async throws {
            let service = try await Service(camera: "sim:imx708", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
            let address = "http://127.0.0.1:\(service.port)"
            let paths = ["/v1/events", "/v1/camera/metadata?follow=1", "/v1/system/logs/stream", "/v1/scripts/normal/log?follow=1"]
            try await service.post("/v1/scripts/normal/run")
            let clients = try paths.map { try Background("curl", ["-sN", address + $0]) }
            try await eventually("frames are followed", within: 10) { clients[1].output.contains("data: {\"sequence\"") }
            let start = ContinuousClock.now
            #expect(try await service.stop() == 0)
            #expect(ContinuousClock.now - start < .seconds(2))
            try await eventually("the clients are told", within: 5) { clients.allSatisfy { !$0.isRunning } }
        }

        @Test func `the frame in an answer is the first whose metadata shows the value`() async throws {
            let service = try await Service(camera: "sim:imx708", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
            let follower = try Background("curl", ["-sN", "http://127.0.0.1:\(service.port)/v1/camera/metadata?follow=1"])
            try await eventually("frames are followed", within: 10) { follower.output.contains("data: ") }
            var frames: [(asked: Int, frame: Int)] = []
            for time in [8000, 12000, 16000, 20000] {
                let answer = try await service.patch(
                    "/v1/controls?wait=applied", #"{"exposure.auto":false,"exposure.time":\#(time),"exposure.gain":2}"#)
                let outcome = try #require(answer.json["exposure.time"] as? [String: Any])
                #expect(outcome["state"] as? String == "applied")
                frames.append((time, try #require(outcome["frame"] as? Int)))
            }
            let last = frames.last?.frame ?? 0
            try await eventually("the last frame is followed", within: 5) {
                follower.output.contains("id: \(last + 1)\n")
            }
            let reports = follower.output.split(separator: "\n").filter { $0.hasPrefix("data: {\"sequence\"") }.compactMap { line in
                try? JSONSerialization.jsonObject(with: Data(line.dropFirst(6).utf8)) as? [String: Any]
            }
            for (asked, frame) in frames {
                let shown = reports.first { abs(($0["exposure_time"] as? Int ?? 0) - asked) <= asked / 100 }
                #expect(shown?["sequence"] as? Int == frame, "\(asked)")
            }
            try await service.stop()
        }

        @Test func `a bad key of five changes nothing`() async throws {
            let service = try await Service(camera: "sim:imx708", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
            let before = try await service.get("/v1/controls").text.replacing(/"outcome":\{[^}]*\}/, with: "")
            let body = #"{"exposure.gain":4,"image.brightness":0.5,"exposure.value":1,"image.contrast":2,"image.sharpnes":1}"#
            let answer = try await service.patch("/v1/controls", body)
            #expect(answer.status == 422)
            #expect(answer.json["detail"] as? String ?? "" != "")
            #expect(try await service.get("/v1/controls").text.replacing(/"outcome":\{[^}]*\}/, with: "") == before)
            try await service.stop()
        }

        @Test func `TLS is served from files, and files that do not fit are refused at the start`() async throws {
            let folder = try Scratch.folder()
            func makeKey(_ name: String) async throws {
                let made = try await run(
                    "openssl",
                    [
                        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "\(folder)/\(name).key", "-out",
                        "\(folder)/\(name).pem",
                    ], within: 20)
                try #require(made.status == 0, "\(made.errors)")
            }
            try await makeKey("a")
            try await makeKey("b")
            let port = try FreePort.next()
            let arguments = ["run", "--camera", "sim", "--port", String(port)]
            let service = try Background(
                "env",
                ["LUNETA_TLS_CERTIFICATE=\(folder)/a.pem", "LUNETA_TLS_KEY=\(folder)/a.key", Service.binary.path] + arguments)
            let curl = ["-s", "--cacert", "\(folder)/a.pem", "https://localhost:\(port)/health"]
            try await eventually("HTTPS answers", within: 20) { try await run("curl", curl, within: 10).json["status"] != nil }
            #expect(try await run("curl", ["-s", "http://localhost:\(port)/health"], within: 10).output.isEmpty)
            service.end()
            let refused = try await run(
                Service.binary.path, arguments,
                environment: ["LUNETA_TLS_CERTIFICATE": "\(folder)/a.pem", "LUNETA_TLS_KEY": "\(folder)/b.key"], within: 10)
            #expect(refused.status == 69 && refused.errors.contains("b.key"), "\(refused.errors)")
            let half = try await run(Service.binary.path, arguments, environment: ["LUNETA_TLS_KEY": "\(folder)/b.key"], within: 10)
            #expect(half.status == 78 && half.errors.contains("tls_certificate"), "\(half.errors)")
        }
    }
}
