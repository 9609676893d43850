import Support
import Testing

@testable import luneta

struct BannerTests {
    private func text(_ host: String, _ more: [String: String] = [:]) -> String {
        let texts = ["camera.host": host, "camera.port": "8000", "camera.rtsp_url": "rtsp://me:secret@127.0.0.1:8554/cam"].merging(more) {
            $1
        }
        let settings = Settings(entries: texts.mapValues { Settings.Entry(text: $0, source: "test") })
        return Banner(settings, FakeSurface()).text
    }

    @Test(arguments: [
        ("127.0.0.1", "http://127.0.0.1:8000/"), ("0.0.0.0", "http://127.0.0.1:8000/"), ("::", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"), ("camera.example", "http://camera.example:8000/"),
    ])
    func `it says where to look`(host: String, address: String) {
        #expect(text(host).contains("watch   \(address)\n"))
    }

    @Test func `with TLS the address says so`() {
        #expect(text("127.0.0.1", ["luneta.tls_certificate": "chain.pem"]).contains("watch   https://127.0.0.1:8000/\n"))
    }

    @Test func `it shows no password`() {
        #expect(text("127.0.0.1").contains("stream  rtsp://127.0.0.1:8554/cam "))
    }
}
