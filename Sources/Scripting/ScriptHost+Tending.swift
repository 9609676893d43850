internal import Catalog
internal import Timing

extension ScriptHost {
    /// What the host does for scripts by itself: starts again those that failed and asked for it, and loads anew those whose files were
    /// saved. Call it about twice a second.
    /// - Parameter isWatching: whether files are looked at.
    public func tend(isWatching: Bool = true) async {
        for script in scripts { await script.restartIfDue() }
        guard isWatching else { return }
        let watched = scripts.filter(\.isWatched)
        // Somebody is just starting or reloading one: what it is made of is known at the next look.
        guard !watched.contains(where: \.isBusy) else { return }
        let settled = watch.withLock { $0.settled(among: watched.reduce(into: []) { $0.formUnion($1.stamps.keys) }) }
        for script in watched {
            let known = script.stamps
            let saved = settled.filter { file, stamp in known[file] != nil && known[file] != stamp }
            if !saved.isEmpty { await renew(script, saved) }
        }
    }

    /// Loads a script anew from its files; one that has failed is run again.
    private func renew(_ script: Script, _ saved: [String: FileStamp]) async {
        let before = script.text
        script.note(saved)
        let text: Script.Text
        do throws(Problem) {
            let file = try folders.find(script.name)
            // Saving over REST has loaded the text already, and some programs touch files.
            if saved.keys.allSatisfy({ $0 == before.path }), file.text == before.source { return }
            text = try self.text(file, before.given)
        } catch {
            return script.note(error)
        }
        // Both say themselves what is wrong with the new text.
        if script.isRunning { try? await script.reload(text) } else { try? await script.run(text) }
    }
}
