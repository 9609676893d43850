internal import CameraBindings
internal import Catalog
internal import Engine
internal import Stills
internal import Timing

/// Everything that makes pictures of the running camera, joined to the engine.
struct Pictures {
    /// Takes stills.
    let photographer: Photographer
    /// Focuses before them.
    let puller: FocusPuller
    /// Keeps the media folder.
    let media: MediaDesk

    /// Makes the parts; nothing runs before the first picture is asked for.
    init(_ engine: Engine, clock: any HostClock, folder: String) {
        let frames = EngineFrames(engine: engine)
        photographer = Photographer(source: frames, surface: engine, clock: clock, software: "Luneta \(Luneta.version)")
        puller = FocusPuller(source: frames, surface: engine, clock: clock)
        media = MediaDesk(folder)
        let commands = StillCommands(photographer: photographer, puller: puller, media: media, surface: engine)
        engine.handle("still.take") { (arguments, _) throws(Problem) in try await commands.take(arguments) }
    }

    /// Ends what waits.
    func end() { photographer.end() }
}

/// The engine as whoever makes pictures sees it.
private struct EngineFrames: FrameSource {
    let engine: Engine

    func watch(_ look: @escaping @Sendable (Frame) -> Void) -> Subscription { engine.tap(look) }
}
