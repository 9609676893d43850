internal import Catalog

/// Carries out the operations on the surface and says what came of it.
struct Answers: Sendable {
    let surface: any ControlSurface
    let scripts: any ScriptControl
    let version: String
    let patience: Duration
    private let openAPI: [UInt8]

    init(_ backends: Backends, version: String, patience: Duration) {
        surface = backends.surface
        scripts = backends.scripts
        self.version = version
        self.patience = patience
        openAPI = OpenAPI.document(version: version).json
    }

    /// What answers a call.
    /// - Throws: what went wrong on the surface.
    func answer(_ call: Call) async throws(Problem) -> Reply {
        switch call.operation.action {
        case .set(_, let stopUnless): .json(try await set(call, stopUnless: stopUnless).json)
        case .perform(let command): .json(try await perform(command, call).json)
        case .answer(let answer): .json(try await own(answer, call))
        }
    }

    private func own(_ answer: Operation.Answer, _ call: Call) async throws(Problem) -> [UInt8] {
        switch answer {
        case .health: health
        case .openAPI: openAPI
        case .status: status
        case .capabilities: capabilities.json
        case .fovMode: try fovMode([]).json
        case .controls: try controls.json
        case .changeControls: try await changeControls(call).json
        case .control: try control(call.name).json
        case .releaseControl: try await releaseControl(call).json
        case .why: try why(call.name).json
        case .scripts: Document.object([.init("scripts", Value.list(scripts.list()).document)]).json
        case .startScript: try await startScript(call).document.json
        case .script: try scripts.info(call.name).document.json
        case .runScript: try await scripts.run(name: call.name, arguments: call.members["args"]?.table ?? [:]).document.json
        case .stopScript: try await scripts.stop(call.name).document.json
        case .reloadScript: try await scripts.reload(call.name).document.json
        }
    }

    private func startScript(_ call: Call) async throws(Problem) -> Value {
        let name = call.members["name"]?.string
        let arguments = call.members["args"]?.table ?? [:]
        if let source = call.members["source"]?.string { return try await scripts.run(source: source, name: name, arguments: arguments) }
        guard let name else { throw Problem(.wrongType, "a script needs 'name', or 'source' for a one-off", key: "name") }
        return try await scripts.run(name: name, arguments: arguments)
    }

    /// - Throws: `unavailable` before the first camera was found; one that went away later keeps its settings and comes back.
    func requireCamera() throws(Problem) {
        guard !isConfigured else { return }
        let why = surface.status.camera.reason.map { ": \($0)" } ?? ""
        throw Problem(.unavailable, "there is no camera yet\(why); try again when '/health' says it is up")
    }

    /// Whether a camera was found and configured.
    var isConfigured: Bool { surface.status.camera.isUp || surface.info.table?.isEmpty == false }
}
