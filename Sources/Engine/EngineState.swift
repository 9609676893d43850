internal import CameraBindings
internal import Catalog
internal import Pipeline
internal import Timing

/// Everything the engine knows and decides, without doing any of it.
///
/// Each method returns the actions the shell has to perform once the lock is released.
struct EngineState: Sendable {
    /// What the shell does.
    enum Action {
        /// Send control values to the camera.
        case send([String: Value], request: UInt64)
        /// Configure the camera anew, then send everything.
        case reconfigure
        /// Hand the encoder its settings.
        case configureEncoder(StreamConfiguration)
        /// Tell listeners.
        case emit(String, [String: Value])
        /// Tell somebody who waits for a ticket.
        case call(@Sendable ([String: Outcome]) -> Void, [String: Outcome])
        /// Stop the camera and start it again.
        case restart
        /// Open the camera anew.
        case reopen
    }

    var owners = Owners()
    var ledger = Ledger()
    var watchdog = Watchdog()
    var profiles = ProfileStack()
    /// What the attached camera can do; that of the last one while it is away.
    var capabilities: Capabilities? { didSet { if let capabilities { raw.learn(capabilities) } } }
    private var raw = RawControls()
    private(set) var ramps = Ramps()
    var granted: CameraConfiguration?
    var report: FrameReport?
    var info: Value = [:]
    var isStreamWanted = false
    /// Where the camera of a process before came from, as long as none was opened.
    var cameraBefore: String?
    /// Whether listeners were told that the camera is lost and not yet that it is back.
    private var isMissed = false
    private var light = LightChange()
    private var request: UInt64 = 0
    private var waiting: [Ticket: [@Sendable ([String: Outcome]) -> Void]] = [:]

    /// Below this many bits a second the Raspberry Pi's encoder hangs (rpicam-apps #664).
    static let leastBitrate = 100_000

    /// The control of the Catalog or of libcamera that is called `key`; the one place that knows both.
    func find(_ key: String) -> Control? { Catalog.controlsByKey[key] ?? raw.byKey[key] }

    /// The control called `key`.
    /// - Throws: `unknown`, with the nearest name; `unavailable` for a raw one before there was a camera.
    func control(_ key: String) throws(Problem) -> Control {
        if let control = find(key) { return control }
        guard RawControls.isRaw(key) else { throw .unknown("control", key, among: Catalog.controls.map(\.key) + raw.byKey.keys) }
        throw raw.problem(with: key, capabilities)
    }

    /// The raw controls that the attached camera reports, by name.
    var rawControls: [Control] { raw.byKey.values.filter { capabilities?.limits(of: $0.key) != nil }.sorted { $0.key < $1.key } }

    /// The effective asked-for value of a control that exists.
    func effective(_ key: String) -> Value { owners.top(key)?.value ?? find(key)?.standard ?? .null }

    /// A control with its holder and limits.
    func controlState(_ control: Control) -> ControlState {
        let top = owners.top(control.key)
        let limits = control.target == .camera && !isOurChoice(control) ? capabilities?.limits(of: control.key) : control.type
        return ControlState(
            value: top?.value ?? control.standard, holder: top?.owner, limits: limits ?? control.type,
            isSupported: limits != nil || capabilities == nil, outcome: ledger.lastOutcome(control.key))
    }
}

// MARK: Writing

extension EngineState {
    /// Holds values before there is a camera.
    mutating func preset(_ change: Change, wall: Double) throws(Problem) {
        for (key, value) in try check(change.values) { owners.hold(key, value, by: change.owner, at: wall) }
    }

    /// Checks several values as one change, against what is in effect.
    func check(_ values: [String: Value]) throws(Problem) -> [String: Value] {
        try Catalog.check(values, find: control, effective: effective)
    }

    /// Takes a change whole or not at all.
    /// - Parameter isAll: whether the owner shall hold these values and nothing else afterwards.
    mutating func apply(_ change: Change, isAll: Bool = false, now: Instant, wall: Double) throws(Problem) -> (Ticket, [Action]) {
        let checked = try check(change.values)
        guard let capabilities else { throw Problem(.unavailable, "there is no camera yet; try again when '/health' says it is up") }
        var values = checked
        for (key, value) in Freeze.seeds(for: checked, state: self) { values[key] = value }

        var entries: [String: Ledger.Entry] = [:]
        var kept: [String: Value] = [:]
        for (key, value) in values {
            let control = try control(key)
            switch narrow(control, value, capabilities) {
            case .unsupported(let reason): entries[key] = .settled(Outcome(.unsupported, asked: value, reason: reason))
            case .fine, .clamped: kept[key] = value
            }
        }
        let starts = starts(of: kept.keys, over: change.over)
        let dropped = isAll ? owners.keys(of: change.owner).filter { kept[$0] == nil } : []
        let before = (kept.keys + dropped).reduce(into: [:]) { $0[$1] = effective($1) }
        _ = owners.release(dropped, by: change.owner)
        for (key, value) in kept { owners.hold(key, value, by: change.owner, at: wall) }
        let way = Way(starts: starts, seconds: change.over)
        return carryOut(kept.keys + dropped.filter { effective($0) != before[$0] }, way, settled: entries, before: before, now: now)
    }

    /// Gives keys back to the holders underneath.
    mutating func release(_ keys: [String]?, by owner: Owner, over: Double = 0, now: Instant) throws(Problem) -> (Ticket, [Action]) {
        for key in keys ?? [] { _ = try control(key) }
        let candidates = keys ?? owners.keys(of: owner)
        let before = candidates.reduce(into: [:]) { $0[$1] = effective($1) }
        let way = Way(starts: starts(of: candidates, over: over), seconds: over)
        let held = owners.release(keys, by: owner)
        return carryOut(held.filter { effective($0) != before[$0] }, way, settled: [:], before: before, now: now)
    }

    /// From where, and for how long, values go to new ones.
    private struct Way {
        var starts: [String: Value]
        var seconds: Double
    }

    /// The values in force of keys that are about to change slowly.
    private func starts(of keys: some Sequence<String>, over: Double) -> [String: Value] {
        guard over > 0 else { return [:] }
        return keys.reduce(into: [:]) { $0[$1] = ramps.value($1) ?? Freeze.inForce($1, state: self) ?? effective($1) }
    }

    /// Sends the effective values of some keys where they belong and opens a ticket for them.
    private mutating func carryOut(
        _ keys: [String], _ way: Way, settled: [String: Ledger.Entry], before: [String: Value], now: Instant
    ) -> (Ticket, [Action]) {
        request += 1
        var entries = settled
        var sending: [String: Value] = [:]
        var actions: [Action] = []
        var needsReconfiguration = false
        let givenBack = keys.filter { RawControls.isRaw($0) && owners.top($0) == nil }
        let followed = givenBack.flatMap { capabilities?.catalogKeys(of: $0) ?? [] }
        for control in (keys + followed).compactMap(find) {
            var plan = plan(control)
            ramps.cancel(control.key)
            if let ramp = ramp(control, plan, way) {
                ramps.begin(control.key, ramp, at: now)
                plan = (plan.entry.later, ramp.value)
            }
            entries[control.key] = plan.entry
            if let sent = plan.sent { sending[control.key] = sent }
            needsReconfiguration = needsReconfiguration || isConfiguration(control)
        }
        if needsReconfiguration {
            // A size may cost frame rate: that is said, although nobody named it.
            if let cut = framerateCut, entries["stream.framerate"] == nil { entries["stream.framerate"] = cut }
            raw.giveBack(givenBack.filter { capabilities?.catalogKeys(of: $0).isEmpty ?? true })
            actions.append(.reconfigure)
        } else if !sending.isEmpty {
            actions.append(.send(sending, request: request))
        }
        if keys.contains(where: { Catalog.controlsByKey[$0]?.target == .encoder }), let stream = streamConfiguration {
            actions.append(.configureEncoder(stream))
        }
        let (ticket, completed) = ledger.open(entries, deadline: now.advanced(by: 2 + 8 * frameSeconds))
        return (ticket, actions + finish(completed) + changes(keys, before: before))
    }

    private func plan(_ control: Control) -> (entry: Ledger.Entry, sent: Value?) {
        let asked = effective(control.key)
        guard control.target != .host else {
            return (.settled(Outcome(.applied, asked: asked, applied: asked, frame: report?.sequence)), nil)
        }
        guard let capabilities else {
            return (.settled(Outcome(.unsupported, asked: asked, reason: "there is no camera for '\(control.key)'")), nil)
        }
        if owners.top(control.key) == nil, let other = capabilities.catalogKeys(of: control.key).first {
            return (.settled(Outcome(.applied, asked: asked, reason: "it follows '\(other)' again")), nil)
        }
        let sent: Value
        let cut: String?
        switch narrow(control, asked, capabilities) {
        case .unsupported(let reason): return (.settled(Outcome(.unsupported, asked: asked, reason: reason)), nil)
        case .fine(let value): (sent, cut) = (value, nil)
        case .clamped(let value, let reason): (sent, cut) = (value, reason)
        }
        if let reason = whyWithoutEffect(control) {
            return (.settled(Outcome(.unsupported, asked: asked, reason: reason)), sent)
        }
        // The encoder takes its settings before the next frame: that frame, whatever request it carries, is the proof.
        let proof = control.target == .encoder ? 0 : request
        return (.sent(asked: asked, sent: sent, reason: cut, request: proof), control.target == .camera ? sent : nil)
    }

    /// The way of a value that is proved by frames; nil when it changes at once.
    private func ramp(_ control: Control, _ plan: (entry: Ledger.Entry, sent: Value?), _ way: Way) -> Ramp? {
        guard case .sent = plan.entry, let sent = plan.sent, let start = way.starts[control.key], !isConfiguration(control) else {
            return nil
        }
        return Ramp(control, from: start, to: sent, seconds: way.seconds)
    }

    private var framerateCut: Ledger.Entry? {
        guard let control = Catalog.controlsByKey["stream.framerate"], case .sent(_, _, .some, _) = plan(control).entry else { return nil }
        return plan(control).entry
    }

    private func whyWithoutEffect(_ control: Control) -> String? {
        guard let condition = control.effective else { return nil }
        let other = effective(condition.key)
        guard !condition.values.contains(other) else { return nil }
        let values = condition.values.map(\.description).joined(separator: " or ")
        return "has no effect while '\(condition.key)' is \(other); it counts once that is \(values)"
    }

    private func changes(_ keys: [String], before: [String: Value]) -> [Action] {
        keys.sorted().compactMap { key in
            let value = effective(key)
            guard before[key] != value else { return nil }
            let owner = owners.top(key)?.owner.description ?? "standard"
            return .emit("control.changed", ["key": .text(key), "value": value, "owner": .text(owner)])
        }
    }
}

// MARK: What the camera and the encoder shall do

extension EngineState {
    /// Whether a control is part of the camera's configuration rather than of its requests.
    private func isConfiguration(_ control: Control) -> Bool {
        control.target == .camera && control.cost == .reconfiguration || isOurChoice(control)
    }

    /// Which sensor mode is taken is chosen here: every camera supports that.
    private func isOurChoice(_ control: Control) -> Bool { control.key == "geometry.fov_mode" }

    /// Cuts a value to what the camera, and for the frame rate the encoder, can do.
    private func narrow(_ control: Control, _ value: Value, _ capabilities: Capabilities) -> Narrowed {
        guard !isOurChoice(control) else { return .fine(value) }
        if control.key == "stream.bitrate", let bits = value.int, bits > 0, bits < EngineState.leastBitrate {
            return .clamped(.integer(EngineState.leastBitrate), reason: "encoders do at least \(EngineState.leastBitrate) bit/s")
        }
        guard control.key == "stream.framerate", let wanted = value.double else { return capabilities.narrow(control, value) }
        let (limit, why) = framerateLimit(capabilities)
        guard wanted > limit else { return capabilities.narrow(control, value) }
        return .clamped(.number(limit), reason: why)
    }

    private func framerateLimit(_ capabilities: Capabilities) -> (Double, String) {
        let (width, height) = wantedSize(capabilities)
        let encoder = ModeChoice.maximumFramerate(width: width, height: height)
        let index = ModeChoice.mode(capabilities, width: width, height: height, fovMode: fovMode)
        let sensor = index.map { capabilities.modes[$0].maximumFramerate } ?? capabilities.modes.map(\.maximumFramerate).max() ?? encoder
        return sensor < encoder
            ? (sensor, "the sensor mode for \(width)x\(height) does at most \(Value.plain(sensor)) fps")
            : (encoder, "\(width)x\(height) does at most \(Value.plain(encoder)) fps")
    }

    private var fovMode: String { effective("geometry.fov_mode").string ?? "scale" }

    private func wantedSize(_ capabilities: Capabilities) -> (Int, Int) {
        guard let control = Catalog.controlsByKey["stream.size"] else { return (1920, 1080) }
        let sides = (capabilities.narrow(control, effective(control.key)).sent ?? control.standard).list?.compactMap(\.int) ?? []
        return sides.count == 2 ? (sides[0], sides[1]) : (1920, 1080)
    }

    /// How the camera shall run, from the effective values.
    func wantedConfiguration(_ capabilities: Capabilities) -> CameraConfiguration {
        let (width, height) = wantedSize(capabilities)
        let value = { (key: String) -> Value? in
            Catalog.controlsByKey[key].flatMap { self.narrow($0, self.effective(key), capabilities).sent }
        }
        return CameraConfiguration(
            width: width, height: height, framerate: value("stream.framerate")?.double ?? 30,
            mode: ModeChoice.mode(capabilities, width: width, height: height, fovMode: fovMode),
            hflip: value("geometry.hflip")?.bool ?? false, vflip: value("geometry.vflip")?.bool ?? false,
            rotation: value("geometry.rotation")?.int ?? 0, hdr: value("image.hdr")?.string ?? "off",
            tuning: value("image.tuning")?.string ?? "")
    }

    /// The encoder's settings for the granted camera configuration; nil before there is one.
    var streamConfiguration: StreamConfiguration? {
        guard let granted else { return nil }
        let asked = effective("stream.bitrate").int ?? 0
        let rule = BitrateRule.bitrate(width: granted.width, height: granted.height, framerate: granted.framerate)
        return StreamConfiguration(
            width: granted.width, height: granted.height, framerate: granted.framerate,
            bitrate: asked > 0 ? max(asked, EngineState.leastBitrate) : rule,
            keyInterval: effective("stream.key_interval").double ?? 1)
    }

    /// Every value the camera can be sent now, with a request of its own: what is sent after it was configured.
    mutating func everything() -> (values: [String: Value], request: UInt64) {
        request += 1
        guard let capabilities else { return ([:], request) }
        let rawControls = raw.takeDue { owners.top($0) != nil }
        let controls = Catalog.controls.filter { $0.target == .camera && !isConfiguration($0) } + rawControls
        let values = controls.reduce(into: [String: Value]()) {
            $0[$1.key] = ramps.value($1.key) ?? narrow($1, effective($1.key), capabilities).sent
        }
        return (values, request)
    }

    /// The longest time the next frame may take, in seconds.
    var frameSeconds: Double {
        let reported = Double(report?.frameDuration ?? 0) / 1e6
        let nominal = granted.map { 1 / $0.framerate } ?? 0
        let key = effective("exposure.auto").bool == false ? "exposure.time" : "exposure.max_time"
        return max(reported, nominal, (effective(key).double ?? 0) / 1e6)
    }
}

// MARK: What happens

extension EngineState {
    /// A camera was configured and is sent ``everything()`` next; it may be another one than before.
    mutating func attach(_ camera: Capabilities, now: Instant) -> [Action] {
        capabilities = camera
        let (lacking, returned) = raw.attach(camera) { owners.top($0) != nil }
        if !returned.isEmpty {
            request += 1
            let entries = returned.compactMap(find).reduce(into: [:]) { $0[$1.key] = plan($1).entry }
            _ = ledger.open(entries, deadline: now.advanced(by: 2 + 8 * frameSeconds))
        }
        return finish(ledger.lose(lacking.reduce(into: [:]) { $0[$1] = camera.reasonForLacking($1) }))
    }

    /// A frame came.
    mutating func frame(_ metadata: FrameMetadata, now: Instant) -> [Action] {
        var actions: [Action] = []
        report = metadata.report
        if watchdog.frame(at: now), isMissed {
            isMissed = false
            actions.append(.emit("camera.found", ["model": .text(capabilities?.model ?? "")]))
        }
        if let before = light.seen(metadata.report.lux, at: now), let lux = metadata.report.lux {
            actions.append(.emit("light.changed", ["lux": .number(lux), "before": .number(before)]))
        }
        return actions + finish(ledger.seen(metadata)) + stepRamps(now)
    }

    /// Sends what is on its way a step further.
    private mutating func stepRamps(_ now: Instant) -> [Action] {
        guard !ramps.isEmpty else { return [] }
        let (values, arrived) = ramps.step(now)
        guard !values.isEmpty else { return [] }
        request += 1
        ledger.arrived(arrived, request: request, deadline: now.advanced(by: 2 + 8 * frameSeconds))
        return [.send(values, request: request)]
    }

    /// Time passed.
    mutating func tick(_ now: Instant) -> [Action] {
        var actions = finish(ledger.expire(now))
        switch watchdog.check(now, frameDuration: frameSeconds) {
        case .none: break
        case .lost(let reason): actions += lost(reason)
        case .restart: actions.append(.restart)
        case .reopen: actions.append(.reopen)
        }
        return actions
    }

    /// The camera said that it is gone, or could not be opened.
    mutating func cameraFailed(_ reason: String, now: Instant) -> [Action] {
        guard case .lost(let reason) = watchdog.failed(reason, at: now) else { return [] }
        return lost(reason)
    }

    /// Told once, however many tries it takes until it is found.
    private mutating func lost(_ reason: String) -> [Action] {
        defer { isMissed = true }
        return isMissed ? [] : [.emit("camera.lost", ["reason": .text(reason)])]
    }

    /// The camera refused a configuration; it runs on with the one before.
    mutating func configurationRefused(_ reason: String) -> [Action] {
        let keys = Set(Catalog.controls.filter(isConfiguration).map(\.key))
        // What was refused is not held: it would be refused again with every later change.
        for key in ledger.waitingKeys.intersection(keys) { owners.dropTop(key) }
        return finish(ledger.refuse(keys, reason: reason))
    }

    /// Calls back when a ticket is settled.
    mutating func whenSettled(_ ticket: Ticket, _ call: @escaping @Sendable ([String: Outcome]) -> Void) -> [Action] {
        guard !ledger.isSettled(ticket) else { return [.call(call, ledger.outcomes(ticket))] }
        waiting[ticket, default: []].append(call)
        return []
    }

    private mutating func finish(_ completed: [Ticket]) -> [Action] {
        completed.flatMap { ticket in
            (waiting.removeValue(forKey: ticket) ?? []).map { .call($0, ledger.outcomes(ticket)) }
        }
    }
}
