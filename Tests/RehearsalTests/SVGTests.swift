import Testing

@testable import Rehearsal

@Test func `numbers have one decimal`() {
    #expect([0, -0.04, 1.25, -0.5, -12.5, 12.96, .nan].map(\Double.fixed) == ["0.0", "0.0", "1.3", "-0.5", "-12.5", "13.0", "0.0"])
    #expect([0, 999, 1000, 1_234_567].map(\.grouped) == ["0", "999", "1,000", "1,234,567"])
}

@Test func `text is cut to the room there is`() {
    #expect(SVG.fitted("short", 100) == "short")
    let cut = SVG.fitted("a label that is far too long", 60)
    #expect(cut.hasSuffix("…") && SVG.width(cut) <= 60)
    #expect(SVG.width("夜") > SVG.width("n"))
}
