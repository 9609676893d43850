internal import Catalog

/// `require`: other files of the script folders.
extension ScriptRunner {
    /// The text of a module, for Lua to run.
    func module(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let name = try arguments.text(1)
        let file = try Refusal.ifRaised { () throws(Problem) in try services.folders.module(name) }
        modules[file.path] = file.stamp
        return .value(.text(file.text))
    }
}
