internal import HTTPTypes

/// Compares `X-API-Key` with the configured key.
struct KeyGuard: Sendable {
    private let key: [UInt8]

    /// Creates a guard; nil or an empty key lets everybody in.
    init(_ key: String?) { self.key = Array((key ?? "").utf8) }

    /// Whether a key is asked for at all.
    var isOn: Bool { !key.isEmpty }

    /// Lets a request with the right key pass.
    /// - Throws: 401.
    func check(_ headers: HTTPFields) throws(Refusal) {
        guard isOn, !matches(Array((headers[KeyGuard.header] ?? "").utf8)) else { return }
        throw Refusal(.unauthorized, "the header 'X-API-Key' is missing or wrong", headers: [.wwwAuthenticate: "ApiKey"])
    }

    /// Looks at every byte whatever the ones before said, so that the time tells nothing about where they differ.
    private func matches(_ given: [UInt8]) -> Bool {
        var difference = UInt8(given.count == key.count ? 0 : 1)
        for (index, byte) in given.enumerated() { difference |= byte ^ key[index % key.count] }
        return difference == 0
    }

    // The name is a valid token, so there is one.
    private static let header = HTTPField.Name("X-API-Key")!
}
