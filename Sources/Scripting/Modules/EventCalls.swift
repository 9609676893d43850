internal import Catalog

/// `on`, `wait` and `emit`.
extension ScriptRunner {
    func on(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let topic = try topic(arguments)
        let function = try arguments.function(2)
        guard handlers.count < services.limits.handlers else {
            throw .problem(Problem(.budget, "'\(spec.name)' has \(handlers.count) handlers; no more are allowed", key: spec.name))
        }
        lastHandler -= 1
        handlers[lastHandler] = Handler(topic: topic, function: function)
        inbox.admit(topic)
        return .object(ObjectClass.handle.rawValue, lastHandler)
    }

    func wait(_ arguments: Arguments, _ tape: LuaTape) throws(Refusal) -> LuaAnswer {
        let topic = try topic(arguments)
        _ = try beginWait(.event(topic), timeout: arguments.optionalSeconds(2), tape)
        inbox.admit(topic)
        return .wait
    }

    /// Tells other scripts and clients; the host's own topics cannot be faked.
    func emit(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let topic = try topic(arguments)
        let fields = try arguments.optionalTable(2)
        guard Catalog.eventsByKey[topic] == nil else {
            throw .problem(Problem(.denied, "'\(topic)' is an event of the host; a script emits under names of its own", key: topic))
        }
        guard emitRate.admit(at: now) else {
            let limit = services.limits.emitsPerSecond
            return .failure(Problem(.budget, "'\(spec.name)' emits more than \(limit) events a second", key: topic))
        }
        whenLive { runner in runner.surface.emit(topic, fields) }
        return .value(true)
    }

    /// A topic: words with dots between them.
    private func topic(_ arguments: Arguments) throws(Refusal) -> String {
        let topic = try arguments.text(1)
        let isValid = topic.utf8.allSatisfy { $0 == 0x2E || $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        guard isValid, !topic.isEmpty, topic.utf8.count <= 100 else {
            throw .misuse(1, "a topic such as 'garden.gate' expected, got '\(topic.prefix(100))'")
        }
        return topic
    }
}
