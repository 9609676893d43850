internal import Almanac
internal import Catalog
internal import Foundation
internal import Rehearsal
internal import Store

/// A journal of the service as the light of a rehearsal.
struct SimReplay {
    private let path: String
    private let world: SimWorld
    private let plan: RehearsalPlan

    init(_ path: String, _ world: SimWorld, _ plan: RehearsalPlan) {
        self.path = path
        self.world = world
        self.plan = plan
    }

    /// Puts the recorded night into a plan: all of it, or from the day that was named for as long as was named.
    /// - Returns: how many seconds it has.
    /// - Throws: ``Exit`` when it cannot be read or is empty.
    func apply(to plan: inout RehearsalPlan, seconds: Double) throws(Exit) -> Double {
        let from = world.day == nil ? 0 : plan.begin
        let pages = try Exit.data { () throws(Problem) in
            try NightJournal.read(path, from: from, to: world.day == nil ? .greatestFiniteMagnitude : plan.begin + seconds)
        }
        guard let first = pages.frames.first, let last = pages.frames.last else {
            throw Exit(.data, "'\(path)' has no light for that time; leave --day out for all it has")
        }
        plan.begin = first.time
        if world.place == nil, let place = SimReplay.place(pages.facts) { plan.place = place }
        if world.zone == nil, let zone = pages.facts["zone"].flatMap({ TimeZone(identifier: $0) }) { plan.zone = zone }
        plan.night = RecordedNight(
            lights: pages.frames.map { .init(time: $0.time, lux: $0.lux, colourTemperature: Double(max($0.colourTemperature, 2000))) },
            events: pages.entries.filter { $0.kind == "event" }.map { Event($0.name, $0.fields, time: $0.time) },
            decisions: pages.entries.filter { $0.kind != "event" }.map {
                .init(time: $0.time, kind: $0.kind, owner: $0.name, values: $0.fields)
            })
        return max(1, last.time - first.time)
    }

    private static func place(_ facts: [String: String]) -> Sun? {
        guard let latitude = facts["latitude"].flatMap(Double.init), let longitude = facts["longitude"].flatMap(Double.init) else {
            return nil
        }
        return try? Sun(latitude: latitude, longitude: longitude)
    }
}
