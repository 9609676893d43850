internal import CameraBindings
internal import Catalog
internal import Engine
internal import Server
internal import Stills
internal import Timing

/// Everything that makes pictures of the running camera, joined to the engine and, as the server sees it, to REST.
struct Pictures: PictureControl {
    private let studio: Studio
    private let live: LivePictures
    private let desk: MediaDesk

    /// Makes the parts; nothing runs before the first picture is asked for.
    init(_ engine: Engine, clock: any HostClock, folder: String) {
        let frames = EngineFrames(engine: engine)
        let software = "Luneta \(Luneta.version)"
        studio = Studio(source: frames, surface: engine, clock: clock, software: software)
        live = LivePictures(source: frames, surface: engine, clock: clock, software: software) { MultipartPictures.part($0.bytes) }
        desk = MediaDesk(folder)
        let commands = StillCommands(studio: studio, media: desk, surface: engine)
        engine.handle("still.take") { (arguments, _) throws(Problem) in try await commands.take(arguments) }
    }

    /// Ends what waits.
    func end() {
        studio.end()
        live.end()
    }

    func snapshot(_ arguments: [String: Value]) async throws(Problem) -> Snapshot {
        let (still, facts) = try await studio.take(arguments, isFresh: false)
        return Snapshot(bytes: still.bytes, facts: facts)
    }

    func view(_ arguments: [String: Value], _ deliver: @escaping @Sendable ([UInt8]) -> Void) throws(Problem) -> Subscription {
        var settings = PictureSettings(arguments)
        settings.isQuick = true
        return try live.view(.init(picture: settings, framesPerSecond: arguments["fps"]?.double ?? 10), deliver)
    }

    func media(after: String?, limit: Int) async throws(Problem) -> Value {
        let page = try await desk.page(after: after, limit: limit)
        let items = page.items.map { item -> Value in
            ["path": .text(item.path), "kind": .text(item.kind.rawValue), "size": .integer(item.size), "time": .number(item.time)]
        }
        return ["items": .list(items), "next": page.next.map(Value.text) ?? .null]
    }

    func open(_ path: String) async throws(Problem) -> any Medium { OpenMedium(file: try await desk.open(path)) }
    func delete(_ path: String) async throws(Problem) { try await desk.delete(path) }
}

/// A file of the media folder as the server sees it.
private struct OpenMedium: Medium {
    let file: MediaFile

    var size: Int { file.item.size }
    var time: Double { file.item.time }
    var mediaType: String { file.item.kind.mediaType }
    var tag: String { file.item.tag }
    func read(at offset: Int, count: Int) async throws(Problem) -> [UInt8] { try await file.read(at: offset, count: count) }
}

/// The engine as whoever makes pictures sees it.
private struct EngineFrames: FrameSource {
    let engine: Engine

    func watch(_ look: @escaping @Sendable (Frame) -> Void) -> Subscription { engine.tap(look) }
}
