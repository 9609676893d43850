import Foundation
import Testing

extension EndToEnd {
    /// What a user gets wrong: one sentence with the remedy, a code of sysexits, nothing half-started.
    struct BadInputTests {
        private func refuse(_ arguments: [String], environment: [String: String] = [:], folder: String? = nil) async throws -> Ran {
            let port = try String(FreePort.next())
            return try await run(
                Service.binary.path, ["run", "--port", port] + arguments, environment: environment, folder: folder, within: 10)
        }

        @Test func `an unknown camera is answered with those there are`() async throws {
            let ran = try await refuse(["--camera", "webcam:0"])
            #expect(ran.status == 69)
            #expect(ran.errors.contains("'webcam:0'") && ran.errors.contains("footage:PATH"), "\(ran.errors)")
        }

        @Test func `an unknown sensor is answered with those there are`() async throws {
            let ran = try await refuse(["--camera", "sim:imx999"])
            #expect(ran.status == 69)
            #expect(ran.errors.contains("imx708"), "\(ran.errors)")
        }

        @Test func `footage that is not there says so`() async throws {
            let ran = try await refuse(["--camera", "footage:/nowhere/street.avi"])
            #expect(ran.status == 66)
            #expect(ran.errors.contains("'/nowhere/street.avi'"), "\(ran.errors)")
        }

        @Test func `footage that is no video says so`() async throws {
            let folder = try Scratch.folder()
            try "not a video".write(toFile: "\(folder)/street.avi", atomically: true, encoding: .utf8)
            #expect(try await refuse(["--camera", "footage:\(folder)/street.avi"]).status == 66)
            #expect(try await refuse(["--camera", "footage:\(try Scratch.folder())"]).status == 66)
        }

        @Test func `a port in use names the port and the option`() async throws {
            let service = try await Service(camera: "sim:imx708")
            let ran = try await run(Service.binary.path, ["run", "--camera", "sim", "--port", String(service.port)], within: 10)
            #expect(ran.status == 69)
            #expect(ran.errors.contains("port \(service.port) is in use") && ran.errors.contains("--port"), "\(ran.errors)")
            try await service.stop()
        }

        @Test(arguments: [
            ("CAMERA_WIDTH", "63", "64 to 4096"), ("CAMERA_WIDTH", "wide", "64 to 4096"), ("CAMERA_FRAMERATE", "0", "1 to 120"),
            ("CAMERA_IS_NOIR", "perhaps", "true or false"), ("CAMERA_RTSP_URL", "http://x/cam", "rtsp://"),
            ("CAMERA_LOG_LEVEL", "LOUD", "WARNING"), ("CAMERA_WIDTH", "641", "even"),
        ])
        func `a bad value names the variable, what is allowed and what was given`(name: String, value: String, allowed: String) async throws
        {
            let ran = try await refuse(["--camera", "sim"], environment: [name: value])
            #expect(ran.status == 78)
            #expect(ran.errors.contains(allowed) && ran.errors.contains(value), "\(ran.errors)")
            #expect(ran.errors.split(separator: "\n").count == 1, "\(ran.errors)")
        }

        @Test func `a broken configuration file names the file`() async throws {
            let folder = try Scratch.folder()
            try "camera: [".write(toFile: "\(folder)/luneta.yaml", atomically: true, encoding: .utf8)
            let ran = try await refuse(["--camera", "sim"], folder: folder)
            #expect(ran.status == 78)
            #expect(ran.errors.contains("luneta.yaml"), "\(ran.errors)")
        }
    }
}

/// The suites that start real processes run one after the other: they measure.
@Suite(.serialized) struct EndToEnd {}
