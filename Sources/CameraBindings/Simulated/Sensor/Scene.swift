internal import Painting

/// What a simulated camera looks at: its light, and who walks by.
package struct Scene: Sendable, Equatable {
    /// The light.
    package var light: Light
    /// Whether anybody moves.
    package var hasMovement: Bool

    /// Creates a scene.
    package init(light: Light, hasMovement: Bool = true) {
        self.light = light
        self.hasMovement = hasMovement
    }

    /// The scenes that have names.
    package static let named: [String: Scene] = [
        "day": Scene(light: Light(lux: 12_000, colourTemperature: 5600)),
        "dusk": Scene(light: Light(lux: 60, colourTemperature: 4600)),
        "night": Scene(light: Light(lux: 0.4, colourTemperature: 2300)),
        "dim": Scene(light: Light(lux: 8, colourTemperature: 2900)),
        "still": Scene(light: Light(lux: 12_000, colourTemperature: 5600), hasMovement: false),
    ]
}

extension Scene {
    /// Seconds in which a passer-by crosses the scene, the row of the feet, and the look.
    private static let walks: [(seconds: Double, feet: Double, height: Double, tone: UInt8, warmth: UInt8)] = [
        (23, 0.82, 0.24, 60, 168), (-31, 0.79, 0.21, 120, 100), (47, 0.96, 0.33, 44, 132),
    ]

    /// Where the passers-by are, `seconds` after the camera was opened; a later start by `seed`.
    func figures(at seconds: Double, seed: UInt64) -> [Figure] {
        guard hasMovement else { return [] }
        return Scene.walks.enumerated().map { index, walk in
            // A walk begins and ends well outside the picture.
            let turns = seconds / abs(walk.seconds) + Double((seed &+ UInt64(index) &* 37) % 100) / 100
            let share = turns - turns.rounded(.down)
            let x = -0.15 + 1.3 * (walk.seconds > 0 ? share : 1 - share)
            return Figure(x: x, y: walk.feet, height: walk.height, tone: walk.tone, warmth: walk.warmth)
        }
    }
}
