internal import HTTPTypes
internal import Timing

/// Compares the key of a request with the configured ones.
struct KeyGuard: Sendable {
    private let full: [UInt8]
    private let readOnly: [UInt8]
    private let wrong = WrongKeys()

    /// Creates a guard; without a key everybody is let in.
    /// - Parameter readOnly: a second key that may read only; without a full key it means nothing.
    init(_ full: String?, readOnly: String? = nil) {
        self.full = Array((full ?? "").utf8)
        self.readOnly = Array((readOnly ?? "").utf8)
    }

    /// Whether a key is asked for at all.
    var isOn: Bool { !full.isEmpty }

    /// Lets a request with a key that is good enough pass.
    /// - Throws: 401; 403 for a change with the read-only key; 429 for an address that has guessed too often.
    func check(_ headers: HTTPFields, changes: Bool, from address: String?, at now: Instant) throws(Refusal) {
        guard isOn else { return }
        guard let given = KeyGuard.key(in: headers) else { throw KeyGuard.refusal }
        // An address that guesses is not told whether it has guessed right, for a while.
        if let seconds = wrong.wait(address, at: now) {
            throw Refusal(
                .tooManyRequests, "too many wrong keys came from \(address ?? "there"); try again in \(seconds) s",
                headers: [.retryAfter: String(seconds)])
        }
        // Both are compared, whatever the first comparison says, so that the time tells nothing.
        let (isFull, isReadOnly) = (KeyGuard.matches(given, full), KeyGuard.matches(given, readOnly))
        if isFull { return }
        guard isReadOnly else {
            wrong.note(address, at: now)
            throw KeyGuard.refusal
        }
        if changes { throw Refusal(.forbidden, "this key may read only; send the full key to change something") }
    }

    private static let refusal = Refusal(
        .unauthorized, "the header 'X-API-Key' is missing or wrong", headers: [.wwwAuthenticate: "ApiKey"])

    /// `X-API-Key: KEY` as in the reference service, or `Authorization: Bearer KEY` as most programs can send it.
    private static func key(in headers: HTTPFields) -> [UInt8]? {
        if let key = headers[header] { return Array(key.utf8) }
        guard let words = headers[.authorization]?.split(separator: " ", maxSplits: 1), words.count == 2 else { return nil }
        return words[0].lowercased() == "bearer" ? Array(words[1].utf8) : nil
    }

    /// Looks at every byte whatever the ones before said, so that the time tells nothing about where they differ.
    private static func matches(_ given: [UInt8], _ key: [UInt8]) -> Bool {
        guard !key.isEmpty else { return false }
        var difference = UInt8(given.count == key.count ? 0 : 1)
        for (index, byte) in given.enumerated() { difference |= byte ^ key[index % key.count] }
        return difference == 0
    }

    // The name is a valid token, so there is one.
    private static let header = HTTPField.Name("X-API-Key")!
}

/// Who has sent wrong keys: ten at once, then one in six seconds.
final class WrongKeys: Sendable {
    private static let burst = 10.0
    private static let secondsEach = 6.0
    /// Who has more addresses than that to guess from is not held up by this.
    private static let remembered = 10_000

    /// For each address when its last wrong key will be forgotten, in seconds of the clock; each one moves that by six seconds.
    private let forgottenAt = Mutex<[String: Double]>([:])

    /// Notes a wrong key.
    func note(_ address: String?, at now: Instant) {
        forgottenAt.withLock { times in
            if times.count >= WrongKeys.remembered { times = times.filter { $0.value > now.seconds } }
            if times.count >= WrongKeys.remembered { times = [:] }
            times[address ?? ""] = max(times[address ?? ""] ?? 0, now.seconds) + WrongKeys.secondsEach
        }
    }

    /// Seconds until an address may try again; nil when it may now.
    func wait(_ address: String?, at now: Instant) -> Int? {
        let ahead = forgottenAt.withLock { $0[address ?? ""] ?? 0 } - now.seconds
        let excess = ahead - (WrongKeys.burst - 1) * WrongKeys.secondsEach
        return excess > 0 ? max(1, Int(excess.rounded(.up))) : nil
    }
}
