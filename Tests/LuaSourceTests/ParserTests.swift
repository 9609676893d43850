import Testing

@testable import LuaSource

struct ParserTests {
    @Test(arguments: [
        "", ";", "return", "return 1, 2;", "local a <const>, b <close> = 1, nil", "a.b['c'].d, e = f{ x = 1 }:g'text'(1)[2], 5",
        "function a.b.c:d(e, ...) return e, ... end", "for i = 1, 10, 2 do break end", "for k, v in pairs(t) do end",
        "repeat local x until x", "while a do end", "if a then elseif b then else end", "do ::a:: end goto b ::b::",
        "goto a; local x; ::a:: ;;",
        "x = a // b << c >> d & e | f ~ ~g .. -h ^ -i", "f() (g)() h'x' i{}", "x = { 1, 2; x = 3, ['y'] = 4, [5] = 6, f(), }",
        "while true do goto c; local x; ::c:: end", "local function f() return f end", "x = function(...) return ... end",
        "for i = 1, 2 do i = 3 end", "(f or g)(x).y = 1",
    ])
    func `what Lua takes is taken`(_ source: String) {
        #expect(syntaxError(source) == nil)
    }

    @Test(arguments: [
        ("x =", "1:4 unexpected symbol near <eof>"), ("x", "1:2 syntax error near <eof>"), ("f() = 1", "1:5 syntax error near '='"),
        ("(a) = 1", "1:5 syntax error near '='"), ("(f())", "1:6 syntax error near <eof>"), ("a.1", "1:2 syntax error near a number"),
        ("if x then", "1:10 'end' expected near <eof>"), ("if x then\n\n", "3:1 'end' expected (to close 'if' at line 1) near <eof>"),
        ("f(1", "1:4 ')' expected near <eof>"), ("for i do end", "1:7 '=' or 'in' expected near 'do'"),
        ("return 1 x = 2", "1:10 <eof> expected near 'x'"), ("local 5", "1:7 a name expected near a number"),
        ("a:b = 1", "1:5 the arguments of a call expected near '='"), ("break", "1:1 'break' outside a loop"),
        ("for i = 1, 2 do local function f() break end end", "1:36 'break' outside a loop"),
        ("goto a", "1:1 no visible label 'a' for this 'goto'"), ("goto a do ::a:: end", "1:1 no visible label 'a' for this 'goto'"),
        ("::a:: do ::a:: end", "1:10 the label 'a' is there already"),
        ("goto a; local x; ::a:: f()", "1:1 'goto a' jumps into the scope of local 'x'"),
        ("repeat goto c; local x; ::c:: until x", "1:8 'goto c' jumps into the scope of local 'x'"),
        ("do local y; goto a end local x; ::a:: f()", "1:13 'goto a' jumps into the scope of local 'x'"),
        ("local x <const> = 1; x = 2", "1:22 cannot assign to the constant 'x'"),
        ("local x <close> = nil; function f() x = 2 end", "1:37 cannot assign to the constant 'x'"),
        ("local x <odd> = 1", "1:15 unknown attribute 'odd' near '='"),
        ("local a <close>, b <close> = 1", "1:28 more than one '<close>' in a 'local' near '='"),
        ("function f() return ... end", "1:21 cannot use '...' outside a function that takes it near '...'"),
    ])
    func `what Lua refuses is refused where it is wrong`(_ source: String, _ message: String) {
        #expect(syntaxError(source) == message)
    }

    @Test func `a mistake comes alone`() {
        #expect(findings("camra.x = \nevrey(") == ["2:7 error unexpected symbol near <eof>"])
    }

    @Test(arguments: [
        ("(", ")", 197), ("{", "}", 197), ("do ", " end", 198), ("f(", ")", 197), ("function f() ", " end", 198), ("not ", "", 197),
    ])
    func `nesting ends where Lua's own compiler ends it`(_ open: String, _ close: String, _ deepest: Int) {
        func nested(_ depth: Int) -> String {
            let isExpression = !open.hasPrefix("do") && !open.hasPrefix("function")
            let middle = open == "{" ? "" : isExpression ? "1" : ""
            return (isExpression ? "x = " : "") + String(repeating: open, count: depth) + middle + String(repeating: close, count: depth)
        }
        let limit = open == "{" || !(open.hasPrefix("do") || open.hasPrefix("function")) ? deepest : deepest + 1
        #expect(syntaxError(nested(open == "{" ? limit + 1 : limit)) == nil)
        #expect(syntaxError(nested(limit + 2))?.contains("nested too deeply: more than 199 levels") == true)
    }

    @Test func `a function has at most two hundred locals`() {
        let locals = (1...200).map { "local l\($0)" }.joined(separator: "\n")
        #expect(syntaxError(locals) == nil)
        #expect(syntaxError(locals + "\nlocal one_more")?.contains("too many local variables") == true)
        #expect(syntaxError(locals + "\nfunction f() local one_more end") == nil)
        #expect(syntaxError((1...198).map { "local l\($0)" }.joined(separator: "\n") + " for i = 1, 2 do end") != nil)
    }

    @Test func `a local is seen from its statement to the end of its block`() {
        #expect(messages("do local evry = 1 end local x = evry") == ["unknown name 'evry'; did you mean 'every'?"])
        #expect(messages("local evry = evry") == ["unknown name 'evry'; did you mean 'every'?"])
        #expect(messages("local evry = 1 do local evry = 2 end print(evry)") == [])
        #expect(messages("local function evry() return evry end") == [])
        #expect(messages("repeat local evry = 1 until evry") == [])
        #expect(messages("for evry = 1, 2 do print(evry) end print(evry)") == ["unknown name 'evry'; did you mean 'every'?"])
    }
}
