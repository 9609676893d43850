import Catalog
import Testing

@testable import LuaSource

struct LexerTests {
    @Test(
        arguments: [
            ("3", 3), ("0x10", 16), ("0xA", 10), ("3.5", 3.5), (".5", 0.5), ("3.", 3.0), ("1e3", 1000.0), ("1E-2", 0.01), ("0x1p4", 16.0),
            ("0xA.8p-1", 5.25), ("0xffffffffffffffff", -1), ("9223372036854775808", 9223372036854775808.0), ("-5", -5), ("-0.5", -0.5),
            ("0x0p99999", 0.0),
        ] as [(String, Value)])
    func `numbers are read as Lua reads them`(_ source: String, _ value: Value) throws {
        #expect(try literal(source) == value)
    }

    @Test(arguments: [
        (#""a\n\t\\\"""#, "a\n\t\\\""), (#"'\65\x42\u{20AC}'"#, "AB€"), ("'a\\z  \n  b'", "ab"), ("'a\\\nb'", "a\nb"), ("[[\na]]", "a"),
        ("[==[a]]b]==]", "a]]b"), ("[[\r\na]]", "a"), ("'\\0671'", "C1"), (#"'\u{915}\u{1F600}\u{7FF}'"#, "\u{915}\u{1F600}\u{7FF}"),
    ])
    func `texts are read as Lua reads them`(_ source: String, _ text: String) throws {
        #expect(try literal(source) == .text(text))
    }

    @Test func `text that is not UTF-8 has no known value`() throws {
        #expect(try literal(#""\255""#) == nil)
        #expect(try literal(#""\u{7FFFFFFF}""#) == nil)
    }

    @Test(arguments: [
        ("3x", "malformed number near '3x'"), ("1..2", "malformed number near '1..2'"), ("0x", "malformed number near '0x'"),
        ("1e", "malformed number near '1e'"), ("'abc", "unfinished string near ''abc'"), ("'a\nb'", "unfinished string near ''a'"),
        ("'\\q'", "invalid escape sequence near ''\\q'"), ("'\\256'", "decimal escape too large near ''\\256'"),
        ("'\\xg0'", "hexadecimal digit expected near ''\\x'"), ("'\\u{80000000}'", "UTF-8 value too large near ''\\u{8000000'"),
        ("'\\u{41'", "missing '}' in \\u{xxxx} near ''\\u{41'"), ("[[abc", "unfinished long string"),
        ("[=abc", "invalid long string delimiter near '['"), ("@", "unexpected symbol near '@'"), ("!", "unexpected symbol near '!'"),
    ])
    func `what cannot be read is said where it begins`(_ source: String, _ message: String) {
        #expect(syntaxError("x = \(source)") == "1:5 \(message)")
    }

    @Test(arguments: ["-- a\nx = 1", "--[[ a\nb ]] x = 1", "--[==[ ]] ]==]x = 1", "--[=x\nx = 1", "-- a\r\nx = 1", "--"])
    func `comments are passed over`(_ source: String) {
        #expect(syntaxError(source) == nil)
    }

    @Test func `lines are counted as Lua counts them and columns by characters`() {
        #expect(syntaxError("x=1\r\ny=2\n\rz=3\r@") == "4:1 unexpected symbol near '@'")
        #expect(syntaxError("x = 'äöü' @")?.hasPrefix("1:11 ") == true)
    }
}
