internal import Catalog
internal import Logging
internal import Scripting

/// Makes `scene.day_night` mean something: `auto` runs the bundled day and night script with the threshold, `manual` stops it.
final class DayNight: Sendable {
    private let subscription: Subscription

    private static let script = "day_night"

    init(_ surface: any ControlSurface, _ scripts: ScriptHost, _ logger: Logger) {
        let (wishes, queue) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        subscription = surface.subscribe(to: ["control.changed"]) { event in
            guard event.fields["key"]?.string?.hasPrefix("scene.") ?? false else { return }
            queue.yield()
        }
        Task { [weak surface] in
            for await _ in wishes {
                guard let surface else { return }
                await DayNight.follow(surface, scripts, logger)
            }
        }
    }

    private static func follow(_ surface: any ControlSurface, _ scripts: ScriptHost, _ logger: Logger) async {
        do throws(Problem) {
            // Stopping what does not run does nothing.
            _ = try await scripts.stop(script)
            guard try surface.read("scene.day_night") == "auto", let dark = try surface.read("scene.threshold").double else { return }
            // Bright is two stops above dark, so that the switch itself does not switch back.
            _ = try await scripts.run(script, args: ["dark": .number(dark), "bright": .number(max(dark * 4, dark + 1))])
        } catch {
            logger.error("day and night switching did not start: \(error.sentence)")
        }
    }
}
