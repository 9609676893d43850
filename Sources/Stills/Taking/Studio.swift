public import Catalog
public import Timing

/// A photographer and a focus puller at work together.
public final class Studio: Sendable {
    let photographer: Photographer
    let puller: FocusPuller

    /// Creates a studio; `software` is what EXIF says made its pictures.
    public convenience init(source: any FrameSource, surface: any ControlSurface, clock: any HostClock, software: String) {
        self.init(
            photographer: Photographer(source: source, surface: surface, clock: clock, software: software),
            puller: FocusPuller(source: source, surface: surface, clock: clock))
    }

    init(photographer: Photographer, puller: FocusPuller) {
        self.photographer = photographer
        self.puller = puller
    }

    /// Takes a picture as arguments say that were checked: `width`, `height`, `fit`, `quality`, `focus`, `fresh`.
    /// - Parameter isFresh: what counts when the arguments do not say whether the exposure has to begin after the call.
    /// - Returns: the picture, and what there is to say about it by name.
    /// - Throws: why there is none.
    public func take(_ arguments: [String: Value], isFresh: Bool) async throws(Problem) -> (still: Still, facts: [String: Value]) {
        let settings = PictureSettings(arguments)
        let isFresh = arguments["fresh"]?.bool ?? isFresh
        guard arguments["focus"]?.bool == true else {
            let still = try await photographer.take(settings, isFresh: isFresh)
            return (still, still.facts)
        }
        let (still, focus) = try await puller.focused { [photographer] () async throws(Problem) in
            try await photographer.take(settings, isFresh: isFresh)
        }
        return (still, still.facts.merging(focus.facts) { $1 })
    }

    /// Ends it: whoever waits is told, and so is everybody afterwards.
    public func end() { photographer.end() }
}
