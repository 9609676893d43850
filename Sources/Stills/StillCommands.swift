public import Catalog

/// Takes pictures as arguments say that were checked.
package protocol PictureTaker: Sendable {
    /// A picture, and what there is to say about it by name.
    /// - Throws: why there is none.
    func take(_ arguments: [String: Value], isFresh: Bool) async throws(Problem) -> (still: Still, facts: [String: Value])
}

/// Keeps pictures.
package protocol MediaKeeper: Sendable {
    /// Writes a file whole or not at all.
    /// - Returns: its path below the folder.
    func store(_ bytes: [UInt8], as place: PathTemplate.Filled) async throws(Problem) -> String
}

extension Studio: PictureTaker {}
extension MediaDesk: MediaKeeper {}

/// Carries out `still.take`: a picture of the running camera, as a file in the media folder.
public final class StillCommands: Sendable {
    private let studio: any PictureTaker
    private let media: any MediaKeeper
    private let surface: any ControlSurface
    private let zone: LocalTime.Zone

    /// Creates them.
    public convenience init(studio: Studio, media: MediaDesk, surface: any ControlSurface) {
        self.init(studio: studio, media: media, surface: surface, zone: LocalTime.systemZone)
    }

    package init(
        studio: any PictureTaker, media: any MediaKeeper, surface: any ControlSurface, zone: @escaping @Sendable (_ unix: Int) -> Int
    ) {
        self.studio = studio
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
        // A script has just changed something, or something has just happened: the picture is to show that.
        let (still, known) = try await studio.take(arguments, isFresh: true)
        var facts = known
        let place = try template.filled(LocalTime(wall: still.time, zone: zone), frame: still.report.sequence)
        facts["path"] = .text(try await media.store(still.bytes, as: place))
        surface.emit("still.taken", facts.filter { StillCommands.told.contains($0.key) })
        return .table(facts)
    }

    private static let told: Set<String> = ["path", "bytes", "width", "height", "frame", "time"]
}

extension PictureSettings {
    /// Settings from arguments that the Catalog has checked.
    public init(_ arguments: [String: Value]) {
        self.init(
            width: arguments["width"]?.int, height: arguments["height"]?.int,
            fit: arguments["fit"]?.string.flatMap(Fit.init) ?? .crop, quality: arguments["quality"]?.int ?? 90)
    }
}
