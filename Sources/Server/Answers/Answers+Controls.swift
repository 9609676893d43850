internal import Catalog

extension Answers {
    /// Every control in the Catalog's order, then the raw ones that the camera reports.
    var controls: Document {
        get throws(Problem) {
            var members: [Document.Member] = []
            for control in Catalog.controls + surface.rawControls { members.append(.init(control.key, try self.control(control.key))) }
            return .object(members)
        }
    }

    /// One control as it is now on this camera.
    func control(_ key: String) throws(Problem) -> Document {
        let control = try surface.control(key)
        let state = try surface.state(key)
        let condition: Document =
            control.effective.map { ["key": .text($0.key), "values": .list($0.values.map(\.document))] } ?? .null
        return [
            "value": state.value.document, "holder": state.holder.map { .text($0.description) } ?? .null,
            "standard": control.standard.document, "limits": state.limits.schema, "unit": .text(state.limits.unit.rawValue),
            "supported": .bool(state.isSupported), "about": .text(control.about), "cost": .text(control.cost.rawValue),
            "effective_while": condition, "outcome": state.outcome?.document ?? .null,
        ]
    }

    /// Sets several controls at once.
    func changeControls(_ call: Call) async throws(Problem) -> Document {
        let outcomes = try await change(call.members, waits: call.waits)
        return .object(call.members.keys.sorted().map { .init($0, outcomes[$0]?.document ?? Answers.inForce(call.members[$0])) })
    }

    /// The outcome of turning off what the camera does not have.
    private static func inForce(_ value: Value?) -> Document {
        let value = value ?? .null
        return Outcome(.applied, asked: value, applied: value).document
    }

    /// Gives one control back to the holder underneath.
    func releaseControl(_ call: Call) async throws(Problem) -> Document {
        let ticket = try surface.release([call.name], by: .rest)
        if call.waits { _ = await settled(ticket) }
        return try control(call.name)
    }

    /// The holders of a control.
    func why(_ key: String) throws(Problem) -> Document {
        let holders = try surface.why(key).map { holding -> Document in
            ["owner": .text(holding.owner.description), "value": holding.value.document, "time": .number(holding.time)]
        }
        return [
            "key": .text(key), "value": try surface.read(key).document, "holders": .list(holders),
            "standard": try surface.control(key).standard.document,
        ]
    }
}
