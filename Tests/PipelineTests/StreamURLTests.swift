import Testing

@testable import Pipeline

struct StreamURLTests {
    @Test(arguments: [
        ("rtsp://me:secret@host:8554/cam", "rtsp://host:8554/cam"),
        ("rtsp://me:s@cret@host/cam", "rtsp://host/cam"),
        ("rtsp://host/cam@home", "rtsp://host/cam@home"),
        ("srt://host:9000?passphrase=secret", "srt://host:9000"),
        ("rtsp://[::1]:8554/cam", "rtsp://[::1]:8554/cam"),
        ("/tmp/a.mp4", "/tmp/a.mp4"),
    ])
    func `what may hold a secret is left out`(url: String, shown: String) {
        #expect(StreamURL.withoutCredentials(url) == shown)
    }
}
