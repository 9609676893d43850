import Almanac
import Catalog
import Foundation
import Scripting
import Testing

@testable import Rehearsal

/// Rehearsals set the time zone of the process: one after the other.
@Suite(.serialized) enum Rehearsals {}

/// The scripts that come with the product, where they stand in the checkout.
let bundledScripts = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "scripts/lua").path

/// A rehearsal from a local time on.
func rehearsal(_ begin: String = "2026-12-21 12:00", zone: String = "Europe/Berlin", _ change: (inout RehearsalPlan) -> Void = { _ in })
    throws
    -> Rehearsal
{
    let zone = try #require(TimeZone(identifier: zone))
    var plan = RehearsalPlan(place: try munich(), begin: try RehearsalTime(zone: zone).moment(begin))
    plan.zone = zone
    plan.folders = [bundledScripts]
    change(&plan)
    return try Rehearsal(plan)
}

extension Rehearsal {
    /// The timeline as people read it.
    var text: [String] {
        let text = TimelineText(zone: plan.zone)
        return timeline.entries.flatMap(text.lines)
    }

    /// What a script has logged.
    func lines(_ script: String) -> [String] {
        timeline.entries.compactMap { entry in
            guard case .log(let line) = entry.what, line.script == script else { return nil }
            return line.text
        }
    }

    /// The local times of the events of a topic.
    func times(_ topic: String) -> [String] {
        let text = TimelineText(zone: plan.zone)
        return events.filter { $0.event.topic == topic }.map { text.clock($0.time) }
    }
}

extension RehearsedBook {
    /// What a script keeps; nothing where that cannot be read.
    func values(ofScript name: String) -> [String: Value] { (try? values(of: name)) ?? [:] }
}
