internal import Catalog

/// `log.debug`, `info`, `warn` and `error`; `print` is `log.info`.
extension ScriptRunner {
    func log(_ index: Int, _ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let message = try arguments.value(1)
        let fields = try arguments.optionalTable(2)
        services.log.write(ScriptLogLine.Level.allCases[index], message.string ?? message.description, fields)
        return .nothing
    }
}
