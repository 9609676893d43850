internal import Almanac
internal import CameraBindings
package import Catalog
internal import Engine
internal import Foundation
internal import Pipeline
package import Scripting
internal import Stills
internal import Timing

/// A camera host on virtual time: the engine, the script host and the simulated camera of the service under a sky of its own, on one
/// thread and as fast as the machine goes.
///
/// Only what reaches out of the machine is played: servers, the stream's publisher, the disk. Nothing depends on how fast it runs, so that
/// the same plan and scripts give the same timeline.
package final class Rehearsal {
    /// All that happened.
    package let timeline = Timeline()
    /// Events by topic, in order, with the true time of each.
    var events: [(time: Double, event: Event)] { heard.withLock { $0 } }

    package let plan: RehearsalPlan
    let clock: VirtualClock
    let web: RehearsedWeb
    let book = RehearsedBook()
    private let stage: Stage
    let set: CameraSet
    var diskFault: Problem?
    private let heard = Mutex<[(time: Double, event: Event)]>([])
    private(set) var parts: Parts
    var sky: Scenery
    /// Seconds from one frame of metadata to the next, while nothing is waited for.
    package var cadence: Double
    /// Light that a test has put in place of the sky's.
    var fixedLux: Double?
    /// Light that passes: illuminance and until when.
    var flashes: [(lux: Double, end: Instant)] = []
    private var nextFrame: Instant
    private let box: Box
    /// Where the recorded light was last found, and the next recorded event.
    private var lightPlace = 0
    private var eventPlace = 0

    /// What is made anew after a power cut.
    struct Parts {
        let engine: Engine
        let scripts: ScriptHost
        let studio: InstantStudio
        let video: RehearsedVideo
        let subscriptions: [Subscription]
        /// What was run, in order, with its arguments and its text where it has no file.
        var started: [(name: String, source: String?, args: [String: Value])] = []
    }

    /// Begins a rehearsal; nothing has happened yet.
    /// - Throws: when there is no such camera.
    package init(_ plan: RehearsalPlan) throws(Problem) {
        self.plan = plan
        setenv("TZ", plan.zone.identifier, 1)
        tzset()
        let clock = VirtualClock(begin: plan.begin, isTrusted: plan.isTrusted)
        let stage = Stage(clock: clock)
        let box = Box()
        self.clock = clock
        self.stage = stage
        self.box = box
        set = CameraSet(plan, clock)
        sky = Scenery(
            sun: plan.place, clouds: plan.clouds, hasMoon: plan.hasMoon, lamp: plan.lamp, headlights: plan.headlights, seed: plan.seed)
        web = RehearsedWeb { request, answer in box.rehearsal?.note(request, answer) }
        nextFrame = clock.now
        cadence = plan.cadence
        parts = Rehearsal.makeParts(plan, clock, stage, set, web, book, box)
        box.rehearsal = self
        try begin()
    }

    /// The frame the camera delivered last.
    package var frame: FrameReport? { parts.engine.frame }
    /// The profiles that are active, oldest first.
    package var profiles: [String] { parts.engine.profiles.active }
    /// The true time, in seconds since 1970.
    package var time: Double { clock.time }
    var engine: Engine { parts.engine }
    var scripts: ScriptHost { parts.scripts }

    private func begin() throws(Problem) {
        do throws(CameraError) { try parts.engine.start() } catch { throw Problem(.failed, error.sentence) }
        parts.engine.stream(wanted: true)
        stage.settle()
        takeFrame()
    }

    private static func makeParts(
        _ plan: RehearsalPlan, _ clock: VirtualClock, _ stage: Stage, _ set: CameraSet, _ web: RehearsedWeb, _ book: RehearsedBook,
        _ box: Box
    ) -> Parts {
        let videos = Mutex<RehearsedVideo?>(nil)
        let engine = Engine(
            clock: clock, url: "rtsp://localhost:8554/cam", device: stage.queue,
            video: { report in
                let video = RehearsedVideo(report)
                videos.withLock { $0 = video }
                return video
            }
        ) { () throws(CameraError) in try set.open() }
        let studio = InstantStudio(
            source: EngineFrames(engine: engine), surface: engine, clock: clock, folder: plan.pictures, software: "Luneta rehearsal")
        let zone = plan.zone
        let stills = StillCommands(studio: studio, media: studio, surface: engine) { unix in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(unix)))
        }
        engine.handle("still.take") { (arguments, _) throws(Problem) in try await stills.take(arguments) }
        // A rehearsal is about what a script does, not about how fast this machine is; what never ends is stopped all the same.
        var limits = ScriptLimits.standard
        limits.runSeconds = 2
        let scripts = ScriptHost(
            surface: engine, clock: clock, folders: plan.folders, limits: limits, book: book, web: web, sun: plan.place, zone: plan.zone,
            driver: stage, seed: UInt32(truncatingIfNeeded: plan.seed)
        ) { line in box.rehearsal?.note(line) }
        for command in Catalog.commands where command.key.hasPrefix("script.") {
            engine.handle(command.key) { (arguments, _) throws(Problem) in try await scripts.perform(command.key, arguments) }
        }
        let events = engine.subscribe(to: nil) { event in box.rehearsal?.note(event) }
        let decisions = engine.followDecisions { decision in box.rehearsal?.note(decision) }
        guard let video = videos.withLock({ $0 }) else { preconditionFailure("an engine without video") }
        return Parts(engine: engine, scripts: scripts, studio: studio, video: video, subscriptions: [events, decisions])
    }
}

/// Lets what a rehearsal is made of reach it.
final class Box: Sendable {
    // Used by the one thread that rehearses.
    nonisolated(unsafe) weak var rehearsal: Rehearsal?
}

/// The engine as whoever makes pictures sees it.
private struct EngineFrames: FrameSource {
    let engine: Engine

    func watch(_ look: @escaping @Sendable (Frame) -> Void) -> Subscription { engine.tap(look) }
}

// MARK: Time

extension Rehearsal {
    /// Goes on for so many seconds.
    package func run(for seconds: Double) { run(until: clock.now.advanced(by: seconds)) }

    /// Goes on until a true time, in seconds since 1970.
    package func run(untilTime time: Double) { run(until: clock.moment(of: time)) }

    private func run(until end: Instant) {
        stage.settle()
        while pass(until: end) {}
    }

    /// Lets time pass up to the next thing that is due; false at the end.
    private func pass(until end: Instant) -> Bool {
        hurryFrame()
        let due = min(nextFrame, stage.due ?? nextFrame, nextEvent ?? nextFrame)
        guard due <= end else {
            clock.advance(to: end)
            return false
        }
        clock.advance(to: due)
        if due >= nextFrame { takeFrame() }
        while let event = nextEvent, event <= clock.now { replayEvent() }
        stage.settle()
        return true
    }

    /// When the next recorded event happens.
    private var nextEvent: Instant? {
        guard let events = plan.night?.events, eventPlace < events.count else { return nil }
        return max(clock.moment(of: events[eventPlace].time), clock.now)
    }

    private func replayEvent() {
        guard let event = plan.night?.events[eventPlace] else { return }
        eventPlace += 1
        engine.emit(event.topic, event.fields)
    }

    /// Frames come at their own rate while somebody waits for one.
    private func hurryFrame() {
        let native = set.frameSeconds
        guard let interest = parts.studio.isWaiting ? 0 : engine.frameInterest else { return }
        let soon = clock.now.advanced(by: max(native, min(interest, cadence)))
        if soon < nextFrame { nextFrame = soon }
    }

    private func takeFrame() {
        let light = light
        set.turn(light, at: clock.now)
        stage.queue.runLater()
        nextFrame = clock.now.advanced(by: max(cadence, set.frameSeconds))
        noteSample(light)
    }

    private var light: Light {
        if let fixedLux { return .usual(lux: fixedLux + flashLux) }
        if let recorded = plan.night?.light(at: clock.time, from: &lightPlace) {
            return Light(lux: recorded.lux + flashLux, colourTemperature: recorded.colourTemperature)
        }
        let infrared = plan.infrared > 0 && profiles.contains("night") ? plan.infrared : 0
        let (lux, temperature) = sky.light(at: clock.time, infrared: infrared)
        return Light(lux: lux + flashLux, colourTemperature: temperature)
    }

    private var flashLux: Double {
        guard !flashes.isEmpty else { return 0 }
        flashes.removeAll { $0.end <= clock.now }
        return flashes.reduce(0) { $0 + $1.lux }
    }

    private func noteSample(_ light: Light) {
        let report = engine.frame
        timeline.note(
            TimelineSample(
                time: clock.time, lux: report?.lux ?? 0, sceneLux: light.lux, exposureTime: Double(report?.exposureTime ?? 0),
                gain: report?.analogueGain ?? 0, luma: report?.luma ?? 0, elevation: sky.elevation(at: clock.time), profiles: profiles,
                hasFrame: engine.isDelivering))
    }

    /// Does asynchronous work of the host; time passes while it waits for something.
    func finish<Answer: Sendable>(_ work: @escaping @Sendable () async throws(Problem) -> Answer) throws(Problem) -> Answer {
        try stage.finish { () async -> Result<Answer, Problem> in
            do throws(Problem) { return .success(try await work()) } catch { return .failure(error) }
        } wait: {
            _ = pass(until: clock.now.advanced(by: 3600))
        }.get()
    }
}

// MARK: Scripts

extension Rehearsal {
    /// Runs a script of the folders, or one given as text.
    /// - Throws: why it does not load.
    package func load(_ name: String, source: String? = nil, args: [String: Value] = [:]) throws(Problem) {
        _ = try finish { [scripts = parts.scripts] () throws(Problem) in
            if let source { try await scripts.run(source: source, name: name, args: args) } else { try await scripts.run(name, args: args) }
        }
        parts.started.removeAll { $0.name == name }
        parts.started.append((name, source, args))
    }

    /// Stops a script.
    package func stop(_ name: String) throws(Problem) {
        _ = try finish { [scripts = parts.scripts] () throws(Problem) in try await scripts.stop(name) }
        parts.started.removeAll { $0.name == name }
    }

    /// Loads a script anew.
    package func reload(_ name: String) throws(Problem) {
        _ = try finish { [scripts = parts.scripts] () throws(Problem) in try await scripts.reload(name) }
    }

    /// Every script that was run.
    package var scriptInfos: [ScriptInfo] { scripts.list().filter { $0.generation > 0 || $0.state != .stopped } }

    /// Ends the service in the middle of whatever it does, as a power cut does, and starts it again after a while with the same scripts.
    package func cutPower(for seconds: Double) throws(Problem) {
        let started = parts.started
        stage.cut()
        // What waited for a picture keeps the old engine alive; it must not look for its camera.
        parts.engine.abandon()
        set.close()
        timeline.add(entry(.event(Event("power.cut", time: clock.wall))))
        clock.advance(to: clock.now.advanced(by: seconds))
        parts = Rehearsal.makeParts(plan, clock, stage, set, web, book, box)
        nextFrame = clock.now
        try begin()
        timeline.add(entry(.event(Event("power.back", time: clock.wall))))
        for (name, source, args) in started { try load(name, source: source, args: args) }
    }
}

// MARK: What is told

extension Rehearsal {
    /// What scripts have decided, as a recorded night has it.
    package var decisions: [RecordedNight.Decision] {
        timeline.entries.compactMap { entry in
            guard case .decision(let change) = entry.what else { return nil }
            let owner = change.profile.map { "profile:\($0)" } ?? entry.script.map { "script:\($0)" } ?? "rest"
            return RecordedNight.Decision(time: entry.time, kind: change.kind.rawValue, owner: owner, values: change.values)
        }
    }
}

extension Rehearsal {
    private func entry(_ what: TimelineEntry.What, script: String? = nil) -> TimelineEntry {
        TimelineEntry(time: clock.time, lux: parts.engine.frame?.lux, script: script ?? stage.player, what: what)
    }

    fileprivate func note(_ line: ScriptLogLine) { timeline.add(entry(.log(line), script: line.script)) }

    fileprivate func note(_ request: WebRequest, _ answer: RehearsedWeb.Answer) {
        let words =
            switch answer {
            case .reply(let reply): String(reply.status)
            case .problem(let problem): problem.sentence
            }
        timeline.add(entry(.request(request, answer: words)))
    }

    /// Events that say what a decision of the timeline says already, or come with every change of light.
    private static let untold: Set<String> = ["control.changed", "light.changed", "profile.changed"]

    fileprivate func note(_ event: Event) {
        heard.withLock { $0.append((clock.time, event)) }
        if event.topic == "still.taken" {
            let report = engine.frame
            timeline.add(
                TimelineStill(
                    time: clock.time, path: event.fields["path"]?.string ?? "", exposureTime: Double(report?.exposureTime ?? 0),
                    gain: report?.analogueGain ?? 0, luma: report?.luma ?? 0))
        } else if !Rehearsal.untold.contains(event.topic) {
            timeline.add(entry(.event(event)))
        }
    }

    fileprivate func note(_ decision: Decision) {
        guard !decision.values.isEmpty else { return }
        var profile: String?
        if case .profile(let name) = decision.owner { profile = name }
        if decision.kind == .apply, profile != nil { return }
        let outcomes = engine.outcomes(decision.ticket)
        let change = TimelineEntry.Change(
            kind: decision.kind, profile: profile, values: decision.values, over: decision.over, outcomes: outcomes)
        let place = timeline.add(entry(.decision(change)))
        engine.whenSettled(decision.ticket) { [timeline] outcomes in
            timeline.update(place) { entry in
                guard case .decision(var change) = entry.what else { return }
                change.outcomes = outcomes
                entry.what = .decision(change)
            }
        }
    }
}
