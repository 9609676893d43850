internal import Almanac
internal import Catalog
internal import Engine
internal import Foundation
internal import Scripting
internal import Timing

/// What `sim` does in a test: it sets the scene, lets time pass and looks at what happened. One for each test.
final class TestDesk {
    private var plan: RehearsalPlan
    private var made: Rehearsal?
    /// What servers answer, from before anything ran.
    private var rules: [(part: String, answer: RehearsedWeb.Answer)] = []
    /// The time the test looked at last: what a failure shows first.
    private(set) var focus: Double?

    /// - Parameter folders: where scripts are found.
    init(folders: [String]) throws(Problem) {
        guard let place = try? Sun(latitude: 48.1, longitude: 11.6), let zone = TimeZone(identifier: "Europe/Berlin") else {
            throw Problem(.failed, "there is no time zone 'Europe/Berlin'; install tzdata")
        }
        plan = RehearsalPlan(place: place, begin: try RehearsalTime(zone: zone).moment("2026-12-21"))
        plan.zone = zone
        plan.folders = folders
    }

    /// What has been rehearsed so far; nil before anything was.
    var rehearsal: Rehearsal? { made }

    /// The rehearsal, begun by the first thing that needs it.
    func begun() throws(Problem) -> Rehearsal {
        if let made { return made }
        let begun = try Rehearsal(plan)
        for (part, answer) in rules { begun.web.answer(part, answer) }
        made = begun
        return begun
    }

    // MARK: The scene

    /// `sim.at{…}`
    func at(_ call: TestCall) throws(Problem) -> Value {
        guard made == nil else { throw Problem(.conflict, "'sim.at' comes before anything runs; begin another test") }
        let options = try call.options(0, TestDesk.sceneOptions)
        if let name = options["zone"]?.string {
            guard let zone = TimeZone(identifier: name) else { throw RehearsalTime.bad("'zone'", "Europe/Berlin", name) }
            plan.zone = zone
        }
        try setPlace(options)
        let text = TimelineText(zone: plan.zone)
        let day = "\(options["day"]?.string ?? text.day(plan.begin)) \(options["time"]?.string ?? "00:00")"
        plan.begin = try RehearsalTime(zone: plan.zone).moment(day)
        if let name = options["clouds"] { plan.clouds = try TestDesk.clouds(name) }
        plan.hasMoon = options["moon"]?.bool ?? plan.hasMoon
        plan.isTrusted = options["trusted"]?.bool ?? plan.isTrusted
        plan.camera = options["camera"]?.string ?? plan.camera
        plan.seed = options["seed"]?.int.map { UInt64(clamping: $0) } ?? plan.seed
        plan.lamp = options["lamp"]?.double ?? plan.lamp
        plan.headlights = options["headlights"]?.double ?? plan.headlights
        plan.infrared = options["infrared"]?.double ?? plan.infrared
        if let cadence = options["cadence"] { plan.cadence = try TestCall.seconds(cadence, "cadence") }
        return .null
    }

    private static let sceneOptions = [
        "cadence", "camera", "clouds", "day", "headlights", "infrared", "lamp", "lat", "lon", "moon", "seed", "time", "trusted", "zone",
    ]

    private func setPlace(_ options: [String: Value]) throws(Problem) {
        let (latitude, longitude) = (options["lat"]?.double ?? plan.place.latitude, options["lon"]?.double ?? plan.place.longitude)
        do throws(AlmanacError) {
            plan.place = try Sun(latitude: latitude, longitude: longitude)
        } catch {
            throw Problem(.outOfRange, error.sentence)
        }
    }

    private static func clouds(_ name: Value) throws(Problem) -> Clouds {
        guard let clouds = name.string.flatMap(Clouds.init) else {
            throw .notOneOf("clouds", Clouds.allCases.map { .text($0.rawValue) }, got: name)
        }
        return clouds
    }

    // MARK: Scripts

    func load(_ call: TestCall) throws(Problem) -> Value {
        try begun().load(try call.text(0, "a script's name"), args: try call.table(1))
        return .null
    }

    func source(_ call: TestCall) throws(Problem) -> Value {
        try begun().load(try call.text(0, "a name"), source: try call.text(1, "a script's text"), args: try call.table(2))
        return .null
    }

    func stop(_ call: TestCall) throws(Problem) -> Value {
        try begun().stop(try call.text(0, "a script's name"))
        return .null
    }

    func reload(_ call: TestCall) throws(Problem) -> Value {
        try begun().reload(try call.text(0, "a script's name"))
        return .null
    }

    func state(_ call: TestCall) throws(Problem) -> Value {
        .text(try begun().scripts.info(try call.text(0, "a script's name")).state.rawValue)
    }

    func problem(_ call: TestCall) throws(Problem) -> Value {
        try begun().scripts.info(try call.text(0, "a script's name")).lastProblem.map { .text($0.sentence) } ?? .null
    }

    func log(_ call: TestCall) throws(Problem) -> Value {
        let name = try call.text(0, "a script's name")
        let lines = try begun().timeline.entries.compactMap { entry -> Value? in
            guard case .log(let line) = entry.what, line.script == name else { return nil }
            return [
                "time": .number(entry.time), "level": .text(line.level.rawValue), "text": .text(line.text), "fields": .table(line.fields),
            ]
        }
        return .list(lines)
    }

    // MARK: Time

    func run(_ call: TestCall) throws(Problem) -> Value {
        try begun().run(for: try call.seconds(0))
        return .null
    }

    func runTo(_ call: TestCall) throws(Problem) -> Value {
        let rehearsal = try begun()
        rehearsal.run(untilTime: try moment(call, after: rehearsal.time))
        return .null
    }

    func now(_ call: TestCall) throws(Problem) -> Value { .number(try begun().time) }

    func clock(_ call: TestCall) throws(Problem) -> Value { .text(TimelineText(zone: plan.zone).clock(try begun().time)) }

    /// A time of day, a day with a time or an event of the Sun: the next one after a time.
    private func moment(_ call: TestCall, after time: Double) throws(Problem) -> Double {
        let text = try call.text(0, "a time such as '18:30', '2026-12-22 02:00' or 'sunset'")
        if let event = SunEvent(rawValue: text) {
            guard let next = plan.place.next(event, after: time) else {
                throw Problem(.unavailable, "there is no \(text) within a year here")
            }
            return next
        }
        let times = RehearsalTime(zone: plan.zone)
        return try text.contains("-") ? times.moment(text) : times.next(text, after: time)
    }

    /// The latest such time that is over; the next one when there was none yet.
    private func past(_ call: TestCall, before now: Double) throws(Problem) -> Double {
        var time = try moment(call, after: plan.begin - 0.5)
        while true {
            let later = try moment(call, after: time)
            guard later > time, later <= now else { return time }
            time = later
        }
    }

    // MARK: What happened

    func count(_ call: TestCall) throws(Problem) -> Value {
        let (topic, fields) = (try call.text(0, "a topic"), try call.table(1))
        return .integer(
            try begun().events.count { _, event in
                event.topic == topic && fields.allSatisfy { event.fields[$0.key]?.matches($0.value, tolerance: 1e-9) ?? false }
            })
    }

    func events(_ call: TestCall) throws(Problem) -> Value {
        let topic = call.values.first?.string
        let events = try begun().events.filter { topic == nil || $0.event.topic == topic }
        return .list(
            events.map { time, event in .table(event.fields.merging(["topic": .text(event.topic), "time": .number(time)]) { $1 }) })
    }

    func decisions(_ call: TestCall) throws(Problem) -> Value {
        let script = call.values.first?.string
        let entries = try begun().timeline.entries.filter { script == nil || $0.script == script }
        return .list(entries.flatMap(TestDesk.decisions))
    }

    private static func decisions(_ entry: TimelineEntry) -> [Value] {
        guard case .decision(let change) = entry.what else { return [] }
        return change.values.keys.sorted().map { key in
            var fields: [String: Value] = [
                "time": .number(entry.time), "key": .text(key), "asked": change.values[key] ?? .null, "kind": .text(change.kind.rawValue),
            ]
            fields["script"] = entry.script.map(Value.text)
            fields["profile"] = change.profile.map(Value.text)
            fields["applied"] = change.outcomes[key]?.applied
            fields["state"] = change.outcomes[key].map { .text($0.state.rawValue) }
            fields["over"] = .number(change.over)
            return .table(fields)
        }
    }

    func sample(_ call: TestCall) throws(Problem) -> Value {
        let rehearsal = try begun()
        let time = try past(call, before: rehearsal.time)
        guard time <= rehearsal.time else {
            throw Problem(
                .outOfRange, "\(try call.text(0, "a time")) is still to come; it is \(TimelineText(zone: plan.zone).clock(rehearsal.time))")
        }
        focus = time
        return rehearsal.timeline.sample(at: time)?.value ?? .null
    }

    func samples(_ call: TestCall) throws(Problem) -> Value { .list(try begun().timeline.samples.map(\.value)) }

    func value(_ call: TestCall) throws(Problem) -> Value { try begun().engine.read(try call.text(0, "a control")) }

    func frame(_ call: TestCall) throws(Problem) -> Value {
        guard let frame = try begun().frame else { return .null }
        return .table(Dictionary(uniqueKeysWithValues: FrameReport.fields.map { ($0.name, $0.read(frame) ?? .null) }))
    }

    func stills(_ call: TestCall) throws(Problem) -> Value {
        .list(
            try begun().timeline.stills.map { still in
                [
                    "time": .number(still.time), "path": .text(still.path), "exposure_time": .number(still.exposureTime),
                    "gain": .number(still.gain), "luma": .number(still.luma),
                ]
            })
    }

    func requests(_ call: TestCall) throws(Problem) -> Value {
        let part = call.values.first?.string ?? ""
        let requests = try begun().timeline.entries.compactMap { entry -> Value? in
            guard case .request(let request, let answer) = entry.what, request.url.contains(part) || part.isEmpty else { return nil }
            return .table(request.fields.merging(["time": .number(entry.time), "answer": .text(answer)]) { $1 })
        }
        return .list(requests)
    }

    // MARK: Doubles

    func http(_ call: TestCall) throws(Problem) -> Value {
        let part = try call.text(0, "a part of an address")
        let options = try call.options(1, ["body", "headers", "json", "problem", "status"])
        if let problem = options["problem"] {
            let code = problem.string.flatMap(Problem.Code.init) ?? .unavailable
            answer(part, .problem(Problem(code, "the rehearsal says so: \(problem.string ?? problem.description)")))
        } else {
            let headers = (options["headers"]?.table ?? [:]).compactMapValues(\.string)
            let reply = WebReply(
                status: options["status"]?.int ?? 200, headers: headers, body: options["body"]?.string ?? "", json: options["json"])
            answer(part, .reply(reply))
        }
        return .null
    }

    private func answer(_ part: String, _ answer: RehearsedWeb.Answer) {
        if let made { made.web.answer(part, answer) } else { rules.append((part, answer)) }
    }

    func light(_ call: TestCall) throws(Problem) -> Value {
        try begun().fixedLux = call.values.first?.double
        return .null
    }

    func changeClouds(_ call: TestCall) throws(Problem) -> Value {
        plan.clouds = try TestDesk.clouds(call.values.first ?? .null)
        try begun().change(clouds: plan.clouds)
        return .null
    }

    func flash(_ call: TestCall) throws(Problem) -> Value {
        let options = try call.options(0, ["lux", "duration"])
        let seconds = try options["duration"].map { (value) throws(Problem) in try TestCall.seconds(value, "duration") } ?? 4
        let rehearsal = try begun()
        rehearsal.flashes.append((options["lux"]?.double ?? 80, rehearsal.clock.now.advanced(by: seconds)))
        return .null
    }

    func stepClock(_ call: TestCall) throws(Problem) -> Value {
        try begun().clock.step(by: try call.signedSeconds(0))
        return .null
    }

    func trust(_ call: TestCall) throws(Problem) -> Value {
        try begun().clock.trust(call.values.first?.bool ?? true)
        return .null
    }

    func stream(_ call: TestCall) throws(Problem) -> Value {
        let isDown = try call.word(0, ["up", "down"]) == "down"
        try begun().parts.video.fail(isDown ? call.values.dropFirst().first?.string ?? "the rehearsal says so" : nil)
        return .null
    }

    func camera(_ call: TestCall) throws(Problem) -> Value {
        let isLost = try call.word(0, ["lost", "found"]) == "lost"
        try begun().loseCamera(isLost ? call.values.dropFirst().first?.string ?? "the rehearsal says so" : nil)
        return .null
    }

    func fillDisk(_ call: TestCall) throws(Problem) -> Value {
        let isFull = call.values.first?.bool ?? true
        let rehearsal = try begun()
        rehearsal.fault = isFull ? Problem(.failed, "there is no space left on the disk") : nil
        return .null
    }

    func emit(_ call: TestCall) throws(Problem) -> Value {
        try begun().engine.emit(try call.text(0, "a topic"), try call.table(1))
        return .null
    }

    func cutPower(_ call: TestCall) throws(Problem) -> Value {
        try begun().cutPower(for: try call.seconds(0))
        return .null
    }
}
