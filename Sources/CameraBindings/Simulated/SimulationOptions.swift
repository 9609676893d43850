/// How a simulated camera is simulated.
public struct SimulationOptions: Sendable, Equatable {
    /// What it looks at.
    package var scene = Scene(light: .usual(lux: 12_000))
    /// Frames that are painted once and then shown in turn, which saves the painting; 0 paints each frame.
    ///
    /// Nothing that changes pixels has an effect then, so ``Capabilities/limits`` does not name those controls.
    public var prepainted = 0
    /// Makes runs differ: noise and passers-by follow from it.
    public var seed: UInt64 = 0
    /// Whether frames without pixels say how bright their picture would be.
    package var estimatesLuma = false
    /// Whether frames come at their rate; otherwise as fast as the machine paints them.
    public var isPaced = true

    /// Creates options: a day's street at its pace.
    public init() {}
}

extension SimulationOptions {
    private static let names = ["lux", "pace", "prepainted", "scene", "seed"]

    /// Reads options written as `lux=5&scene=night`.
    /// - Throws: `unsupported`, naming what is allowed.
    package init(_ text: Substring) throws(CameraError) {
        self.init()
        var lux: Double?
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let (name, value) = (String(pair[0]), pair.count > 1 ? String(pair[1]) : "")
            if name == "lux" { lux = try SimulationOptions.lux(value) } else { try take(name, value) }
        }
        // Whatever their order, a named scene says who moves and a number how bright it is.
        if let lux { scene.light = .usual(lux: lux) }
    }

    private mutating func take(_ name: String, _ value: String) throws(CameraError) {
        switch name {
        case "scene":
            guard let named = Scene.named[value] else {
                throw .unsupported("'scene' must be one of \(Scene.named.keys.sorted().joined(separator: ", ")), got '\(value)'")
            }
            scene = named
        case "prepainted": prepainted = Int(try SimulationOptions.whole(name, value, upTo: 64))
        case "seed": seed = try SimulationOptions.whole(name, value, upTo: UInt64(UInt32.max))
        case "pace": isPaced = try SimulationOptions.whole(name, value, upTo: 1) == 1
        default:
            let names = SimulationOptions.names.joined(separator: ", ")
            throw .unsupported("'sim' has no option '\(name)'; it takes \(names)")
        }
    }

    private static func lux(_ value: String) throws(CameraError) -> Double {
        guard let lux = Double(value), (0...200_000).contains(lux) else {
            throw .unsupported("'lux' must be a number from 0 to 200000, got '\(value)'")
        }
        return lux
    }

    private static func whole(_ name: String, _ value: String, upTo most: UInt64) throws(CameraError) -> UInt64 {
        guard let number = UInt64(value), number <= most else {
            throw .unsupported("'\(name)' must be a whole number from 0 to \(most), got '\(value)'")
        }
        return number
    }
}
