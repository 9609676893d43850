/// Paints what a simulated camera sees.
///
/// Whatever does not change from frame to frame is kept: the scene, the scene through this lens and window, and that in the levels of
/// this exposure. A settled frame is then one addition of noise a byte, and the passers-by. Not for use by two threads at a time.
public final class ScenePainter {
    /// Pixels across the whole scene: half of the finest sensor's, which is what its binned modes read.
    private static let sceneWidth = 2304

    /// Frames for which a scene that nobody looks at anew is kept: drawing it takes longer than a frame lasts, keeping it 4.5 MB.
    private static let sceneLife = 30

    private let aspect: Double
    private var scene: Raster?
    private var settledFrames = 0
    private var noise: Noise
    private var view: View?
    private var sharp: Raster?
    private var seen: Raster?
    private var developed: Raster?
    private var look: Look?
    private var tones = ToneTables(Look())

    /// Draws the scene, for a sensor whose width is `aspect` times its height.
    public init(aspect: Double, seed: UInt64) {
        self.aspect = aspect
        noise = Noise(seed: seed)
    }

    /// Paints one frame.
    /// - Parameters:
    ///   - code: what a program shall read back; nil for none.
    ///   - round: a number that differs from frame to frame; the noise follows from it.
    public func paint(
        _ view: View, _ look: Look, figures: [Figure], stamp: String, code: Code? = nil, round: UInt64, into picture: Picture
    ) {
        let hasNewScene = see(view, picture)
        let developed = develop(look, picture, isForced: hasNewScene)
        noise.scale(to: look.noise)
        noise.add(to: developed, into: picture, round: round)
        for figure in figures { figure.paint(into: picture, view, tones) }
        Stamp(text: stamp).paint(into: picture)
        code?.paint(into: picture)
    }

    /// Brings the scene through window and lens up to date; true when it changed.
    private func see(_ wanted: View, _ picture: Picture) -> Bool {
        let hasSize = sharp?.hasSize(of: picture) ?? false
        guard !hasSize || view.map({ !wanted.looksLike($0, width: picture.width) }) ?? true else {
            settledFrames += 1
            if settledFrames > ScenePainter.sceneLife { scene = nil }
            return false
        }
        settledFrames = 0
        let sharp = raster(&sharp, picture)
        if !hasSize || !(view?.frames(wanted) ?? false) { frame(sharp, wanted) }
        pass(sharp, through: wanted, picture)
        view = wanted
        return true
    }

    /// Makes what is seen of a sharp picture; in focus and without sharpening that is the picture itself, and nothing is kept twice.
    private func pass(_ sharp: Picture, through wanted: View, _ picture: Picture) {
        let radius = Lens.radius(defocus: wanted.defocus, width: picture.width)
        guard radius > 0 || wanted.sharpness != 1 else {
            seen = nil
            return
        }
        let seen = raster(&seen, picture)
        // Only wanted while the view changes, and as large as a frame.
        var spare: Raster?
        if radius > 0 { Blur(radius: radius).apply(sharp, into: seen, by: raster(&spare, picture)) } else { copy(sharp, into: seen) }
        guard wanted.sharpness != 1 else { return }
        let softened = raster(&developed, picture)
        Blur(radius: 1).apply(seen, into: softened, by: raster(&spare, picture))
        Lens.sharpen(seen, softened: softened, by: wanted.sharpness)
    }

    private var drawnScene: Picture {
        if let scene { return scene.picture }
        let drawn = Raster(width: ScenePainter.sceneWidth, height: Int(Double(ScenePainter.sceneWidth) / aspect) & ~1)
        Street.paint(into: drawn.picture)
        scene = drawn
        return drawn.picture
    }

    private func frame(_ sharp: Picture, _ wanted: View) {
        Resampling.fill(sharp, from: drawnScene, wanted)
        if wanted.darkensCorners { Lens.darkenCorners(sharp, wanted.window) }
    }

    /// Brings the levels up to date and gives the picture in them.
    private func develop(_ wanted: Look, _ picture: Picture, isForced: Bool) -> Picture {
        let developed = raster(&developed, picture)
        guard isForced || wanted != look else { return developed }
        let before = tones
        look = wanted
        tones = ToneTables(wanted)
        if isForced || tones != before { tones.map(seen?.picture ?? raster(&sharp, picture), into: developed) }
        return developed
    }

    /// The raster in a slot, made anew when the picture has another size.
    private func raster(_ slot: inout Raster?, _ picture: Picture) -> Picture {
        if let slot, slot.hasSize(of: picture) { return slot.picture }
        let made = Raster(width: picture.width, height: picture.height)
        slot = made
        return made.picture
    }

    private func copy(_ source: Picture, into target: Picture) {
        target.luma.update(from: source.luma, count: source.stride * source.height * 3 / 2)
    }
}

extension View {
    /// Whether another view shows the same before lens blur and sharpening.
    fileprivate func frames(_ other: View) -> Bool {
        window == other.window && isMirrored == other.isMirrored && isUpsideDown == other.isUpsideDown
            && darkensCorners == other.darkensCorners
    }

    /// Whether another view comes out the same in a picture of this width.
    fileprivate func looksLike(_ other: View, width: Int) -> Bool {
        frames(other) && sharpness == other.sharpness
            && Lens.radius(defocus: defocus, width: width) == Lens.radius(defocus: other.defocus, width: width)
    }
}
