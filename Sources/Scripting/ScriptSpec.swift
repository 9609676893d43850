internal import Almanac
internal import Catalog
internal import Foundation
internal import LuaSource
internal import Timing

/// One generation of a script: its text and what it was started with.
struct ScriptSpec: Sendable {
    let name: String
    let generation: Int
    let source: String
    let args: [String: Value]
    /// Whether it goes on when nothing is left to do: for what people type next.
    var isSession = false
    /// What it may touch.
    var needs = Needs.everything
    /// What it says about itself; its text is checked against that. Nil for what nobody checks.
    var header: ScriptHeader?

    var owner: Owner { .script(name) }
}

/// What a generation works with; all of it may be used from its thread and from others.
struct ScriptServices: Sendable {
    var surface: any ControlSurface
    let clock: any HostClock
    var limits: ScriptLimits
    var log: ScriptLog
    let persist: PersistStore
    let driver: any ScriptDriver
    /// What makes runs repeatable; nil leaves them as they come.
    var seed: UInt32?
    /// Where `require` looks.
    var folders = ScriptFolders([])
    /// Reaches servers; nil where there are none to reach.
    var web: (any WebClient)?
    /// Where the camera is, and by which clock people live there.
    var sun: Sun?
    var zone = TimeZone.current
}

/// What a generation has and uses.
struct ScriptStatistics: Sendable, Equatable {
    var timers = 0
    /// When the next of them is due by the wall clock, in seconds since 1970.
    var nextTimer: Double?
    var handlers = 0
    var waits = 0
    var memoryBytes = 0
    var cpuSeconds = 0.0
    /// Errors that ended a handler but not the script.
    var errors = 0
    /// The last of them, with its traceback.
    var lastProblem: Problem?
}

/// Why a generation is over.
enum Ending: Sendable, Equatable {
    /// Nothing is left that could run.
    case done
    /// It used up a budget, or did not load.
    case failed(Problem)
    /// It was told to end.
    case ended
}
