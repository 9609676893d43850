/// Takes secrets out of text before anybody can read it.
public struct SecretMask: Sendable {
    private let secrets: [String]

    /// Creates a mask for these words beside the credentials in addresses; empty ones are none.
    public init(_ secrets: [String] = []) {
        // The longest first, so that one that contains another is hidden whole.
        self.secrets = secrets.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// The text with `***` in place of every secret.
    public func hide(_ text: String) -> String {
        var hidden = text
        for secret in secrets where hidden.contains(secret) { hidden = hidden.replacing(secret, with: "***") }
        return SecretMask.hideCredentials(hidden)
    }

    /// `rtsp://user:secret@host/cam` becomes `rtsp://***@host/cam`.
    private static func hideCredentials(_ text: String) -> String {
        guard text.contains("://"), text.contains("@") else { return text }
        var (hidden, rest) = ("", text[...])
        while let scheme = rest.firstRange(of: "://") {
            hidden += rest[..<scheme.upperBound]
            let address = rest[scheme.upperBound...].prefix { !$0.isWhitespace && !"\"'<>".contains($0) }
            // A password may hold any character, so the last `@` before the path's query counts.
            if let at = address.lastIndex(of: "@") {
                hidden += "***"
                rest = rest[at...]
            } else {
                rest = rest[scheme.upperBound...]
            }
        }
        return hidden + rest
    }
}
