internal import Catalog

extension Answers {
    /// Sets the controls an operation of the reference service stands for.
    func set(_ call: Call, stopUnless: String?) async throws(Problem) -> Document {
        let values = try call.operation.values(from: call.members)
        let outcomes = try await change(values, waits: call.waits)
        if let stopUnless, call.members[stopUnless] == false {
            _ = try await surface.perform("stream.stop", [:], by: .rest)
        }
        let truth = Truth(outcomes)
        switch call.operation.reply {
        case .ok(_, let echoes):
            let echoed = echoes.map { Document.Member($0.name, call.members[$0.field]?.document ?? .null) }
            return .object([.init("status", "ok")] + echoed + truth.members)
        case .framerate: return framerate(asked: call.members["framerate"]?.double ?? 0, truth)
        case .fovMode: return try fovMode(truth.members)
        case .streaming, .own, .followed, .media, .files: return .object([.init("status", "ok")] + truth.members)
        }
    }

    /// Performs the command an operation of the reference service stands for.
    func perform(_ command: String, _ call: Call) async throws(Problem) -> Document {
        let reply = try await surface.perform(command, [:], by: .rest)
        var members: [Document.Member] = [.init("status", "ok")]
        if case .streaming(let isWanted) = call.operation.reply {
            members.append(.init("streaming", .bool(isWanted)))
            for name in ["up", "state", "reason"] {
                if let value = reply.table?[name], value != .null { members.append(.init(name, value.document)) }
            }
        }
        if command == "focus.trigger", let mode = try? surface.read("focus.mode"), mode != "auto" {
            members.append(
                .init("reason", .text("a scan on request has no effect while 'focus.mode' is \(mode); it counts once that is 'auto'")))
        }
        return .object(members)
    }

    /// Applies values and follows them as far as asked.
    /// - Throws: a validation problem, or `unsupported` for what this camera cannot do at all: "ok" would be a lie.
    func change(_ values: [String: Value], waits: Bool) async throws(Problem) -> [String: Outcome] {
        let possible = try possible(values)
        guard !possible.isEmpty else { return [:] }
        let ticket = try surface.apply(Change(.rest, possible))
        let outcomes = waits ? await settled(ticket) : surface.outcomes(ticket)
        for (key, outcome) in outcomes.sorted(by: { $0.key < $1.key }) where outcome.state == .unsupported {
            guard let control = try? surface.control(key), !isWaitingForAnother(control) else { continue }
            throw unsupported(key, outcome.asked, outcome.reason)
        }
        return outcomes
    }

    /// Values without those that only turn off what this camera does not have.
    /// - Throws: `unsupported`, before anything was changed; bad values are left for the surface to refuse.
    private func possible(_ values: [String: Value]) throws(Problem) -> [String: Value] {
        var possible = values
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let control = try? surface.control(key), let value = try? control.type.check(value, key: key) else { continue }
            let state = try surface.state(key)
            guard !Answers.canDo(value, state) else { continue }
            guard !state.isSupported, Answers.off[key] == value else { throw unsupported(key, value, nil) }
            possible[key] = nil
        }
        return possible
    }

    /// Whether a camera takes a value, if only by clamping it: numbers beyond its limits are cut, words and sizes it lacks are not.
    private static func canDo(_ value: Value, _ state: ControlState) -> Bool {
        guard state.isSupported else { return false }
        return state.limits.nearest(to: value) != nil
    }

    /// What is in force anyway on a camera that lacks the control.
    private static let off: [String: Value] = [
        "geometry.hflip": false, "geometry.vflip": false, "geometry.rotation": 0, "image.hdr": "off", "image.lens_correction": false,
        "image.noise_reduction": "off",
    ]

    private func unsupported(_ key: String, _ value: Value, _ reason: String?) -> Problem {
        let state = try? surface.state(key)
        let model = surface.info.table?["model"]?.string.map { " (\($0))" } ?? ""
        let allowed: Value? =
            if state?.isSupported == true, case .choice(let words) = state?.limits { .list(words.map(Value.text)) } else { nil }
        let sentence =
            allowed.map { "this camera\(model) has no \(value) for '\(key)'; it has \($0)" }
            ?? (state?.isSupported == true ? "this camera\(model) cannot set '\(key)' to \(value)" : "this camera\(model) has no '\(key)'")
        return Problem(.unsupported, reason ?? sentence, key: key, allowed: allowed, given: value)
    }

    /// Whether a control has no effect only because another one has another value now.
    private func isWaitingForAnother(_ control: Control) -> Bool {
        guard let condition = control.effective, let other = try? surface.read(condition.key) else { return false }
        return !condition.values.contains(other)
    }

    /// The outcomes of a ticket when every key is settled, or as they are when patience runs out.
    func settled(_ ticket: Ticket) async -> [String: Outcome] {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        surface.whenSettled(ticket) { _ in continuation.finish() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in stream {} }
            group.addTask { [patience] in try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
        return surface.outcomes(ticket)
    }
}
