internal import HTTPTypes
internal import NIOCore

/// Keeps pages of other origins from changing anything through a visitor's browser, also by rebinding a name to this host.
struct OriginGuard: Sendable {
    private let names: Set<String>

    /// Creates a guard that knows these names of this host, beside its addresses and `localhost`.
    init(_ names: [String]) { self.names = Set(names.map { $0.lowercased() }) }

    /// Lets a request pass that no foreign page can have made.
    /// - Throws: 403.
    func check(_ head: HTTPRequest) throws(Refusal) {
        // Browsers always say the host; a client that does not is none.
        if let authority = head.authority, !authority.isEmpty {
            let host = OriginGuard.host(of: authority)
            guard host == "localhost" || names.contains(host) || OriginGuard.isAddress(host) else {
                throw Refusal(.forbidden, "'\(host)' is not a name of this host; use its address or add the name to the allowed hosts")
            }
        }
        guard let origin = head.headerFields[OriginGuard.origin] else { return }
        guard isOwn(origin, authority: head.authority) else {
            throw Refusal(.forbidden, "requests from pages of '\(origin)' may not change anything here; add its host to the allowed hosts")
        }
    }

    private func isOwn(_ origin: String, authority: String?) -> Bool {
        guard let scheme = origin.firstRange(of: "://") else { return false }
        let place = origin[scheme.upperBound...].lowercased()
        // Any other program on the visitor's own machine is `localhost` too: only a configured name is trusted on every port.
        return place == authority?.lowercased() || names.contains(OriginGuard.host(of: place))
    }

    /// The host in `host:port` or `[address]:port`.
    private static func host(of authority: String) -> String {
        let text = authority.lowercased()
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") { return String(text[text.index(after: text.startIndex)..<end]) }
        return String(text.prefix { $0 != ":" })
    }

    private static func isAddress(_ host: String) -> Bool { (try? SocketAddress(ipAddress: host, port: 0)) != nil }

    // The name is a valid token, so there is one.
    private static let origin = HTTPField.Name("Origin")!
}
