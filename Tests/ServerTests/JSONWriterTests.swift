import Catalog
import Testing

struct JSONWriterTests {
    private func text(_ document: Document) -> String { String(decoding: document.json, as: UTF8.self) }

    @Test func `members keep their order and no blank follows a colon or comma`() {
        #expect(
            text(["status": "ok", "a": [1, 2.5, nil, true], "b": ["x": [:], "y": []]])
                == #"{"status":"ok","a":[1,2.5,null,true],"b":{"x":{},"y":[]}}"#)
    }

    @Test func `text is escaped where JSON asks for it`() {
        #expect(text("a\"b\\c\n\t\r\u{1}\u{7F}é😀") == #""a\"b\\c\n\t\r\u0001\u007fé😀""#)
    }

    @Test func `numbers are plain, and null when JSON has no word for them`() {
        #expect(text([50.0, 0.1, -8.0, 1e300, 1e-7]) == "[50,0.1,-8,1e+300,1e-07]")
        #expect(text([.number(.nan), .number(.infinity)]) == "[null,null]")
    }

    @Test func `a table has its members in alphabetical order`() {
        #expect(text((["b": 1, "a": ["y": 2, "x": nil]] as Value).document) == #"{"a":{"x":null,"y":2},"b":1}"#)
    }
}
