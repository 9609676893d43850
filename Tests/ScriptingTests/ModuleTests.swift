import Catalog
import Foundation
import Testing

@testable import Scripting

/// `require` of files in the script folders.
@Suite struct ModuleTests {
    private let scripts: Folder
    private var folder: String { scripts.path }

    init() throws { scripts = try Folder([:]) }

    private func write(_ files: [String: String]) throws {
        for (name, text) in files { try scripts.write(name, text) }
    }

    /// What the script printed; the problem of one that fails.
    private func printed(_ source: String) throws -> [String] {
        let bench = try Bench(source, folders: [folder, "\(folder)/other"])
        if let problem = bench.begin() { return bench.lines + [problem.sentence] }
        return bench.lines
    }

    @Test func `a module runs once and gives what it returns`() throws {
        try write(["lib/light.lua": "print('runs as ' .. ...) return { dark = function(lux) return lux < 5 end }"])
        let lines = try printed("local light = require 'lib.light' print(light.dark(3), require('lib.light') == light)")
        #expect(lines == ["runs as lib.light", "true\ttrue"])
    }

    @Test func `a module that returns nothing is true, and the first folder wins`() throws {
        try write(["a.lua": "global_a = 1", "other/a.lua": "error('wrong one')", "other/b.lua": "return 'from the other'"])
        #expect(try printed("print(require 'a', global_a, require 'b')") == ["true\t1\tfrom the other"])
    }

    @Test func `a module is in the sandbox too`() throws {
        try write(["a.lua": "return io or os.execute or debug or 'nothing'"])
        #expect(try printed("print(require 'a')") == ["nothing"])
    }

    @Test(arguments: ["../a", "a/b", "/etc/passwd", "", ".", "a..b", "..", "a\0b", "ä"])
    func `a name that could leave the folders is refused`(name: String) throws {
        try write(["a.lua": "return 1"])
        let sentence = try printed("require('\(name.replacingOccurrences(of: "\0", with: "\\0"))')").last
        #expect(sentence?.contains("a module's name is made of letters") == true, "\(sentence ?? "nothing")")
    }

    @Test func `a module that is not there says where it was looked for`() throws {
        let sentence = try printed("\nrequire 'lib.nope'").last
        #expect(sentence?.hasPrefix("test:2: there is no module 'lib.nope': no 'lib/nope.lua' in '\(folder)' or '\(folder)/other'") == true)
    }

    @Test func `a mistake in a module names its line`() throws {
        try write(["a.lua": "\nlocal x = = 1", "b.lua": "\n\nlocal x = nil + 1"])
        #expect(try printed("require 'a'").last?.hasPrefix("a:2: unexpected symbol near '='") == true)
        #expect(try printed("require 'b'").last?.hasPrefix("b:3: attempt to perform arithmetic on a nil value") == true)
    }

    @Test func `one that failed is loaded anew`() throws {
        try write(["a.lua": "count = (count or 0) + 1 if count < 2 then error('not yet') end return count"])
        #expect(try printed("print(pcall(require, 'a') == false, require 'a')") == ["true\t2"])
    }

    @Test func `two that need one another are told so`() throws {
        try write(["a.lua": "return require 'b'", "b.lua": "return require 'a'"])
        #expect(try printed("require 'a'").last?.contains("module 'a' is just being loaded; two modules need one another") == true)
    }

    @Test func `a module may not wait, and not run for ever`() throws {
        try write(["a.lua": "sleep(1)", "b.lua": "while true do end", "c.lua": "return ('x'):rep(1e9)"])
        #expect(try printed("require 'a'").last?.contains("or a module") == true)
        #expect(try printed("pcall(require, 'b') print('went on')").last?.contains("CPU time") == true)
        #expect(try printed("print((pcall(require, 'c')))") == ["false"])
    }

    @Test func `bytecode and what is not text are refused`() throws {
        try write(["a.lua": "\u{1b}Lua"])
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: "\(folder)/b.lua"))
        #expect(try printed("require 'a'").last?.contains("attempt to load a binary chunk") == true)
        #expect(try printed("require 'b'").last?.contains("is not text in UTF-8") == true)
    }
}
