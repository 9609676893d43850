public import Catalog
internal import CameraBindings
internal import Dispatch
internal import Timing

/// Carries out `still.take`: a picture of the running camera, as a file in the media folder.
public final class StillCommands: Sendable {
    private let photographer: Photographer
    private let puller: FocusPuller
    private let media: MediaDesk
    private let surface: any ControlSurface
    private let zone: LocalTime.Zone

    /// Creates them.
    public convenience init(photographer: Photographer, puller: FocusPuller, media: MediaDesk, surface: any ControlSurface) {
        self.init(photographer: photographer, puller: puller, media: media, surface: surface, zone: LocalTime.systemZone)
    }

    init(
        photographer: Photographer, puller: FocusPuller, media: MediaDesk, surface: any ControlSurface, zone: @escaping LocalTime.Zone
    ) {
        self.photographer = photographer
        self.puller = puller
        self.media = media
        self.surface = surface
        self.zone = zone
    }

    /// Takes a picture with arguments that the Catalog has checked, and tells listeners.
    /// - Throws: what is wrong with the path, why there is no picture, or why it cannot be written.
    public func take(_ arguments: [String: Value]) async throws(Problem) -> Value {
        guard arguments["overlay"]?.bool != true else {
            throw Problem(.unsupported, "this version of luneta draws nothing into pictures; leave 'overlay' out", key: "overlay")
        }
        // A path that is refused costs no picture.
        let template = try PathTemplate(arguments["path"]?.string ?? Catalog.standardStillPath)
        let (still, focus) = try await shoot(PictureSettings(arguments), arguments)
        let place = try template.filled(LocalTime(wall: still.time, zone: zone), frame: still.report.sequence)
        var facts = still.facts.merging(focus?.facts ?? [:]) { $1 }
        facts["path"] = .text(try await media.store(still.bytes, as: place))
        surface.emit("still.taken", facts.filter { StillCommands.told.contains($0.key) })
        return .table(facts)
    }

    private static let told: Set<String> = ["path", "bytes", "width", "height", "frame", "time"]

    private func shoot(_ settings: PictureSettings, _ arguments: [String: Value]) async throws(Problem) -> (Still, FocusResult?) {
        let isFresh = arguments["fresh"]?.bool ?? true
        guard arguments["focus"]?.bool == true else { return (try await photographer.take(settings, isFresh: isFresh), nil) }
        let (still, focus) = try await puller.focused { [photographer] () async throws(Problem) in
            try await photographer.take(settings, isFresh: isFresh)
        }
        return (still, focus)
    }
}

extension PictureSettings {
    /// Settings from arguments that the Catalog has checked.
    public init(_ arguments: [String: Value]) {
        self.init(
            width: arguments["width"]?.int, height: arguments["height"]?.int,
            fit: arguments["fit"]?.string.flatMap(Fit.init) ?? .crop, quality: arguments["quality"]?.int ?? 90)
    }
}
