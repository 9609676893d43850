internal import Catalog
internal import Foundation
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
        let files = Dictionary(uniqueKeysWithValues: watched.map { ($0.name, $0.files) })
        let saved = watch.withLock { watch in watch.saved(among: files.values.reduce(into: []) { $0.formUnion($1) }) }
        for script in watched where !saved.isDisjoint(with: files[script.name] ?? []) { await renew(script, saved) }
    }

    /// Loads a script anew from its files; one that has failed is run again.
    private func renew(_ script: Script, _ saved: Set<String>) async {
        guard let path = script.text.path else { return }
        // Saving over REST has loaded the text already.
        let isModule = saved.contains { $0 != path && script.files.contains($0) }
        guard isModule || (try? folders.read(path)) != script.text.source else { return }
        let text: Script.Text
        do throws(Problem) {
            let file = try folders.find(script.name)
            text = try self.text(file.text, path: file.path, script.text.given)
        } catch {
            return script.note(error)
        }
        // Both say themselves what is wrong with the new text.
        if script.isRunning { try? await script.reload(text) } else { try? await script.run(text) }
    }
}
