internal import CRestart
internal import Engine
internal import Foundation
internal import Logging
internal import Scripting
internal import ServiceLifecycle
internal import Timing

/// Keeps the document that a successor goes on from no more than a tenth of a second behind.
///
/// It looks rather than listens: who holds a value, what a script persists and which scripts there are change without an event. A look is
/// a copy of references and a comparison; only what has changed is written.
struct Keeper: Service, CustomStringConvertible {
    let settings: Settings
    let engine: Engine
    let scripts: ScriptHost
    let logger: Logger

    /// The settings have secrets, and a service group logs its services.
    var description: String { "Keeper" }

    private static let interval = 0.1

    /// On a thread of its own: sleeping tasks wake three threads each time, ten times a second.
    func run() async throws {
        let over = MonotonicSemaphore()
        let thread = WorkThread("keep") { look(until: over) }
        try? await gracefulShutdown()
        over.signal()
        _ = thread.wait(seconds: 1)
    }

    private func look(until over: MonotonicSemaphore) {
        var last: Legacy?
        repeat {
            let legacy = Legacy(settings, engine.legacy, scripts.legacies)
            if legacy != last { keep(legacy) }
            last = legacy
        } while !over.wait(seconds: Keeper.interval)
    }

    private func keep(_ legacy: Legacy) {
        do {
            let status = try legacy.json.withUnsafeBytes { cres_keep($0.baseAddress, $0.count) }
            if status != 0 { logger.error("settings and scripts cannot be kept: \(String(cString: strerror(-status)))") }
        } catch {
            logger.error("settings and scripts cannot be kept: \(error)")
        }
    }
}
