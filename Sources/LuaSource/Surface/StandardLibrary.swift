/// Lua's own library as scripts have it, and what they have in place of the rest.
enum StandardLibrary {
    static let globals: [String: ScriptSurface.Member] = {
        var globals = Dictionary(uniqueKeysWithValues: basics.map { ($0, ScriptSurface.Member.open) })
        globals["print"] = .function(ScriptSurface.Function("print"))
        for (name, members) in libraries { globals[name] = .table(library(name, members)) }
        for (name, instead) in absent where !name.contains(".") { globals[name] = .absent(name, instead: instead) }
        return globals
    }()

    private static func library(_ name: String, _ members: String) -> ScriptSurface.Table {
        var table = ScriptSurface.Table(name, noun: "function")
        for member in words(members) { table.members[member] = .open }
        for (path, instead) in absent where path.hasPrefix(name + ".") {
            table.members[String(path.dropFirst(name.count + 1))] = .absent(path, instead: instead)
        }
        return table
    }

    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    /// `persist` and `require` belong to the host, but are as open as these.
    private static let basics = words(
        "_G _VERSION assert error getmetatable ipairs load next pairs pcall persist rawequal rawget rawlen rawset require select setmetatable "
            + "tonumber tostring type xpcall")

    private static let libraries = [
        "coroutine": "close create isyieldable resume running status wrap yield",
        "math": "abs acos asin atan ceil cos deg exp floor fmod huge log max maxinteger min mininteger modf pi rad random randomseed sin "
            + "sqrt tan tointeger type ult",
        "os": "clock date difftime time",
        "string": "byte char find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper",
        "table": "concat insert move pack remove sort unpack",
        "utf8": "char charpattern codepoint codes len offset",
    ]

    /// What scripts have in place of names of Lua's library, also of older versions of it.
    private static let absent = [
        "arg": "'script.args' has the arguments",
        "bit32": "Lua has the operators &, |, ~, << and >>",
        "collectgarbage": "the host collects what nobody needs",
        "debug": "'log.debug' writes to the script's log, and an error comes with its traceback",
        "dofile": "'require' loads another file of the script folder",
        "getfenv": "'load' takes an environment",
        "io": "'persist' keeps values, 'log' writes lines, 'still.take' writes pictures",
        "loadfile": "'require' loads another file of the script folder",
        "loadstring": "'load' compiles text",
        "math.atan2": "'math.atan' takes y and x",
        "math.ldexp": "write x * 2.0 ^ n",
        "math.pow": "write x ^ y",
        "module": "a module returns a table",
        "os.execute": "a script cannot start programs; 'emit' tells others what happened",
        "os.exit": "a script ends when it has no timers and handlers; 'error' stops it at once",
        "os.getenv": "'script.args' has the arguments",
        "os.remove": "'persist' keeps values; set one to nil to remove it",
        "os.rename": "'persist' keeps values",
        "os.setlocale": "text is UTF-8",
        "os.tmpname": "'persist' keeps values",
        "package": "'require' finds the files of the script folder",
        "setfenv": "'load' takes an environment",
        "string.dump": "only text can be loaded",
        "string.gfind": "use 'string.gmatch'",
        "table.getn": "write #t",
        "table.maxn": "write #t",
        "unpack": "use 'table.unpack'",
        "warn": "use 'log.warn'",
    ]
}
