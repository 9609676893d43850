internal import Catalog
internal import Logging
internal import Scripting

/// Makes `scene.day_night` mean something: `auto` runs the bundled day and night script with the threshold, `manual` stops it.
///
/// When the script ends for another reason, the control goes back to `manual`: what it says is so.
final class DayNight: Sendable {
    private let subscription: Subscription
    private let follower: Task<Void, Never>

    private static let script = "day_night"
    /// The script's own limit.
    private static let brightest = 1_000_000.0

    init(_ surface: any ControlSurface, _ scripts: ScriptHost, _ logger: Logger) {
        let (events, queue) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(32))
        subscription = surface.subscribe(to: ["control.changed", "script.stopped", "script.failed"]) { event in
            let isOurs = event.fields["key"]?.string?.hasPrefix("scene.") ?? (event.fields["name"] == .text(DayNight.script))
            if isOurs { queue.yield(event) }
        }
        // Something may have been set before anybody listened.
        queue.yield(Event("control.changed", time: 0))
        let resumed = DayNight.resumed(surface, scripts)
        follower = Task { [weak surface] in
            /// The threshold the script runs with; nil while this class does not run it.
            var running = resumed
            for await event in events {
                guard let surface else { return }
                if event.topic == "control.changed" {
                    running = await DayNight.follow(surface, scripts, logger, running)
                } else if running != nil, !DayNight.isRunning(scripts) {
                    running = nil
                    DayNight.giveUp(surface, logger, "script '\(DayNight.script)' has ended")
                }
            }
        }
    }

    deinit { follower.cancel() }

    private static func isRunning(_ scripts: ScriptHost) -> Bool { (try? scripts.info(script).state) == .running }

    /// The threshold of a script that was running for this class in a process before.
    private static func resumed(_ surface: any ControlSurface, _ scripts: ScriptHost) -> Double? {
        guard isRunning(scripts), (try? surface.read("scene.day_night")) == "auto" else { return nil }
        return try? surface.read("scene.threshold").double
    }

    /// Starts, restarts or stops the script.
    /// - Returns: the threshold it runs with now.
    private static func follow(_ surface: any ControlSurface, _ scripts: ScriptHost, _ logger: Logger, _ running: Double?) async -> Double?
    {
        do throws(Problem) {
            let isAuto = try surface.read("scene.day_night") == "auto"
            let dark = try surface.read("scene.threshold").double ?? 10
            guard !isAuto || dark != running else { return running }
            if running != nil { _ = try await scripts.stop(script) }
            guard isAuto else { return nil }
            // Bright is two stops above dark, so that the switch itself does not switch back.
            let bright = min(max(dark * 4, dark + 1), brightest)
            _ = try await scripts.run(script, args: ["dark": .number(min(dark, bright - 1)), "bright": .number(bright)])
            return dark
        } catch {
            giveUp(surface, logger, error.sentence)
            return nil
        }
    }

    private static func giveUp(_ surface: any ControlSurface, _ logger: Logger, _ reason: String) {
        logger.error("day and night switching is off: \(reason)")
        _ = try? surface.apply(Change(.configuration, ["scene.day_night": "manual"]))
    }
}
