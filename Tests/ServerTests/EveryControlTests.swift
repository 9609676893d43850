import CameraBindings
import Catalog
import Engine
import Scripting
import Server
import Support
import Testing
import Timing

/// Every control that libcamera knows (core, draft, vendors') is reachable by its own name, with its type, on a camera that reports it.
@Suite struct EveryControlTests {
    /// Reports every control and takes every value.
    private final class Everything: Camera {
        private let state = Mutex<(values: [String: Value], request: UInt64, deliver: (@Sendable (CameraSignal) -> Void)?)>(([:], 0, nil))
        let capabilities: Capabilities

        init(_ controls: [String: RawControl]) {
            capabilities = Capabilities(
                model: "everything", kind: "test", sensorWidth: 4608, sensorHeight: 2592, modes: [], limits: [:], hasAutofocus: false,
                raw: controls)
        }

        func configure(_ wanted: CameraConfiguration) -> CameraConfiguration { wanted }
        func stop() {}
        func triggerFocus() {}
        func start(_ deliver: @escaping @Sendable (CameraSignal) -> Void) {
            state.withLock { $0.deliver = deliver }
            shoot()
        }
        func set(_ values: [String: Value], request: UInt64) {
            state.withLock { state in
                state.values.merge(values) { $1 }
                state.request = request
            }
            shoot()
        }
        private func shoot() {
            let (deliver, request, values) = state.withLock { ($0.deliver, $0.request, $0.values) }
            let metadata = FrameMetadata(report: FrameReport(), settledRequest: request, inForce: InForce(values: values))
            deliver?(.frame(Frame(pixels: nil, metadata: metadata) {}))
        }
    }

    private static func sample(_ type: ValueType) -> Value? {
        switch type {
        case .bool: true
        case .integer(let range, _): .integer(max(range.lowerBound, min(1, range.upperBound)))
        case .number(let range, _): .number(max(range.lowerBound, min(0.5, range.upperBound)))
        case .choice(let words): words.last.map(Value.text)
        case .text: "x"
        case .list(let element, let count):
            sample(element).map { .list(Array(repeating: $0, count: max(count.lowerBound, min(2, count.upperBound)))) }
        default: nil
        }
    }

    private static func lua(_ value: Value) -> String {
        guard let list = value.list else { return value.string.map { "\"\($0)\"" } ?? "\(value)" }
        return "{" + list.map(lua).joined(separator: ", ") + "}"
    }

    private static func json(_ value: Value) -> String {
        guard let list = value.list else { return value.string.map { "\"\($0)\"" } ?? "\(value)" }
        return "[" + list.map(json).joined(separator: ", ") + "]"
    }

    private static func engine(_ controls: [String: RawControl]) throws -> Engine {
        let engine = Engine(clock: SystemClock(), url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in Everything(controls) }
        try engine.start()
        return engine
    }

    @Test(arguments: ControlList.all) func `every control is there for REST, with a type, and takes a value of it`(list: ControlList)
        async throws
    {
        let engine = try Self.engine(list.controls)
        defer { engine.shutDown() }
        let controls = list.controls
        #expect(controls.count >= 48)
        let client = RESTClient(engine, patience: .seconds(5))
        for (name, raw) in controls.sorted(by: { $0.key < $1.key }) {
            let value = try #require(Self.sample(raw.type), "\(name) has no type")
            let shown = await client.get("/v1/controls/raw.\(name)")
            #expect(shown.status == 200 && shown["supported"] == true, "\(name): \(shown.text)")
            #expect(shown["limits"]?.table?["type"] != nil || shown["limits"]?.table?["enum"] != nil, "\(name): \(shown.text)")
            let reply = await client.send("PATCH", "/v1/controls?wait=applied", #"{"raw.\#(name)": \#(Self.json(value))}"#)
            let outcome = reply["raw.\(name)"]?.table
            #expect(reply.status == 200 && outcome?["state"] == "applied", "\(name): \(reply.text)")
            #expect(outcome?["applied"]?.matches(value, tolerance: 1e-6) == true, "\(name): \(reply.text)")
        }
    }

    @Test(arguments: ControlList.all) func `every control is there for Lua by its name, and reads back what was set`(list: ControlList)
        async throws
    {
        let engine = try Self.engine(list.controls)
        defer { engine.shutDown() }
        let controls = list.controls
        let scripts = ScriptHost(surface: engine, clock: SystemClock(), folders: []) { _ in }
        for (name, raw) in controls.sorted(by: { $0.key < $1.key }) {
            let value = try #require(Self.sample(raw.type))
            let script = "probe_\(name.lowercased())"
            try await scripts.run(
                source: "camera.raw.\(name) = \(Self.lua(value))\nif camera.raw.\(name) == nil then error('nothing there') end",
                name: script)
            let info = try scripts.info(script)
            #expect(info.lastProblem == nil, "\(name): \(String(describing: info.lastProblem))")
            #expect(try engine.read("raw.\(name)").matches(value, tolerance: 1e-6), "\(name)")
            try await scripts.stop(script)
        }
        await scripts.shutDown()
    }
}
