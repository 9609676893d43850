import Catalog
import JSON
import Testing

@testable import Server

struct ValueJSONTests {
    private func parse(_ json: String) throws(MalformedJSON) -> Value { try Value(json: Array(json.utf8)) }

    @Test func `truth values, whole numbers and numbers stay apart`() throws {
        let value = try parse(
            #"{"t":true,"f":false,"one":1,"zero":0,"half":0.5,"big":123456789012345678901234,"null":null,"list":[1,"a"]}"#)
        #expect(
            value == [
                "t": true, "f": false, "one": 1, "zero": 0, "half": 0.5, "big": 123456789012345678901234.0, "null": nil, "list": [1, "a"],
            ])
        #expect(value.table?["one"] == .integer(1))
    }

    @Test func `the last of two equal names wins, as it does for the reference service`() throws {
        #expect(try parse(#"{"a":1,"a":2}"#) == ["a": 2])
    }

    @Test(arguments: [
        ("{", 1), ("nope", 1), (#"{"a":NaN}"#, 5), (#"{"a":Infinity}"#, 5), (#"{"a":-Infinity}"#, 6), (#"{"a":1} x"#, 8), (#"{a:1}"#, 1),
        (#"{"a":01}"#, 6), (#"{"a":"\q"}"#, 6), ("[1", 2), (#"{"a":1e400}"#, 0), ("", 0),
    ])
    func `malformed text is refused with its place`(json: String, offset: Int) {
        let problem = #expect(throws: MalformedJSON.self) { try parse(json) }
        #expect(problem?.offset == offset)
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `a hundred thousand levels are refused without a crash`(level: String) {
        #expect(throws: MalformedJSON.self) { try parse(String(repeating: level, count: 100_000)) }
    }

    @Test func `bytes that are no text are refused`() {
        #expect(throws: MalformedJSON.self) { try Value(json: [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]) }
        #expect(throws: MalformedJSON.self) { try Value(json: [0, 1, 2]) }
    }
}
