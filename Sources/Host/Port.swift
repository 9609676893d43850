internal import Foundation
internal import Glibc

/// Looks whether a port can be listened on before anything else is started.
enum Port {
    /// - Throws: ``Exit`` that says what is in the way.
    static func check(host: String, port: Int) throws(Exit) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let first = list else {
            throw Exit(.configuration, "'CAMERA_HOST' must be an address of this machine, got '\(host)'")
        }
        defer { freeaddrinfo(list) }
        let socket = Glibc.socket(first.pointee.ai_family, first.pointee.ai_socktype, 0)
        defer { close(socket) }
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(socket, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0, listen(socket, 1) == 0 else {
            throw refused(errno, host, port)
        }
    }

    private static func refused(_ code: Int32, _ host: String, _ port: Int) -> Exit {
        switch code {
        case EADDRINUSE: Exit(.unavailable, "port \(port) is in use; end what listens there or choose another with --port")
        case EACCES: Exit(.unavailable, "port \(port) needs root; choose one above 1023 with --port")
        case EADDRNOTAVAIL: Exit(.configuration, "'CAMERA_HOST' must be an address of this machine, got '\(host)'")
        default: Exit(.unavailable, "cannot listen on \(host):\(port): \(String(cString: strerror(code)))")
        }
    }
}
