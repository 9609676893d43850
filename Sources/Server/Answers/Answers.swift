internal import Catalog

/// Carries out the operations on the surface and says what came of it.
struct Answers: Sendable {
    let surface: any ControlSurface
    let scripts: any ScriptControl
    let pictures: any PictureControl
    let viewers = Viewers()
    let log: ServiceLog
    let machine: @Sendable () -> Document
    private let requests: RequestMetrics
    private let streams: OpenStreams
    let live: (any LivePicture)?
    let version: String
    let patience: Duration
    let journal: EventJournal
    let metadataStreams: MetadataStreams
    private let openAPI: [UInt8]
    private let pages: Pages

    init(_ backends: Backends, version: String, patience: Duration, requests: RequestMetrics, streams: OpenStreams) {
        self.requests = requests
        self.streams = streams
        surface = backends.surface
        scripts = backends.scripts
        pictures = backends.pictures
        log = backends.log
        machine = backends.machine
        journal = EventJournal(surface)
        metadataStreams = MetadataStreams(surface)
        live = backends.live
        self.version = version
        self.patience = patience
        let document = OpenAPI.document(version: version)
        openAPI = document.json
        pages = Pages(document)
    }

    /// What answers a call.
    /// - Throws: what went wrong on the surface.
    func answer(_ call: Call) async throws(Problem) -> Reply {
        switch call.operation.action {
        case .set(_, let stopUnless): .json(try await set(call, stopUnless: stopUnless).json)
        case .perform(let command): .json(try await perform(command, call).json)
        case .answer(let answer): try await own(answer, call)
        }
    }

    private func own(_ answer: Operation.Answer, _ call: Call) async throws(Problem) -> Reply {
        switch answer {
        case .health: .json(health)
        case .openAPI: .json(openAPI)
        case .status: .json(status)
        case .capabilities: .json(capabilities.json)
        case .metrics: metrics(requests, streams: streams.count)
        case .systemStatus: .json(machine().json)
        case .logs: .json(logs(call).json)
        case .followLogs: followLogs(call)
        case .fovMode: .json(try fovMode([]).json)
        case .captureSnapshot: try await captureSnapshot(call)
        case .snapshot: try await snapshot(call)
        case .viewPictures: try viewPictures(call)
        case .media: try await listMedia(call)
        case .medium: try await medium(call)
        case .deleteMedium: try await deleteMedium(call)
        case .controls: .json(try controls.json)
        case .changeControls: .json(try await changeControls(call).json)
        case .control: .json(try control(call.name).json)
        case .releaseControl: .json(try await releaseControl(call).json)
        case .why: .json(try why(call.name).json)
        case .profiles: .json(profiles.json)
        case .defineProfile: .json(try defineProfile(call).json)
        case .removeProfile: .json(try removeProfile(call.name).json)
        case .pushProfile: .json(try await pushProfile(call).json)
        case .popProfile: .json(try await popProfile(call).json)
        case .events: events(call)
        case .metadata: try metadata(call)
        case .liveVideo: try await liveVideo()
        case .page: pages.live
        case .reference: pages.reference
        case .scripts, .startScript, .script, .runScript, .shadow, .endShadow, .promote, .stopScript, .reloadScript, .reloadScripts,
            .saveScript, .deleteScript,
            .scriptLog, .checkScript, .evaluate:
            try await script(answer, call)
        }
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
