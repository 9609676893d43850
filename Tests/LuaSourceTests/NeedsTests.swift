import Catalog
import Testing

@testable import LuaSource

struct NeedsTests {
    @Test func `a script without needs may set every control and do nothing that reaches out`() throws {
        let needs = try Needs()
        #expect(needs.allows(control: "exposure.time") && needs.allows(control: "raw.AeFlickerPeriod"))
        #expect(needs.allows(command: "focus.trigger") && needs.allows(command: "stream.status"))
        for command in ["still.take", "stream.start", "stream.stop", "script.run", "script.stop", "script.reload"] {
            #expect(!needs.allows(command: command), "\(command)")
        }
        #expect(!needs.allows(http: "example.org"))
    }

    @Test func `a script that names controls may set only those`() throws {
        let needs = try Needs(["control exposure.* image.contrast", "still"])
        #expect(needs.allows(control: "exposure.time") && needs.allows(control: "image.contrast"))
        #expect(!needs.allows(control: "image.sharpness") && !needs.allows(control: "exposures.time"))
        #expect(!needs.allows(control: "raw.AeFlickerPeriod"))
        #expect(needs.allows(command: "still.take") && !needs.allows(command: "focus.trigger"))
    }

    @Test func `needs without a control leave every control free`() throws {
        #expect(try Needs(["still"]).allows(control: "image.contrast"))
    }

    @Test(arguments: [("*", "focus.mode", true), ("*", "raw.X", true), ("raw.*", "raw.X", true), ("raw.*", "focus.mode", false)])
    func `a star stands for any text`(_ pattern: String, _ key: String, _ isAllowed: Bool) throws {
        #expect(try Needs(["control \(pattern)"]).allows(control: key) == isAllowed)
    }

    @Test func `lines add up`() throws {
        let needs = try Needs(["control exposure.*", "control focus.*", "http example.org", "http *.lan"])
        #expect(needs.allows(control: "exposure.gain") && needs.allows(command: "focus.trigger"))
        #expect(needs.allows(http: "example.org") && needs.allows(http: "gate.garden.lan"))
    }

    @Test(arguments: [
        ("example.org", true), ("EXAMPLE.org", true), ("www.example.org", false), ("a.lan", true), ("lan", false),
        ("a.lan.evil.org", false),
    ])
    func `a host has to fit whole`(_ host: String, _ isAllowed: Bool) throws {
        #expect(try Needs(["http example.org *.lan"]).allows(http: host) == isAllowed)
    }

    @Test func `http without hosts is every host`() throws {
        #expect(try Needs(["http"]).allows(http: "example.org"))
    }

    @Test(arguments: Catalog.commands.map(\.key)) func `every command is allowed to a script that asks for all`(_ command: String) throws {
        #expect(try Needs(["control *", "still", "stream", "script", "http"]).allows(command: command))
    }

    @Test func `a command nobody has thought of is not allowed`() throws {
        #expect(try !Needs(["control *", "still", "stream", "script", "http"]).allows(command: "gpio.set"))
    }

    @Test(arguments: [
        (Needs.Use.control("image.contrast"), "'image.contrast' needs '---@needs control image.*' in the header"),
        (.control("raw.AeFlickerPeriod"), "'raw.AeFlickerPeriod' needs '---@needs control raw.*' in the header"),
        (.command("still.take"), "'still.take' needs '---@needs still' in the header"),
        (.command("stream.start"), "'stream.start' needs '---@needs stream' in the header"),
        (.command("script.run"), "'script.run' needs '---@needs script' in the header"),
        (.command("focus.trigger"), "'focus.trigger' needs '---@needs control focus.*' in the header"),
        (.http(host: "example.org"), "'example.org' needs '---@needs http example.org' in the header"),
        (.http(host: nil), "'http' needs '---@needs http' in the header"),
    ])
    func `a problem names the line that is missing`(_ use: Needs.Use, _ sentence: String) throws {
        let problem = try Needs(["control exposure.*"]).problem(with: use)
        #expect(problem?.sentence == sentence)
        #expect(problem?.code == .denied)
    }

    @Test func `the line that a problem names is enough`() throws {
        for use in [
            Needs.Use.control("image.contrast"), .command("still.take"), .command("focus.trigger"), .http(host: "a.b"), .http(host: nil),
        ] {
            let need = Needs.line(for: use).dropFirst("---@needs ".count)
            #expect(try Needs(["control exposure.*", String(need)]).problem(with: use) == nil)
        }
    }

    @Test(arguments: [
        ("stil", "there is no need 'stil', only 'control', 'http', 'script', 'still', 'stream'; did you mean 'still'?"),
        ("focus", "there is no need 'focus', only 'control', 'http', 'script', 'still', 'stream'; did you mean 'control focus.*'?"),
        (
            "stream.start",
            "there is no need 'stream.start', only 'control', 'http', 'script', 'still', 'stream'; did you mean 'stream'?"
        ),
        ("gpio", "there is no need 'gpio', only 'control', 'http', 'script', 'still', 'stream'"),
        ("control", "'control' names what may be set, such as 'control exposure.*'; all is 'control *'"),
        ("still stream", "'still' stands alone, got 'still stream'; needs are separated by ';'"),
    ])
    func `a need that makes no sense is refused`(_ need: String, _ sentence: String) {
        let problem = #expect(throws: Problem.self) { try Needs([need]) }
        #expect(problem?.sentence == sentence)
    }

    @Test func `an empty need is none`() throws {
        #expect(try Needs(["", "  "]) == Needs())
    }

    @Test func `patterns do not pile up`() {
        #expect(throws: Problem.self) { try Needs(["control " + String(repeating: "a.* ", count: 51)]) }
    }
}

struct GlobTests {
    @Test(arguments: [
        ("exposure.time", "exposure.*", true), ("exposure.time", "*.time", true), ("exposure.time", "e*r*e", true), ("", "*", true),
        ("", "", true), ("a", "", false), ("ab", "a", false), ("a", "ab", false), ("abcabd", "*abd", true),
        ("exposure", "exposure.*", false),
    ])
    func `a pattern fits whole names`(_ name: String, _ pattern: String, _ fits: Bool) {
        #expect(Glob(pattern).matches(name) == fits)
    }

    @Test func `many stars take no time`() {
        #expect(!Glob(String(repeating: "*a", count: 200) + "b").matches(String(repeating: "a", count: 2000)))
    }
}

struct URLTextTests {
    @Test(
        arguments: [
            ("https://example.org/x?y=http://z", "example.org"), ("http://user:word@Gate.LAN:8080", "gate.lan"),
            ("http://[fe80::1]:80/", "fe80::1"),
            ("http://a@b@c/", "c"), ("http://", nil), ("example.org", nil), ("", nil),
        ] as [(String, String?)])
    func `the host of an address`(_ url: String, _ host: String?) {
        #expect(URLText.host(url) == host)
    }
}
