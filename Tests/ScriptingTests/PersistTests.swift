import Catalog
import Support
import Testing
import Timing

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
    try store.keep(["count": 1])
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
    try store.keep(["a": 1])
    let bench = try Bench("for k, v in pairs(persist) do print(k, v) end persist.a = nil", persist: store)
    bench.begin()
    #expect(bench.lines == ["a\t1"])
    #expect(store.values.isEmpty)
}

/// A book in memory that may refuse.
private final class Pages: PersistBook {
    let kept = Mutex<[String: [String: Value]]>([:])
    let writes = Mutex<[[String: Value]]>([])
    let refusal = Mutex<Problem?>(nil)

    func values(of script: String) throws(Problem) -> [String: Value] {
        if let problem = refusal.withLock({ $0 }) { throw problem }
        return kept.withLock { $0[script] ?? [:] }
    }

    func write(_ changes: [String: Value], of script: String) throws(Problem) {
        if let problem = refusal.withLock({ $0 }) { throw problem }
        writes.withLock { $0.append(changes) }
        kept.withLock { kept in
            kept[script, default: [:]].merge(changes) { $1 }
            kept[script] = kept[script]?.filter { $0.value != .null }
        }
    }
}

@Test func `only what has changed is written, once a run`() throws {
    let pages = Pages()
    let store = PersistStore("test", book: pages)
    let bench = try Bench(
        "persist.a = 1 persist.b = 2 after(1, function() persist.a = 3 persist.a = 4 persist.b = nil end)", persist: store)
    bench.begin()
    #expect(pages.writes.withLock { $0 } == [["a": 1, "b": 2]])
    bench.run(for: 1)
    #expect(pages.writes.withLock { $0 }.dropFirst() == [["a": 4, "b": .null]])
    #expect(PersistStore("test", book: pages).values == ["a": 4])
}

@Test func `what the disk does not take is said once, kept in memory and written when there is room`() throws {
    let pages = Pages()
    let bench = try Bench("every(1, function() persist.n = (persist.n or 0) + 1 end)", persist: PersistStore("test", book: pages))
    bench.begin()
    pages.refusal.withLock { $0 = Problem(.failed, "the disk is full; make room on that disk") }
    bench.run(for: 3)
    #expect(bench.lines == ["what 'persist' keeps is in memory only: the disk is full; make room on that disk"])
    pages.refusal.withLock { $0 = nil }
    bench.run(for: 1)
    #expect(pages.kept.withLock { $0 } == ["test": ["n": 4]])
}

@Test func `a book that cannot be read is not written over`() throws {
    let pages = Pages()
    pages.kept.withLock { $0 = ["test": ["n": 41]] }
    pages.refusal.withLock { $0 = Problem(.failed, "no") }
    let store = PersistStore("test", book: pages)
    #expect(store.values.isEmpty)
    pages.refusal.withLock { $0 = nil }
    try store.keep(["n": 1])
    #expect(pages.kept.withLock { $0 } == ["test": ["n": 41]])
}

@Test func `more than can be kept is said and takes nothing away`() throws {
    let store = PersistStore()
    try Bench("persist.a = 'kept'", persist: store).begin()
    let bench = try Bench("for _, k in ipairs{ 'b', 'c', 'd', 'e', 'f' } do persist[k] = ('x'):rep(1e6) end", persist: store)
    bench.begin()
    #expect(store.values == ["a": "kept"])
    #expect(bench.lines.count == 1 && bench.lines[0].contains("more than fits"), "\(bench.lines)")
}
