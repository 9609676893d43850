import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// What a visitor sees: Debian's Chromium shows the page, and a code that the simulated camera paints is read back from its video.
    struct BrowserTests {
        /// The page on a machine that others use too; a quiet one shows a frame after some 130 ms.
        private static let latest = 500.0

        private func service(port: Int? = nil, _ environment: [String: String] = [:]) async throws -> Service {
            let size = ["CAMERA_WIDTH": "1280", "CAMERA_HEIGHT": "720"]
            return try await Service(camera: "sim:imx708?seed=77", environment: size.merging(environment) { $1 }, port: port)
        }

        @Test func `the page shows this camera's picture, and it moves`() async throws {
            let service = try await service()
            let screenshot = try Scratch.folder() + "/page.png"
            let page = try Page(service, seconds: 8, "--screenshot", screenshot)
            try await page.ends(within: 60)
            let frames = page.looks.dropFirst(4).flatMap(\.frames)
            #expect(frames.count >= 60)
            #expect(frames.allSatisfy { $0.good && $0.source == 77 && $0.width == 1280 && $0.height == 720 })
            #expect(zip(frames, frames.dropFirst()).allSatisfy { ($1.number - $0.number) & 0xFFFF < 30 && $1.number != $0.number })
            let delays = frames.map(\.delay).sorted()
            let (median, high) = (delays[delays.count / 2], delays[delays.count * 95 / 100])
            print("paint to page: \(median) ms median, \(high) ms for 95 %; the screenshot is \(screenshot)")
            #expect(high < Self.latest)
            #expect(page.looks.last?.message == "")
            #expect(page.complaints == [])
            try await service.stop()
        }

        @Test func `the picture is back after the service was restarted under the page`() async throws {
            let first = try await service()
            let page = try Page(first, seconds: 60)
            try await page.shows("a picture", within: 30) { $0.frames.last?.good == true }
            try await first.stop()
            try await page.shows("why there is none", within: 10) { $0.frames.isEmpty && $0.message.contains("the host does not answer") }
            let second = try await service(port: first.port)
            try await page.shows("the new one's picture", within: 20) { look in
                look.message == "" && look.frames.last.map { $0.good && $0.delay < Self.latest && $0.number < 1000 } ?? false
            }
            page.close()
            try await second.stop()
        }

        @Test func `a size is changed under the page and the picture goes on`() async throws {
            let service = try await service()
            let page = try Page(service, seconds: 60)
            try await page.shows("a picture", within: 30) { $0.frames.last?.good == true }
            try await service.post("/v1/camera/resolution?wait=applied", #"{"width": 640, "height": 480}"#)
            try await page.shows("the small one", within: 10) {
                $0.frames.last.map { $0.good && $0.width == 640 && $0.height == 480 } ?? false
            }
            try await service.post("/v1/camera/resolution?wait=applied", #"{"width": 1920, "height": 1080}"#)
            try await page.shows("the large one", within: 10) { $0.frames.last.map { $0.good && $0.width == 1920 } ?? false }
            // One connection all along: the new size came inline.
            #expect(try await service.counters()["video_viewers_ever"] == 1)
            page.close()
            try await eventually("nobody watches any more", within: 5) { try await service.counters()["video_viewers"] == 0 }
            try await service.stop()
        }

        @Test func `a browser that plays no fragments gets pictures`() async throws {
            let service = try await service()
            let page = try Page(service, seconds: 60, "--without-mse")
            try await page.shows("pictures that move", within: 30) { look in
                look.message == "" && look.frames.count > 1 && look.frames.allSatisfy { $0.good && $0.source == 77 }
            }
            #expect(try await service.counters()["video_viewers_ever"] == 0)
            page.close()
            try await eventually("nobody watches any more", within: 5) { try await service.counters()["picture_viewers"] == 0 }
            try await service.stop()
        }

        @Test func `where there is a key the page asks for it once`() async throws {
            let service = try await service(["CAMERA_API_KEY": "open sesame"])
            let page = try Page(service, seconds: 60, "--key", "open barley", "--key", "open sesame")
            try await page.shows("a picture", within: 30) { $0.frames.last?.good == true }
            #expect(page.answers == ["open barley": "This key is not the right one.", "open sesame": ""])
            page.close()
            try await service.stop()
        }
    }
}

/// A page in headless Chromium, looked at by `browser.py`.
private final class Page: Sendable {
    /// What one look saw.
    struct Look: Decodable {
        struct Frame: Decodable {
            let good: Bool
            let source: Int
            let number: Int
            /// Milliseconds from painting to showing.
            let delay: Double
            let width: Int
            let height: Int
        }

        let frames: [Frame]
        let message: String
    }

    private struct Summary: Decodable { let complaints: [String] }

    private struct Answer: Decodable {
        let key: String
        let problem: String
    }

    private let browser: Background

    /// Opens the page at `/`.
    init(_ service: Service, seconds: Int, _ more: String...) throws {
        let arguments = [
            MediaServer.rigs + "/browser.py", "http://127.0.0.1:\(service.port)/", "--port", String(try FreePort.next()), "--seconds",
            String(seconds), "--every", "0.25",
        ]
        browser = try Background("/usr/bin/python3", arguments + more)
    }

    deinit { close() }

    /// Everything seen so far.
    var looks: [Look] { lines(Look.self) }

    /// What the page said to each key that was typed.
    var answers: [String: String] { Dictionary(lines(Answer.self).map { ($0.key, $0.problem) }) { $1 } }

    /// What the browser's console complained about, once the page is closed.
    var complaints: [String] { lines(Summary.self).flatMap(\.complaints) }

    /// Waits until a look that begins from now on shows something.
    func shows(_ what: String, within seconds: Double, _ isSo: @escaping @Sendable (Look) -> Bool) async throws {
        let before = looks.count
        do {
            try await eventually("the page shows \(what)", within: seconds) { self.looks.dropFirst(before).contains(where: isSo) }
        } catch {
            Issue.record("\(browser.output.suffix(2000))")
            throw error
        }
    }

    /// Waits until the time to look is over.
    func ends(within seconds: Double) async throws {
        try await eventually("the browser ends", within: seconds) { !self.browser.isRunning }
    }

    /// Closes it, and the browser with it.
    func close() { browser.end() }

    private func lines<Line: Decodable>(_ type: Line.Type) -> [Line] {
        browser.output.split(separator: "\n").compactMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) }
    }
}
