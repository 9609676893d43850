import Dispatch
import Glibc

/// An RTSP server that answers every request with one status.
final class RefusingServer: Sendable {
    let port: Int
    private let listener: Int32

    init(status: String) {
        (listener, port) = Ports.listening()
        let listener = listener
        Thread.detach {
            while case let client = accept(listener, nil, nil), client >= 0 {
                RefusingServer.answer(client, status)
                close(client)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func answer(_ client: Int32, _ status: String) {
        var request = [UInt8](repeating: 0, count: 4096)
        while case let size = read(client, &request, request.count), size > 0 {
            let text = String(decoding: request[..<size], as: UTF8.self)
            let number = text.split(separator: "\r\n").first { $0.hasPrefix("CSeq:") } ?? "CSeq: 0"
            let reply = "RTSP/1.0 \(status)\r\n\(number)\r\nWWW-Authenticate: Basic realm=\"test\"\r\n\r\n"
            _ = reply.withCString { send(client, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
        }
    }
}
