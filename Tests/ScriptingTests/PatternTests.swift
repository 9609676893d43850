import Catalog
import Testing

@testable import Scripting

private final class Nobody: LuaHost {
    var wall: Double { 0 }
    func call(_ operation: Int32, _ index: Int, _ tape: LuaTape) -> LuaAnswer { .nothing }
}

/// Runs text in a state that has the system's string library as `stock`.
private func compare(_ source: String) throws -> LuaRun {
    var limits = ScriptLimits.standard
    limits.runSeconds = 60
    let host = Nobody()
    let state = try LuaState(limits, StopFlag(), host: host)
    defer { withExtendedLifetime(host) {} }
    #expect(state.setStockStrings())
    return state.start(try state.load(source, name: "compare"))
}

/// Counts how often our functions and the system's differ on random pairs; the first differences are returned too.
private let generator = """
    local pieces = { 'a', 'b', '.', '%a', '%d', '%s', '%W', '%z', '[ab]', '[^a]', '[a-c]', '[%a_]', '[]]', '[^]]', '[a-]', '[-a]', '(', ')', '()',
      '*', '+', '-', '?', '^', '$', '%1', '%2', '%b()', '%bxy', '%f[a]', '%f[%w]', '%', '[', '%f', '%b', '\\0', '[%', '[a', '%%', '%.' }
    local letters = { 'a', 'b', 'c', 'x', 'y', '(', ')', '1', ' ', '_', '%', '\\0', ']', '-' }
    local function pick(from, most)
      local t = {}
      for i = 1, math.random(0, most) do t[i] = from[math.random(#from)] end
      return table.concat(t)
    end
    local function show(...)
      local t = table.pack(...)
      for i = 1, t.n do t[i] = tostring(t[i]):gsub('%c', '~') end
      return table.concat(t, '|')
    end
    local differences, first = 0, {}
    local function check(name, ...)
      local ours, theirs = show(pcall(string[name], ...)), show(pcall(stock[name], ...))
      if ours ~= theirs then
        differences = differences + 1
        if #first < 5 then first[#first + 1] = name .. ' ' .. show(...) .. ': ' .. ours .. ' / ' .. theirs end
      end
    end
    local function all(library, text, pattern)
      local found = {}
      for a, b in library.gmatch(text, pattern) do found[#found + 1] = show(a, b) end
      return table.concat(found, ';')
    end
    math.randomseed(20261123)
    for i = 1, 25000 do
      local text, pattern, replacement = pick(letters, 12), pick(pieces, 6), pick({ 'r', '%0', '%1', '%2', '%%', '%' }, 3)
      local start = math.random(-14, 14)
      check('find', text, pattern) check('find', text, pattern, start) check('match', text, pattern, start)
      check('find', text, pattern, start, true)
      check('gsub', text, pattern, replacement) check('gsub', text, pattern, '<%0>', math.random(0, 3))
      check('gsub', text, pattern, { a = 1, b = false }) check('rep', text, math.random(-1, 5), replacement)
      local ours, theirs = show(pcall(all, string, text, pattern)), show(pcall(all, stock, text, pattern))
      if ours ~= theirs then differences = differences + 1 first[#first + 1] = 'gmatch ' .. text .. ' ' .. pattern .. ours .. ' / ' .. theirs end
    end
    return differences, table.concat(first, '\\n')
    """

@Test func `find, match, gmatch, gsub and rep agree with the system's on 45,000 random calls`() throws {
    let run = try compare(generator)
    #expect(run == .done([0, ""]), "\(run)")
}

@Test(arguments: [
    "return ('hello world'):find('o w'), ('hello'):find('l+'), ('key = value'):match('^(%w+)%s*=%s*(%w+)$')",
    "return ('THE (quick) fox'):find('%((%a+)%)'), ('f(a(b)c)d'):match('%b()')",
    "local t = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do t[#t + 1] = k .. v end return table.concat(t)",
    "return ('abc'):gsub('', '-'), ('abc'):gsub('%w', '%0%0', 2), ('hello world'):gsub('o', { o = '0' }), ('abc'):gsub('b', function() end)",
    "local t = {} for s in ('one two'):gmatch('%a+', 3) do t[#t + 1] = s end return table.concat(t, ','), ('x'):rep(3, ',')",
])
func `an example gives what the system's library gives`(_ source: String) throws {
    #expect(try compare(source) == compare("for name, f in pairs(stock) do string[name] = f end " + source))
}

@Test func `a callback of gsub sees each match once, and its error passes through`() throws {
    #expect(try compare("local n = 0 ('abc'):gsub('%w', function(c) n = n + #c end) return n") == .done([3]))
    #expect(try compare("return pcall(string.gsub, 'abc', 'b', function() error('no', 0) end)") == .done([false, "no"]))
}
