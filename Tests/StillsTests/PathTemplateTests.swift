import Catalog
import Testing

@testable import Stills

struct PathTemplateTests {
    private let time = LocalTime(wall: 1_764_000_000.042) { _ in 3600 }

    private func filled(_ text: String) throws -> PathTemplate.Filled { try PathTemplate(text).filled(time, frame: 1842) }

    @Test(arguments: [
        ("a.jpg", "a.jpg"), ("garden/%Y-%m-%d/%H%M%S.jpg", "garden/2025-11-24/170000.jpg"), ("%s.jpeg", "1764000000.jpeg"),
        ("x-%f.JPG", "x-042.JPG"), ("{frame}.jpg", "1842.jpg"), ("100%%.jpg", "100%.jpg"), ("Bäume/Fuß.jpg", "Bäume/Fuß.jpg"),
        ("a b/c d.jpg", "a b/c d.jpg"), ("%H.jpg", "17.jpg"),
    ])
    func `a template becomes a path`(text: String, path: String) throws {
        let filled = try filled(text)
        #expect((filled.folders + [filled.name(0)]).joined(separator: "/") == path)
    }

    @Test func `a counter has as many digits as it says, and more when it needs them`() throws {
        let filled = try filled("garden/{n:03}-%H.jpg")
        #expect(filled.name(7) == "007-17.jpg")
        #expect(filled.name(1234) == "1234-17.jpg")
        #expect(try self.filled("{n}.jpg").name(7) == "7.jpg")
    }

    @Test func `a counter is found in the names that have it`() throws {
        let filled = try filled("cat-{n:02}.jpg")
        #expect(filled.number(of: "cat-07.jpg") == 7)
        #expect(filled.number(of: "cat-123.jpg") == 123)
        for other in ["cat-.jpg", "cat-x.jpg", "cat-07.png", "dog-07.jpg", "cat-07", "", "cat--1.jpg", "cat-99999999999999999999.jpg"] {
            #expect(filled.number(of: other) == nil, "\(other)")
        }
    }

    @Test(arguments: [
        ("/etc/a.jpg", "be relative"), ("../a.jpg", "hidden"), ("a/../b.jpg", "hidden"), ("a/..", "hidden"), (".a.jpg", "hidden"),
        ("a/.b/c.jpg", "hidden"), ("a//b.jpg", "empty names"), ("a/", "empty names"), ("", "empty names"), ("a.png", "end in"),
        ("a", "end in"), (".jpg", "hidden"), ("%Y", "end in"), ("a.jpg/b", "end in"), ("%q.jpg", "fields of time"),
        ("a%.jpg", "fields of time"),
        ("a.jpg%", "fields of time"), ("{x}.jpg", "in braces"), ("{n:0}.jpg", "in braces"), ("{n", "close '{'"), ("{n}{n}.jpg", "once"),
        ("{n}/a.jpg", "once"), ("a\u{0}b.jpg", "control"), ("a\nb.jpg", "control"), ("1/2/3/4/5/6/7/8/9/a.jpg", "at most 8 folders"),
    ])
    func `what leads astray is refused, and why`(text: String, reason: String) {
        let problem = #expect(throws: Problem.self) { try PathTemplate(text) }
        #expect(problem?.sentence.contains(reason) ?? false, "\(problem?.sentence ?? "")")
        #expect(problem?.code == .outOfRange && problem?.key == "path")
    }

    @Test func `a name that no file system takes is refused`() throws {
        let long = String(repeating: "ä", count: 120)
        #expect(throws: Problem.self) { try filled("\(long).jpg") }
        #expect(throws: Problem.self) { try filled("\(long)/a.jpg") }
    }
}
