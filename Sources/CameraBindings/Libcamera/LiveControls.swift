internal import CCamera
internal import Catalog

/// The controls of a running camera: what was asked, what goes with the next request, and what is in force on a frame.
struct LiveControls {
    private let map: ControlMap
    private let limits: [String: ValueType]
    private let granted: GrantedConfiguration
    private var asked: [String: Value]
    /// What was asked of libcamera's own controls, by their names.
    private var raw: [String: Value]
    private var request: UInt64
    private var settings: [String: Value] = [:]
    /// What libcamera was sent last, by its own names.
    private var sent: [String: Value] = [:]
    private var isFocusTriggered = false
    private var tracker = RequestTracker()
    /// What comes into force with each request that is not settled yet.
    private var coming: [(request: UInt64, asked: InForce)] = []
    private(set) var inForce: InForce

    /// Starts with what was asked of the configuration before.
    init(_ map: ControlMap, limits: [String: ValueType], granted: GrantedConfiguration, after former: LiveControls?) {
        self.map = map
        self.limits = limits
        self.granted = granted
        asked = former?.asked ?? [:]
        raw = former?.raw ?? [:]
        request = former?.request ?? 0
        inForce = InForce(values: [:])
        refresh()
        inForce = coming.last?.asked ?? inForce
    }

    /// The newest request that a frame has shown.
    var settledRequest: UInt64 { tracker.settledRequest }

    /// Takes values for the next request.
    mutating func set(_ values: [String: Value], request: UInt64) {
        // A Catalog control that is set later than the raw control that carries it out counts.
        for key in values.keys { raw = raw.filter { !ControlMap.catalogKeys($0.key).contains(key) } }
        for (key, value) in values {
            if let name = LiveControls.rawName(key) { raw[name] = value } else if granted.values[key] == nil { asked[key] = value }
        }
        self.request = max(self.request, request)
        refresh()
    }

    /// Starts a focus scan with the next request.
    mutating func triggerFocus() { isFocusTriggered = true }

    private mutating func refresh() {
        var clamping = Clamping(asked, limits: limits, before: inForce.values)
        for (key, value) in granted.values where limits[key] != nil { clamping.set(key, value, because: granted.reasons[key]) }
        let plan = map.plan(clamping.values, framerate: granted.configuration.framerate)
        for (key, cut) in plan.cuts where limits[key] != nil { clamping.set(key, cut.value, because: cut.reason) }
        settings = plan.settings
        var values = clamping.values
        for (name, value) in raw {
            values["raw.\(name)"] = value
            settings[name] = map.native[name]?.number(value)
        }
        coming.append((request, InForce(values: values, reasons: clamping.reasons)))
    }

    /// libcamera's name in a key such as `raw.AeFlickerPeriod`; nil for a key of the Catalog.
    private static func rawName(_ key: String) -> String? { key.hasPrefix("raw.") ? String(key.dropFirst(4)) : nil }

    /// Everything, for the start of the camera: nothing of what was on its way has arrived.
    mutating func starting() -> NativeFields {
        tracker.stopped()
        sent = [:]
        return fields(settings)
    }

    /// What goes with a slot's request: the values that differ from those sent before.
    mutating func queueing(_ slot: Int) -> NativeFields {
        var changed = settings.filter { sent[$0.key] != $0.value }
        // What is no longer set is sent again when it next is.
        sent = settings
        let expected = changed.reduce(into: [UInt32: Value]()) { expected, setting in
            guard let control = map.native[setting.key], ControlMap.isEchoed(setting.key, setting.value) else { return }
            expected[control.id] = setting.value
        }
        tracker.queued(slot, request: request, expected: expected)
        if isFocusTriggered { changed["AfTrigger"] = 0 }
        isFocusTriggered = false
        return fields(changed)
    }

    private func fields(_ settings: [String: Value]) -> NativeFields {
        settings.reduce(into: NativeFields()) { fields, setting in
            if let control = map.native[setting.key] { fields.add(control, setting.value) }
        }
    }

    /// A slot's frame came; afterwards ``inForce`` and ``settledRequest`` are those of this frame.
    mutating func completed(_ slot: Int, _ fields: UnsafeBufferPointer<ccam_field>) {
        let before = tracker.settledRequest
        let echoes = tracker.completed(slot) { id in fields.first { $0.id == id }.flatMap { NativeShape.value($0.value) } }
        guard tracker.settledRequest > before || !echoes.isEmpty else { return }
        if let index = coming.lastIndex(where: { $0.request <= tracker.settledRequest }) {
            inForce = coming[index].asked
            coming.removeFirst(index)
        }
        show(echoes)
    }

    /// Puts what the camera reports in the place of what was asked.
    private mutating func show(_ echoes: [UInt32: Value]) {
        var (values, reasons) = (inForce.values, inForce.reasons)
        for (id, echo) in echoes {
            guard let control = map.native.values.first(where: { $0.id == id }) else { continue }
            var reported = map.reported(control.name, echo, asked: values).filter { limits[$0.key] != nil }
            if raw[control.name] != nil { reported["raw.\(control.name)"] = control.words(echo) }
            for (key, value) in reported {
                if let asked = values[key], !value.matches(asked, tolerance: 0.1) { reasons[key] = "the camera made it \(value)" }
                values[key] = value
            }
        }
        inForce = InForce(values: values, reasons: reasons)
    }
}
