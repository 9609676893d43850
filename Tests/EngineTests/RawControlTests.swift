import CameraBindings
import Catalog
import Testing
import Timing

@testable import Engine

/// What libcamera's own controls are to the pure state.
struct RawControlTests {
    private let now = Instant(nanoseconds: 0)

    private static let camera = Capabilities.withRaw([
        "AeFlickerPeriod": RawControl(
            type: .integer(0...0, .none), standard: 20000, isSupported: true, limits: .integer(100...1_000_000, .none)),
        "AeFlickerMode": RawControl(
            type: .choice(["FlickerOff", "FlickerManual", "FlickerAuto"]), standard: "FlickerOff", isSupported: true,
            limits: .choice(["FlickerOff", "FlickerManual"])),
        "ColourGains": RawControl(type: .list(.number(0...32, .none), count: 2...2), isSupported: true),
        "AfWindows": RawControl(type: .list(.rectangle(0...4608), count: 0...4), standard: [], isSupported: true),
        "ExposureTime": RawControl(
            type: .integer(26...1_000_000, .none), standard: 20000, isSupported: true, catalogKeys: ["exposure.time"]),
        "LensPosition": RawControl(type: .number(0...15, .none), standard: 1, isSupported: false, vendor: "draft"),
    ])

    private func state(_ camera: Capabilities = camera) -> EngineState {
        var state = EngineState()
        state.capabilities = camera
        state.granted = CameraConfiguration()
        return state
    }

    private func frame(_ number: UInt64, request: UInt64, _ values: [String: Value] = [:], _ reasons: [String: String] = [:])
        -> FrameMetadata
    {
        var report = FrameReport()
        report.sequence = number
        return FrameMetadata(report: report, settledRequest: request, inForce: InForce(values: values, reasons: reasons))
    }

    private func sent(_ actions: [EngineState.Action]) -> [String: Value] {
        for case .send(let values, _) in actions { return values }
        return [:]
    }

    private func apply(_ values: [String: Value], by owner: Owner = .rest, to state: inout EngineState) throws -> [String: Outcome] {
        let (ticket, _) = try state.apply(Change(owner, values), now: now, wall: 0)
        return state.ledger.outcomes(ticket)
    }

    // MARK: Writing

    @Test func `a raw value is applied at the frame that proves it`() throws {
        var state = state()
        let (ticket, actions) = try state.apply(Change(.rest, ["raw.AeFlickerPeriod": 10000.0]), now: now, wall: 0)
        #expect(sent(actions) == ["raw.AeFlickerPeriod": 10000])
        #expect(state.ledger.outcomes(ticket)["raw.AeFlickerPeriod"]?.state == .pending)
        _ = state.frame(frame(7, request: 1, ["raw.AeFlickerPeriod": 10000]), now: now)
        #expect(state.ledger.outcomes(ticket)["raw.AeFlickerPeriod"] == Outcome(.applied, asked: 10000, applied: 10000, frame: 7))
    }

    @Test func `a raw value that the camera set otherwise is clamped, with its reason`() throws {
        var state = state()
        let (ticket, _) = try state.apply(Change(.rest, ["raw.ColourGains": [1, 2]]), now: now, wall: 0)
        _ = state.frame(frame(7, request: 1, ["raw.ColourGains": [1, 4]], ["raw.ColourGains": "tuned away"]), now: now)
        let outcome = state.ledger.outcomes(ticket)["raw.ColourGains"]
        #expect(outcome?.state == .clamped && outcome?.applied == [1, 4] && outcome?.reason == "tuned away")
    }

    private static let tooFar: [(String, asked: Value, cut: Value, String)] = [
        ("raw.AeFlickerPeriod", .integer(.max), 1_000_000, "this camera (imx708) does 100 to 1000000"),
        ("raw.AeFlickerPeriod", .integer(.min), 100, "this camera (imx708) does 100 to 1000000"),
        ("raw.ColourGains", [99, 1], [32.0, 1.0], "this camera (imx708) does 0 to 32"),
        ("raw.AfWindows", [[0, 0, 9999, 100]], [[0, 0, 4608, 100]], "this camera (imx708) does 0 to 4608 px"),
    ]

    @Test(arguments: tooFar)
    func `a raw value beyond the camera's limits is clamped and said`(key: String, asked: Value, cut: Value, reason: String) throws {
        var state = state()
        let (ticket, actions) = try state.apply(Change(.rest, [key: asked]), now: now, wall: 0)
        #expect(sent(actions) == [key: cut])
        _ = state.frame(frame(7, request: 1, [key: cut]), now: now)
        #expect(state.ledger.outcomes(ticket)[key]?.state == .clamped)
        #expect(state.ledger.outcomes(ticket)[key]?.reason == reason)
    }

    private static let wrong: [(String, Value, Problem.Code)] = [
        ("raw.AeFlickerPeriod", "fast", .wrongType), ("raw.AeFlickerPeriod", 0.5, .wrongType),
        ("raw.AeFlickerPeriod", .number(1e30), .outOfRange), ("raw.AeFlickerMode", "Flicker", .notOneOf),
        ("raw.ColourGains", [1], .wrongType), ("raw.AfWindows", [1, 2, 3, 4], .wrongType), ("raw.LensPosition", "far", .wrongType),
    ]

    @Test(arguments: wrong)
    func `a raw value of another type is refused and named`(key: String, value: Value, code: Problem.Code) {
        var state = state()
        let problem = #expect(throws: Problem.self) { try state.apply(Change(.rest, [key: value]), now: now, wall: 0) }
        #expect(problem?.code == code && problem?.key == key)
    }

    @Test func `a raw control that the camera does not report is unsupported and not kept`() throws {
        var state = state()
        let outcome = try apply(["raw.LensPosition": 2], to: &state)["raw.LensPosition"]
        #expect(outcome?.state == .unsupported)
        #expect(outcome?.reason == "this camera (imx708) has no 'raw.LensPosition'")
        #expect(state.owners.top("raw.LensPosition") == nil)
    }

    @Test func `a word that libcamera knows and this camera does not is unsupported, with those it has`() throws {
        var state = state()
        let outcome = try apply(["raw.AeFlickerMode": "FlickerAuto"], to: &state)["raw.AeFlickerMode"]
        #expect(
            outcome?.reason
                == "this camera (imx708) has no 'FlickerAuto' for 'raw.AeFlickerMode'; it has 'FlickerOff', 'FlickerManual'")
    }

    @Test(arguments: [
        ("raw.AeFlickerPeriode", "raw.AeFlickerPeriod"), ("raw.colourgains", "raw.ColourGains"), ("AeFlickerPeriod", "raw.AeFlickerPeriod"),
    ])
    func `an unknown raw name is answered with the nearest one`(name: String, nearest: String) {
        let problem = #expect(throws: Problem.self) { try state().control(name) }
        #expect(problem?.code == .unknown)
        #expect(problem?.sentence == "there is no control '\(name)'; did you mean '\(nearest)'?")
    }

    @Test func `a camera without raw controls says so, and before a camera nobody can know them`() {
        let none = #expect(throws: Problem.self) { try state(.withRaw([:])).control("raw.ColourGains") }
        #expect(none?.sentence == "there is no control 'raw.ColourGains': this camera (imx708) has no raw controls")
        var early = EngineState()
        let problem = #expect(throws: Problem.self) { try early.preset(Change(.configuration, ["raw.ColourGains": [1, 2]]), wall: 0) }
        #expect(problem?.code == .unavailable)
    }

    private static let halfBad: [[String: Value]] = [
        ["image.contrast": 2, "raw.ColourGains": "warm"], ["image.contrast": 99, "raw.ColourGains": [1, 2]],
        ["image.contrast": 2, "raw.ColourGain": [1, 2]],
    ]

    @Test(arguments: halfBad)
    func `one bad value and nothing happens, whichever kind it is of`(values: [String: Value]) {
        var state = state()
        #expect(throws: Problem.self) { try state.apply(Change(.rest, values), now: now, wall: 0) }
        #expect(state.owners.top("image.contrast") == nil && state.owners.top("raw.ColourGains") == nil)
    }

    @Test func `raw and other values of one change go in one request`() throws {
        var state = state()
        let (_, actions) = try state.apply(Change(.rest, ["image.contrast": 2, "raw.ColourGains": [1, 2]]), now: now, wall: 0)
        #expect(sent(actions) == ["image.contrast": 2.0, "raw.ColourGains": [1.0, 2.0]])
    }

    // MARK: Giving back

    @Test func `a raw key falls back to the holder underneath, then to the camera's standard`() throws {
        var state = state()
        _ = try apply(["raw.AeFlickerPeriod": 10000], by: .script("mains"), to: &state)
        _ = try apply(["raw.AeFlickerPeriod": 8333], to: &state)
        #expect(sent(try state.release(["raw.AeFlickerPeriod"], by: .rest, now: now).1) == ["raw.AeFlickerPeriod": 10000])
        let (ticket, actions) = try state.release(nil, by: .script("mains"), now: now)
        #expect(sent(actions) == ["raw.AeFlickerPeriod": 20000])
        #expect(state.ledger.outcomes(ticket)["raw.AeFlickerPeriod"]?.state == .pending)
    }

    @Test func `a raw key without a known standard stays as it is and says so`() throws {
        var state = state()
        _ = try apply(["raw.ColourGains": [1, 2]], to: &state)
        let (ticket, actions) = try state.release(["raw.ColourGains"], by: .rest, now: now)
        #expect(sent(actions).isEmpty)
        #expect(
            state.ledger.outcomes(ticket)["raw.ColourGains"]?.reason
                == "this camera (imx708) does not say what 'raw.ColourGains' is when nobody sets it; it stays as it is")
    }

    @Test func `a raw key that stands for one of the Catalog gives way to that one's value`() throws {
        var state = state()
        _ = try apply(["exposure.auto": false, "exposure.time": 10000, "exposure.gain": 2], by: .configuration, to: &state)
        _ = try apply(["raw.ExposureTime": 5000], to: &state)
        let (ticket, actions) = try state.release(["raw.ExposureTime"], by: .rest, now: now)
        #expect(sent(actions) == ["exposure.time": 10000])
        #expect(state.ledger.outcomes(ticket)["exposure.time"]?.state == .pending)
        #expect(state.ledger.outcomes(ticket)["raw.ExposureTime"]?.reason == "it follows 'exposure.time' again")
    }

    @Test func `a standard that is due together with a reconfiguration is sent after it, once`() throws {
        var state = state()
        _ = try apply(["raw.AfWindows": [[0, 0, 100, 100]], "stream.size": [1280, 720]], to: &state)
        #expect(state.everything().values["raw.AfWindows"] == [[0, 0, 100, 100]])
        let (_, actions) = try state.release(nil, by: .rest, now: now)
        #expect(actions.contains { if case .reconfigure = $0 { true } else { false } } && sent(actions).isEmpty)
        #expect(state.everything().values["raw.AfWindows"] == [])
        #expect(state.everything().values["raw.AfWindows"] == nil)
    }

    // MARK: Cameras that come and go

    @Test func `after a configuration what is held is sent again, and nothing that nobody set`() throws {
        var state = state()
        #expect(state.everything().values.keys.allSatisfy { !$0.hasPrefix("raw.") })
        _ = try apply(["raw.ColourGains": [1, 2]], to: &state)
        #expect(state.everything().values.filter { $0.key.hasPrefix("raw.") } == ["raw.ColourGains": [1.0, 2.0]])
    }

    @Test func `a held raw key outlives a camera that lacks it`() throws {
        var state = state()
        let (ticket, _) = try state.apply(Change(.rest, ["raw.ColourGains": [1, 2]]), now: now, wall: 0)
        var other = Capabilities.withRaw([:])
        other.model = "imx219"
        _ = state.attach(other, now: now)
        #expect(state.ledger.outcomes(ticket)["raw.ColourGains"]?.reason == "this camera (imx219) has no 'raw.ColourGains'")
        #expect(state.everything().values["raw.ColourGains"] == nil)
        let held = state.controlState(try state.control("raw.ColourGains"))
        #expect(!held.isSupported && held.value == [1.0, 2.0] && held.outcome?.state == .unsupported)
        #expect(state.rawControls.isEmpty)
    }

    @Test func `a held raw key is proved anew on a camera that has it again`() throws {
        var state = state()
        _ = try apply(["raw.ColourGains": [1, 2]], to: &state)
        _ = state.attach(.withRaw([:]), now: now)
        _ = state.attach(RawControlTests.camera, now: now)
        let (values, request) = state.everything()
        #expect(values["raw.ColourGains"] == [1.0, 2.0])
        #expect(state.ledger.lastOutcome("raw.ColourGains")?.state == .pending)
        _ = state.frame(frame(3, request: request, values), now: now)
        #expect(state.ledger.lastOutcome("raw.ColourGains")?.state == .applied)
    }

    @Test func `a raw control is listed with the camera's limits when it reports it`() throws {
        let state = state()
        #expect(state.rawControls.map(\.name) == ["AeFlickerMode", "AeFlickerPeriod", "AfWindows", "ColourGains", "ExposureTime"])
        let period = state.controlState(try state.control("raw.AeFlickerPeriod"))
        #expect(period.value == 20000 && period.holder == nil && period.limits == .integer(100...1_000_000, .none))
        #expect(!state.controlState(try state.control("raw.LensPosition")).isSupported)
    }
}

extension Capabilities {
    /// An IMX708 with every control of the Catalog and these raw ones.
    static func withRaw(_ raw: [String: RawControl]) -> Capabilities {
        let limits = Catalog.controls.filter { $0.target == .camera }.map { ($0.key, $0.type) }
        return Capabilities(
            model: "imx708", kind: "test", sensorWidth: 4608, sensorHeight: 2592,
            modes: [SensorMode(width: 2304, height: 1296, maximumFramerate: 56, about: "full, binned")],
            limits: Dictionary(uniqueKeysWithValues: limits), hasAutofocus: true, raw: raw)
    }
}
