import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// An end that was asked for comes, whoever is connected.
    struct ShutdownTests {
        @Test(arguments: [
            "", "PATCH /v1/contr", "PATCH /v1/controls HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40\r\n\r\n{\"image.brightness\":",
        ])
        func `a client in the middle of a request does not hold up the end`(sent: String) async throws {
            let service = try await Service(camera: "sim:imx708", environment: ["CAMERA_WIDTH": "640", "CAMERA_HEIGHT": "480"])
            let client = try Client(port: service.port)
            try client.send(sent)
            // The server has read what this client sent before when it answers one that came later.
            #expect(try await service.get("/health").status == 200)
            let start = ContinuousClock.now
            #expect(try await service.stop() == 0)
            #expect(service.endedBy == nil)
            #expect(ContinuousClock.now - start < .seconds(2))
        }

        @Test func `the log never has the key, however much is logged`() async throws {
            let service = try await Service(
                camera: "sim:imx708", environment: ["CAMERA_API_KEY": "kept-to-itself", "CAMERA_LOG_LEVEL": "DEBUG"])
            #expect(try await service.stop() == 0)
            #expect(service.output.contains("DEBUG") && !service.output.contains("kept-to-itself"))
        }
    }
}

/// A connection that says what it is told and then nothing.
private final class Client {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(status == 0)
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try #require(Glibc.send(descriptor, text, text.utf8.count, 0) == text.utf8.count) }
}
