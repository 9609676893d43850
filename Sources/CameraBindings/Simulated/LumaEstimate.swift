internal import Glibc
internal import Painting

/// The mean luma that pictures of an exposure would have, read off small ones that were painted once: what frames without pixels say.
struct LumaEstimate {
    /// Steps a stop, and the exposures they go over: below is black, above is white.
    private static let steps = 4
    private static let stops = -10...7
    private static let size = (width: 128, height: 72)

    private let view: View
    private var table: [Double] = []
    private var look: Look?

    init(_ view: View) { self.view = view }

    /// The mean luma for a look; the table is painted anew when something else than exposure has changed.
    mutating func luma(_ wanted: Look, painter: ScenePainter) -> Double? {
        var plain = wanted
        (plain.exposure, plain.red, plain.blue, plain.noise, plain.saturation) = (1, 1, 1, 0, 1)
        if look != plain {
            look = plain
            table = LumaEstimate.paint(view, plain, painter)
        }
        guard table.count > 1 else { return nil }
        let place = (log2(max(wanted.exposure, 1e-6)) - Double(LumaEstimate.stops.lowerBound)) * Double(LumaEstimate.steps)
        let low = max(0, min(Int(place), table.count - 2))
        let share = max(0, min(place - Double(low), 1))
        return table[low] + (table[low + 1] - table[low]) * share
    }

    private static func paint(_ view: View, _ look: Look, _ painter: ScenePainter) -> [Double] {
        guard let pool = try? BufferPool(width: size.width, height: size.height, count: 1), let buffer = pool.take() else { return [] }
        return (0...(stops.count - 1) * steps).compactMap { step in
            var look = look
            look.exposure = exp2(Double(stops.lowerBound) + Double(step) / Double(steps))
            painter.paint(view, look, figures: [], stamp: "", round: 0, into: buffer.picture)
            return PictureMeter.measure(buffer.pixels)?.luma
        }
    }
}
