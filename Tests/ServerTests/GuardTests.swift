import HTTPTypes
import Testing

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

    @Test func `the right key passes, and no other`() {
        let guardian = KeyGuard("secret")
        let name = HTTPField.Name("X-API-Key")!
        #expect((try? guardian.check([name: "secret"])) != nil)
        for wrong in ["", "secre", "secrets", "secretsecret", "Secret", "secreT"] {
            #expect((try? guardian.check([name: wrong])) == nil, "\(wrong)")
        }
        #expect((try? guardian.check([:])) == nil)
    }

    // Weakness 12: an empty key locks everybody out while the log says authentication is off.
    @Test(arguments: [nil, ""] as [String?])
    func `no key and an empty key let everybody in`(key: String?) {
        #expect(!KeyGuard(key).isOn)
        #expect((try? KeyGuard(key).check([:])) != nil)
    }
}
