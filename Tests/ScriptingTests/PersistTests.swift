import Catalog
import Support
import Testing

@testable import Scripting

@Test func `what persist holds is there for the next generation`() throws {
    let store = PersistStore()
    let source = "persist.count = (persist.count or 0) + 1 print(persist.count)"
    try Bench(source, persist: store).begin()
    let second = try Bench(source, persist: store)
    second.begin()
    #expect(second.lines == ["2"])
}

@Test func `a table read from persist may be changed in place`() throws {
    let store = PersistStore()
    try Bench("persist.seen = {} table.insert(persist.seen, { lux = 3, at = 1.5 }) persist.seen[2] = 'x'", persist: store).begin()
    #expect(store.values == ["seen": [["lux": 3, "at": 1.5], "x"]])
}

@Test func `a generation that does not load leaves persist as it was`() throws {
    let store = PersistStore()
    store.values = ["count": 1]
    #expect(try Bench("persist.count = 2 error('no')", persist: store).begin() != nil)
    #expect(store.values == ["count": 1])
}

@Test(arguments: [
    ("persist.f = print", "'persist.f' keeps what JSON can carry, got a function"),
    ("persist.t = { [1] = 1, x = 2 }", "a table whose keys"), ("persist[1] = 1", "a name in 'persist' must be text, got a number"),
    ("local t = {} t.t = t persist.t = t", "nested too deeply"), ("persist.c = camera:release()", "a value of the host"),
])
func `what JSON cannot carry is refused where it is written`(_ source: String, _ words: String) throws {
    let problem = try #require(try Bench(source).begin())
    #expect(problem.sentence.contains(words))
}

@Test func `pairs goes over persist`() throws {
    let store = PersistStore()
    store.values = ["a": 1]
    let bench = try Bench("for k, v in pairs(persist) do print(k, v) end persist.a = nil", persist: store)
    bench.begin()
    #expect(bench.lines == ["a\t1"])
    #expect(store.values.isEmpty)
}
