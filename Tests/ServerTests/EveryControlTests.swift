import CameraBindings
import Catalog
import Engine
import Scripting
import Server
import Support
import Testing
import Timing

/// Every control that this libcamera knows (core, draft, and the vendors' it was built with) is reachable by its own name.
///
/// Runs with whichever libcamera the build has, on a camera that reports all of them.
@Suite struct EveryControlTests {
    /// Reports every control and takes every value.
    private final class Everything: Camera {
        private let state = Mutex<(values: [String: Value], request: UInt64, deliver: (@Sendable (CameraSignal) -> Void)?)>(([:], 0, nil))
        let capabilities = Capabilities(
            model: "everything", kind: "test", sensorWidth: 4608, sensorHeight: 2592, modes: [], limits: [:], hasAutofocus: false,
            raw: LibcameraLibrary.everyControl)

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

    private static func engine() throws -> Engine {
        let engine = Engine(clock: SystemClock(), url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in Everything() }
        try engine.start()
        return engine
    }

    @Test func `every control is there for REST, with a type, and takes a value of it`() async throws {
        let engine = try Self.engine()
        defer { engine.shutDown() }
        let controls = LibcameraLibrary.everyControl
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

    @Test func `every control is there for Lua by its name, and reads back what was set`() async throws {
        let engine = try Self.engine()
        defer { engine.shutDown() }
        let controls = LibcameraLibrary.everyControl
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
