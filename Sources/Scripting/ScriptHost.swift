public import Almanac
public import Catalog
package import Foundation
internal import LuaSource
public import Timing

/// Runs scripts: each in a Lua state and on a thread of its own, steering the camera host through its ``ControlSurface``.
///
/// **Life.** A script *loads* (its main chunk runs to its end or first wait, then `selftest()`); nothing of that is seen outside until it
/// takes over. Then it is *running* as long as it has timers, handlers or waits, and *done* afterwards: the values it set stay, as those
/// of a low-light script must, until it is stopped or run again. Stopping gives back all that it holds. An error in a handler is
/// reported and counted, and the script goes on; a budget that is used up ends it as *failed*, and what it held goes back.
public final class ScriptHost: Sendable {
    private struct State {
        var scripts: [String: Script] = [:]
        var evals = 0
        var isShutDown = false
    }

    private let surface: any ControlSurface
    let clock: any HostClock
    let folders: ScriptFolders
    let limits: ScriptLimits
    let log: @Sendable (ScriptLogLine) -> Void
    let book: (any PersistBook)?
    private let web: (any WebClient)?
    private let sun: Sun?
    private let driver: any ScriptDriver
    private let seed: UInt32?
    private let zone: TimeZone
    private let state = Mutex(State())
    /// The scripts somebody is writing.
    let saving = Mutex<Set<String>>([])
    let watch = Mutex(FileWatch())
    /// Dry runs by name.
    let shadows = Mutex<[String: Shadow]>([:])

    /// Creates a host that runs nothing yet.
    /// - Parameters:
    ///   - folders: paths in which `name.lua` is looked for, the first one first.
    ///   - book: where `persist` outlives the process; without one it does not.
    ///   - web: reaches servers for `http`; without one there are none.
    ///   - sun: the sun over the camera; nil while nobody has said where that is.
    ///   - log: gets every line the scripts log, on their threads; floods are cut off before.
    public convenience init(
        surface: any ControlSurface, clock: any HostClock, folders: [String], limits: ScriptLimits = .standard,
        book: (any PersistBook)? = nil, web: (any WebClient)? = nil, sun: Sun? = nil, log: @escaping @Sendable (ScriptLogLine) -> Void
    ) {
        self.init(
            surface: surface, clock: clock, folders: folders, limits: limits, book: book, web: web, sun: sun, zone: .current,
            driver: ScriptThreads(clock: clock), seed: nil, log: log)
    }

    /// Creates a host whose scripts a driver of the caller's gives their turns.
    /// - Parameters:
    ///   - zone: the clock people live by.
    ///   - seed: makes runs repeatable: random numbers, and the order in which `pairs` goes through a table.
    package init(
        surface: any ControlSurface, clock: any HostClock, folders: [String], limits: ScriptLimits, book: (any PersistBook)?,
        web: (any WebClient)?, sun: Sun?, zone: TimeZone, driver: any ScriptDriver, seed: UInt32?,
        log: @escaping @Sendable (ScriptLogLine) -> Void
    ) {
        self.surface = surface
        self.clock = clock
        self.folders = ScriptFolders(folders)
        self.limits = limits
        self.log = log
        self.book = book
        self.web = web
        self.sun = sun
        self.zone = zone
        self.driver = driver
        self.seed = seed
    }

    // MARK: Life

    /// Runs a script of the folders.
    /// - Throws: `unknown` for a name or argument nobody knows, `conflict` when it already runs, `script` with the traceback when it does
    ///   not load, `budget` when there are too many scripts.
    @discardableResult public func run(_ name: String, args: [String: Value] = [:]) async throws(Problem) -> ScriptInfo {
        let file = try folders.find(name)
        return try await run(name, try text(file, args))
    }

    /// Runs a script of the folders without anybody who looks: one that does not load is tried again later, if its header asks for that.
    /// - Throws: as ``run(_:args:)``.
    public func autostart(_ name: String) async throws(Problem) {
        let text = try text(try folders.find(name), [:])
        try await admit(name, text).run(text, isRestart: true)
    }

    /// Runs a script given as text; without a name it is called `eval-1` and so on.
    /// - Throws: as ``run(_:args:)``.
    @discardableResult public func run(source: String, name: String? = nil, args: [String: Value] = [:]) async throws(Problem) -> ScriptInfo
    {
        if let name { try ScriptFolders.check(name) }
        let name = name ?? nextEvalName()
        try ScriptFolders.check(bytes: source.utf8.count, name)
        return try await run(name, try text(source, path: nil, args))
    }

    /// Stops a script and gives back what it holds; nothing changes when it does not run.
    /// - Throws: `unknown`, or `conflict` while it is just being started or reloaded.
    @discardableResult public func stop(_ name: String) async throws(Problem) -> ScriptInfo {
        guard let script = known(name) else { return try info(name) }
        try await script.stop()
        return script.info
    }

    /// Loads a running script anew from its file; a one-off from the text it was given. The old generation stands still meanwhile, and
    /// goes on when the new one does not load.
    /// - Throws: `unknown`, `conflict` when it does not run, or why the new generation does not load, with the traceback.
    @discardableResult public func reload(_ name: String) async throws(Problem) -> ScriptInfo {
        guard let script = known(name) else {
            _ = try folders.find(name)
            throw Problem(.conflict, "script '\(name)' is not running; run it", key: name)
        }
        if script.info.path != nil {
            let file = try folders.find(name)
            try await script.reload(try text(file, script.text.given))
        } else {
            try await script.reload(script.text)
        }
        return script.info
    }

    /// Reloads every running script; one that fails keeps its old generation and says so in its `lastProblem`.
    public func reloadAll() async -> [ScriptInfo] {
        for script in scripts where script.isRunning { _ = try? await reload(script.name) }
        return list()
    }

    /// Stops every script; none can be started afterwards.
    public func shutDown() async {
        state.withLock { $0.isShutDown = true }
        for script in scripts { try? await script.stop() }
        await endShadows()
    }

    // MARK: What there is

    /// Every script that was run, and those of the folders that were not, by name.
    public func list() -> [ScriptInfo] {
        let run = scripts
        let others = folders.names.filter { name in !run.contains { $0.name == name } }
        return (run.map(\.info) + others.compactMap { try? idle($0) }).sorted { $0.name < $1.name }
    }

    /// One script.
    /// - Throws: `unknown`.
    public func info(_ name: String) throws(Problem) -> ScriptInfo {
        if let script = known(name) { return script.info }
        return try idle(name)
    }

    /// The last lines of a script's log, oldest first; empty when it was never run.
    /// - Throws: `unknown`.
    public func logLines(_ name: String) throws(Problem) -> [ScriptLogLine] {
        if let script = known(name) { return script.lines }
        _ = try folders.find(name)
        return []
    }

    // MARK: From one process to the next

    /// What every script that was run takes along to a next process; one that is just loading for the first time is left out.
    public var legacies: [ScriptLegacy] { scripts.compactMap(\.legacy) }

    /// Puts a script back to where it was in a process before: one that ran is loaded from the same text, with what it persisted. What it
    /// held must be held already; it keeps that, and what its main chunk sets changes nothing.
    /// - Throws: why it does not load; what it held is given back then.
    public func resume(_ legacy: ScriptLegacy) async throws(Problem) {
        let owner = Owner.script(legacy.name)
        do throws(Problem) {
            let script = try admit(legacy.name, try text(legacy.source, path: legacy.path, legacy.given))
            try await script.resume(legacy)
        } catch {
            surface.release(legacy.holdings, by: owner)
            throw error
        }
    }

    // MARK: Steps

    var scripts: [Script] { state.withLock { $0.scripts.values.sorted { $0.name < $1.name } } }

    func known(_ name: String) -> Script? { state.withLock { $0.scripts[name] } }

    private func idle(_ name: String) throws(Problem) -> ScriptInfo {
        let file = try folders.find(name)
        let text = try text(file, [:])
        return Script(name, text, services(name)).info
    }

    func text(_ file: ScriptFolders.File, _ given: [String: Value]) throws(Problem) -> Script.Text {
        var text = try text(file.text, path: file.path, given)
        text.stamp = file.stamp
        return text
    }

    func text(_ source: String, path: String?, _ given: [String: Value]) throws(Problem) -> Script.Text {
        let header: ScriptHeader
        do throws(HeaderMistake) { header = try HeaderParser.parse(source) } catch { throw error.problem }
        return Script.Text(
            source: source, path: path, header: header, given: given, args: try header.arguments(given), needs: try Needs(header.needs))
    }

    private func run(_ name: String, _ text: Script.Text) async throws(Problem) -> ScriptInfo {
        let script = try admit(name, text)
        try await script.run(text)
        return script.info
    }

    /// The script called `name`, made when there is none; finished one-offs make room.
    func admit(_ name: String, _ text: Script.Text) throws(Problem) -> Script {
        try state.withLock { state throws(Problem) in
            guard !state.isShutDown else { throw Problem(.unavailable, "the host is shutting down", key: name) }
            if let script = state.scripts[name] { return script }
            if state.scripts.count >= limits.scripts { state.scripts = state.scripts.filter { !$0.value.isForgettable } }
            guard state.scripts.count < limits.scripts else {
                throw Problem(.budget, "\(limits.scripts) scripts run or hold values; stop one to make room for '\(name)'", key: name)
            }
            // What is typed or has no name is not meant to be found again.
            let isKept = !text.isSession && !name.hasPrefix("eval-")
            let script = Script(name, text, services(name, isKept: isKept))
            state.scripts[name] = script
            return script
        }
    }

    func services(_ name: String, isKept: Bool = true) -> ScriptServices {
        ScriptServices(
            surface: surface, clock: clock, limits: limits, log: ScriptLog(name, limits, clock, sink: log),
            persist: PersistStore(name, book: isKept ? book : nil), driver: driver, seed: seed, folders: folders, web: web, sun: sun,
            zone: zone)
    }

    private func nextEvalName() -> String {
        state.withLock { state in
            // Those of a process before may be there already.
            repeat { state.evals += 1 } while state.scripts["eval-\(state.evals)"] != nil
            return "eval-\(state.evals)"
        }
    }
}
