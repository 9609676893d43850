import Catalog
import HTTPTypes
import Logging
import Support
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct LogTests {
    private func log(_ lines: [(String, String)]) -> ServiceLog {
        let log = ServiceLog()
        for (level, text) in lines { log.add(level: level, text) }
        return log
    }

    private let three = [("INFO", "camera up"), ("ERROR", "no INFO here"), ("WARNING", "camera slow")]

    @Test func `the last lines come oldest first, in the reference service's words`() async {
        let client = RESTClient(log: log(three))
        #expect(
            await client.get("/v1/system/logs?lines=2").text
                == #"{"logs":["no INFO here","camera slow"],"total_lines":2,"service":"pi-camera-service"}"#)
    }

    @Test(arguments: [
        ("level=INFO", ["camera up"]), ("level=error", ["no INFO here"]), ("level=warn", ["camera slow"]),
        ("search=camera", ["camera up", "camera slow"]),
        ("level=&search=", ["camera up", "no INFO here", "camera slow"]), ("level=here", []), ("lines=1&search=up", ["camera up"]),
    ])
    func `filters are exact about levels and come before the count`(query: String, lines: [String]) async {
        #expect(await RESTClient(log: log(three)).get("/v1/system/logs?\(query)")["logs"] == .list(lines.map(Value.text)))
    }

    @Test(arguments: ["lines=0", "lines=10001", "lines=x", "lines=1.5"])
    func `a bad count is 422`(query: String) async {
        #expect(await RESTClient().get("/v1/system/logs?\(query)").violation["loc"] == ["query", "lines"])
    }

    @Test func `only so many lines are kept, the newest`() {
        let log = ServiceLog()
        for number in 0..<(ServiceLog.kept + 5) { log.add(level: "INFO", "\(number)") }
        #expect(log.last(.max, LogFilter()).first == "5")
        #expect(log.last(1, LogFilter()) == ["\(ServiceLog.kept + 4)"])
    }

    @Test func `new lines are followed, one event for each line of an entry`() async {
        let log = log(three)
        let client = RESTClient(log: log)
        let stream = await client.follow("/v1/system/logs/stream?level=ERROR", chunks: 2) {
            log.add(level: "INFO", "quiet")
            log.add(level: "ERROR", "first\nsecond")
        }
        #expect(stream.chunks == ["data: first\n\n", "data: second\n\n"])
        #expect(stream.headers[.contentType] == "text/event-stream")
        #expect(stream.headers[.cacheControl] == "no-cache")
        #expect(stream.headers[HTTPField.Name("X-Accel-Buffering")!] == "no")
    }

    @Test(arguments: [
        ("publishes to rtsp://me:p@ss@host:8554/cam now", "publishes to rtsp://***@host:8554/cam now"),
        ("key=s3cret and s3cret2", "key=*** and ***"), ("a@b is no address, http://host/x is", "a@b is no address, http://host/x is"),
        (#"two "rtsp://a:b@c" and <http://d:e@f/g>"#, #"two "rtsp://***@c" and <http://***@f/g>"#),
    ])
    func `secrets are taken out`(text: String, hidden: String) {
        #expect(SecretMask(["s3cret", "s3cret2", ""]).hide(text) == hidden)
    }

    @Test func `an entry says when, how bad and where`() {
        let log = ServiceLog()
        var logger = Logger(label: "luneta") { ServiceLogHandler(label: $0, log: log, mask: SecretMask(["s3cret"])) }
        logger[metadataKey: "b"] = "s3cret"
        logger.warning("slow", metadata: ["a": "1"])
        let line = log.last(1, LogFilter(level: "WARNING")).first ?? ""
        #expect(line.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z WARNING luneta: slow a=1 b=\*\*\*/) != nil, "\(line)")
    }
}
