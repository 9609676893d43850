/// What stands between the sky's lights and the ground.
package enum Clouds: String, Sendable, CaseIterable {
    /// A clear sky.
    case none
    /// Broken cloud in wind: sun and shadow take turns.
    case gusty
    /// A closed layer.
    case overcast

    /// How much of a clear sky's light comes through at a time; the same seed makes the same weather.
    ///
    /// - Parameter wall: seconds since 1970.
    func transmission(at wall: Double, seed: UInt64) -> Double {
        switch self {
        case .none: 1
        case .gusty: Clouds.gusty(at: wall, seed: seed)
        case .overcast: Clouds.overcast(at: wall, seed: seed)
        }
    }

    /// 0.1 to 0.25, changing over half an hour.
    ///
    /// Full cover lets through 0.25 on average (Kasten & Czeplak 1980), dark stratus 0.1 (Janiczek & DeYoung 1987). How fast it changes
    /// is a guess.
    private static func overcast(at wall: Double, seed: UInt64) -> Double {
        0.1 + 0.15 * (0.75 * Noise(seed: seed, row: 1).value(at: wall / 1800) + 0.25 * Noise(seed: seed, row: 2).value(at: wall / 420))
    }

    /// 0.2 to 0.32 in the shadow of a cloud, 1 in the sun and up to 1.1 at the edge of a cloud, all with a flutter of 2 %.
    ///
    /// Under cumulus the light has two modes, shadow and sun, and that of the sun is brighter than a clear sky (He et al. 2024,
    /// doi:10.5194/acp-24-11391-2024). How they take turns is two octaves of noise, chosen for the look: edges mostly of 10 to 60 s,
    /// clouds mostly of half a minute to ten minutes, half of the time. In twilight, with no beam to cut off, it is too much.
    private static func gusty(at wall: Double, seed: UInt64) -> Double {
        let cover = 0.75 * Noise(seed: seed, row: 3).value(at: wall / 180) + 0.25 * Noise(seed: seed, row: 4).value(at: wall / 45)
        let shadow = Noise.step((cover - 0.44) / 0.12)
        let edge = max(0, min(1, (0.44 - cover) / 0.12))
        let depth = 0.68 + 0.12 * Noise(seed: seed, row: 5).value(at: wall / 300)
        let flutter = 0.98 + 0.04 * Noise(seed: seed, row: 6).value(at: wall / 4)
        return (1 - depth * shadow + 0.4 * edge * (1 - edge)) * flutter
    }
}
