internal import Catalog

/// Commands of the Catalog as functions: `stream.start()`, `camera.focus.trigger()`.
extension ScriptRunner {
    /// Performs a command with the arguments of one table, and waits for its answer: true when it has none.
    func perform(_ index: Int, _ arguments: Arguments, _ tape: LuaTape) throws(Refusal) -> LuaAnswer {
        let command = Surroundings.commands[index].key
        let given = try arguments.optionalTable(1)
        let checked = try Refusal.ifRaised { () throws(Problem) in try Catalog.command(command, given) }
        let wait = try beginWait(.command, timeout: nil, tape)
        whenLive { runner in runner.start(command, checked, for: wait) }
        return .wait
    }

    private func start(_ command: String, _ arguments: [String: Value], for wait: Int) {
        tasks[wait] = Task { [surface, inbox, owner = spec.owner] in
            do throws(Problem) {
                inbox.post(.command(.success(try await surface.perform(command, arguments, by: owner))), to: wait)
            } catch {
                inbox.post(.command(.failure(error)), to: wait)
            }
        }
    }
}
