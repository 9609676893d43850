import Testing

@testable import LuaSource

struct RobustnessTests {
    @Test(arguments: [
        ("(", ""), ("{", "x="), ("[", "x="), ("do ", ""), (".a", "x=a"), ("()", "a"), ("+1", "x=1"), ("..1 ", "x=1 "), ("-", "x="),
        ("a,", ""), ("a", ""), ("'", ""), ("\\", "x='"), ("=", "["), ("x=camra ", ""), ("camra() ", ""), ("\n", ""),
        ("---@needs stil\n", ""),
        ("elseif x then ", "if x then "), ("x={a,1} ", ""), ("local a=1 ", ""), ("::a::", ""), ("goto a ", ""),
        ("camera:apply(t) ", "local t = { ['exposure.gain'] = 900, x = 1 } "),
        ("9", "x="), ("f", "x=0x"), ("camera.exposure.tme=1 ", ""), ("1,", "x={"), ("\u{0}", ""), ("ä", ""), ("function f()end ", ""),
    ])
    func `no text is too odd to be looked at`(_ piece: String, _ head: String) {
        let source = head + String(repeating: piece, count: 65_536 / piece.utf8.count)
        let found = LuaSource.analyse(source, needs: ["control exposure.*"])
        #expect(found.count <= 100)
    }

    @Test func `any bytes are looked at`() {
        var state: UInt64 = 7
        for length in [0, 1, 2, 3, 10, 100, 1000] {
            for _ in 0..<200 {
                let bytes = (0..<length).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(truncatingIfNeeded: state >> 33)
                }
                for finding in LuaSource.analyse(bytes) { #expect(finding.line >= 1 && finding.column >= 1) }
            }
        }
    }

    @Test func `a text cut off anywhere is looked at`() {
        let source = Array(
            "local t = { [\"exposure.time\"] = '20ms', x = 0x1p4 } goto a; camera:apply(t) ::a:: every('1s', tick()) --[[ x ]]".utf8)
        for end in source.indices { _ = LuaSource.analyse(Array(source[..<end])) }
    }

    @Test func `tables in tables in locals take no time`() {
        let source = (1...150).map { "local t\($0) = { t\($0 - 1), t\($0 - 1) }" }.joined(separator: "\n") + "\ncamera.geometry.roi = t150"
        #expect(LuaSource.analyse("local t0 = { 1 }\n" + source) == [])
    }

    @Test func `findings come in the order of the text and end at a hundred`() {
        let found = LuaSource.analyse(String(repeating: "print(camra)\n", count: 500))
        #expect(found.count == 100)
        #expect(found.map(\.line) == Array(1...100))
    }

    @Test func `a text beyond all measure is refused`() {
        #expect(
            LuaSource.analyse([UInt8](repeating: 0x20, count: LuaSource.longest + 1)).map(\.message) == [
                "the text is longer than 16777216 bytes"
            ])
    }
}
