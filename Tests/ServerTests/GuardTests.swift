import HTTPTypes
import Testing
import Timing

@testable import Server

struct GuardTests {
    private func admits(_ guardian: OriginGuard, host: String?, origin: String? = nil) -> Bool {
        var head = HTTPRequest(method: .post, scheme: "http", authority: host, path: "/")
        if let origin { head.headerFields[HTTPField.Name("Origin")!] = origin }
        return (try? guardian.check(head)) != nil
    }

    @Test(arguments: ["127.0.0.1:8000", "192.168.1.20", "[::1]:8000", "localhost:8000", "LOCALHOST", "pi.local:8000", "Pi.Local"])
    func `an address, localhost and a configured name reach this host`(host: String) {
        #expect(admits(OriginGuard(["pi.local"]), host: host))
    }

    @Test(arguments: ["evil.example", "pi.local.evil.example:8000", "127.0.0.1.evil.example", "1.2.3", "[::1"])
    func `another name does not, so a rebound one is of no use`(host: String) {
        #expect(!admits(OriginGuard(["pi.local"]), host: host))
    }

    @Test func `a client that names no host is no browser`() {
        #expect(admits(OriginGuard([]), host: nil))
    }

    @Test func `a page of this host or of a configured name may change something`() {
        #expect(admits(OriginGuard([]), host: "10.0.0.2:8000", origin: "http://10.0.0.2:8000"))
        #expect(admits(OriginGuard(["pi.local"]), host: "10.0.0.2:8000", origin: "https://pi.local"))
    }

    @Test(arguments: ["http://evil.example", "null", "http://10.0.0.3:8000", "http://localhost:3000", "http://10.0.0.2:9000", ""])
    func `any other page may not`(origin: String) {
        #expect(!admits(OriginGuard(["pi.local"]), host: "10.0.0.2:8000", origin: origin))
    }

    private let now = Instant(nanoseconds: 0)
    private let header = HTTPField.Name("X-API-Key")!

    /// The status a key is refused with; 200 when it passes.
    private func status(
        _ guardian: KeyGuard, _ headers: HTTPFields, changes: Bool = false, from address: String = "10.0.0.9", at seconds: Double = 0
    ) -> Int {
        do throws(Refusal) {
            try guardian.check(headers, changes: changes, from: address, at: now.advanced(by: seconds))
            return 200
        } catch {
            return error.status.code
        }
    }

    @Test func `the right key passes, and no other`() {
        let guardian = KeyGuard("secret")
        #expect(status(guardian, [header: "secret"]) == 200)
        #expect(status(guardian, [.authorization: "Bearer secret"]) == 200)
        for wrong in ["", "secre", "secrets", "secretsecret", "Secret", "secreT"] {
            #expect(status(guardian, [header: wrong]) == 401, "\(wrong)")
        }
        #expect(status(guardian, [.authorization: "Basic secret"]) == 401)
        #expect(status(guardian, [:]) == 401)
    }

    // Weakness 12: an empty key locks everybody out while the log says authentication is off.
    @Test(arguments: [nil, ""] as [String?])
    func `no key and an empty key let everybody in`(key: String?) {
        #expect(!KeyGuard(key).isOn)
        #expect(status(KeyGuard(key), [:], changes: true) == 200)
    }

    @Test func `a read-only key reads and changes nothing`() {
        let guardian = KeyGuard("secret", readOnly: "look")
        #expect(status(guardian, [header: "look"]) == 200)
        #expect(status(guardian, [header: "look"], changes: true) == 403)
        #expect(status(guardian, [header: "secret"], changes: true) == 200)
        #expect(status(KeyGuard("secret", readOnly: ""), [header: ""]) == 401)
    }

    @Test func `an address that guesses has to wait, also with the right key, and others need not`() {
        let guardian = KeyGuard("secret")
        for _ in 0..<10 { #expect(status(guardian, [header: "guess"]) == 401) }
        #expect(status(guardian, [header: "guess"]) == 429)
        #expect(status(guardian, [header: "secret"]) == 429)
        #expect(status(guardian, [header: "secret"], from: "10.0.0.10") == 200)
        #expect(status(guardian, [header: "secret"], at: 6.1) == 200)
        #expect(status(guardian, [header: "guess"], at: 6.1) == 401)
        #expect(status(guardian, [header: "guess"], at: 6.2) == 429)
        #expect(status(guardian, [header: "secret"], at: 120) == 200)
    }

    @Test func `a request without a key is no guess`() {
        let guardian = KeyGuard("secret")
        for _ in 0..<100 { #expect(status(guardian, [:]) == 401) }
        #expect(status(guardian, [header: "secret"]) == 200)
    }

    @Test func `only so many addresses are remembered`() {
        let wrong = WrongKeys()
        for number in 0..<10_000 { wrong.note("a\(number)", at: now) }
        for _ in 0..<20 { wrong.note("b", at: now) }
        #expect(wrong.wait("b", at: now) == 66)
    }
}
