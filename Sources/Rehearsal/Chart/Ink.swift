/// The colours of a chart: Okabe and Ito's where they carry a meaning, told apart with any eyes.
enum Ink {
    static let paper = "#ffffff"
    static let panel = "#f7f8fa"
    static let grid = "#e1e5ea"
    static let major = "#b9c1cb"
    static let text = "#1f2933"
    static let quiet = "#5b6672"
    static let night = "#1b2a55"
    static let light = "#b97a00"
    static let lightArea = "#f0b429"
    static let scene = "#87919d"
    static let exposure = "#0072b2"
    static let gain = "#c85200"
    static let recording = "#009e73"
    static let problem = "#c1121f"

    /// Grounds for dark words that none of the sky's colours resembles, one for each profile.
    static let bands = ["#f5e6a8", "#f2b48c", "#8fd9c0", "#f5bccb", "#d3dc7a", "#dddddd"]
    /// From many pictures to few.
    static let density = ["#3b4587", "#505a9c", "#6872ad", "#8d95c4", "#b3b9d9"]

    /// Eighths of a degree of the Sun's elevation, from the end of astronomical twilight to broad day.
    static let sky = (-144...96).map { sky(elevation: Double($0) / 8) }

    /// From a day that is all night to one that is all light.
    static let daylight = (0...32).map { mixed(skyStops[0].colour, [206, 230, 248], Double($0) / 32) }

    /// What a mean brightness looks like, in 64 steps.
    static let greys = (0..<64).map { mixed([0, 0, 0], [255, 255, 255], Double($0) / 63) }

    private static let skyStops: [(elevation: Double, colour: [Double])] = [
        (-18, [11, 20, 48]), (-12, [24, 39, 84]), (-6, [52, 78, 138]), (-2, [137, 125, 166]), (0, [233, 172, 140]), (3, [233, 214, 196]),
        (7, [188, 217, 240]), (12, [206, 230, 248]),
    ]

    private static func sky(elevation: Double) -> String {
        let index = max(1, skyStops.firstIndex { $0.elevation >= elevation } ?? skyStops.count - 1)
        let (from, to) = (skyStops[index - 1], skyStops[index])
        return mixed(from.colour, to.colour, (elevation - from.elevation) / (to.elevation - from.elevation))
    }

    private static func mixed(_ from: [Double], _ to: [Double], _ share: Double) -> String {
        hex(zip(from, to).map { $0 + ($1 - $0) * share })
    }

    private static func hex(_ parts: [Double]) -> String {
        let code = parts.reduce(0) { $0 * 256 + Int($1.rounded()) }
        let digits = String(code, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
