import Glibc

/// A server that a test needs did not come up.
struct NotListening: Error {
    let what: String
}

/// TCP ports on the loopback address.
enum Ports {
    /// A port nobody listens on now.
    static func free() -> Int {
        let (fd, port) = listening()
        close(fd)
        return port
    }

    /// A socket that listens; the kernel accepts connections for it, and nobody ever answers them.
    static func listening() -> (fd: Int32, port: Int) {
        let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { any in
                precondition(bind(fd, any, size) == 0 && listen(fd, 16) == 0 && getsockname(fd, any, &size) == 0)
            }
        }
        return (fd, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// Whether somebody listens; looks at the kernel's table, because a connection would be taken for a publisher.
    static func isListening(_ port: Int) -> Bool {
        guard let file = fopen("/proc/net/tcp", "r") else { return false }
        defer { fclose(file) }
        let digits = String(port, radix: 16, uppercase: true)
        let wanted = ":" + String(repeating: "0", count: 4 - digits.count) + digits + " 00000000:0000 0A"
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, 512, file) != nil {
            if String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).contains(wanted) { return true }
        }
        return false
    }
}
