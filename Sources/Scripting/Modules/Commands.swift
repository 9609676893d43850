internal import Catalog
internal import LuaSource

/// Commands of the Catalog as functions: `stream.start()`, `camera.focus.trigger()`.
extension ScriptRunner {
    /// Performs a command with the arguments of one table, and waits for its answer: true when it has none.
    func perform(_ index: Int, _ arguments: Arguments, _ tape: LuaTape) throws(Refusal) -> LuaAnswer {
        let command = Surroundings.commands[index].key
        try allow(.command(command))
        let given = try arguments.optionalTable(1)
        let checked = try Refusal.ifRaised { () throws(Problem) in try Catalog.command(command, given) }
        let wait = try beginWait(.command, timeout: nil, tape)
        whenLive { runner in
            runner.begin(wait) { [surface = runner.surface, owner = runner.spec.owner] () async throws(Problem) in
                try await surface.perform(command, checked, by: owner)
            }
        }
        return .wait
    }

    /// Begins what a wait waits for; it is cancelled when the generation ends.
    func begin(_ wait: Int, _ work: @escaping @Sendable () async throws(Problem) -> Value) {
        tasks[wait] = Task(executorPreference: services.driver.executor) { [inbox] in
            do throws(Problem) {
                inbox.post(.command(.success(try await work())), to: wait)
            } catch {
                inbox.post(.command(.failure(error)), to: wait)
            }
        }
    }
}
