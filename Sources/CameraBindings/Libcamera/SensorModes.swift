internal import CCamera
internal import Catalog

/// What a camera's sensor can do, asked from libcamera.
struct SensorModes {
    /// The modes, the largest first, with how libcamera is asked for each.
    private(set) var modes: [SensorMode] = []
    private(set) var wishes: [NativeWish.Mode] = []

    /// Finds the modes from the raw formats; a camera without raw pictures has none to choose from.
    ///
    /// How fast a mode is and what it covers libcamera says once it is configured, so each is configured once.
    init(_ camera: NativeCamera, sensor: PixelSize, video: NativeWish) {
        // Only sensors say how many pixels they have; asked for raw pictures, other cameras complain in the log.
        guard camera.property("PixelArraySize") != nil else { return }
        for mode in SensorModes.list(camera.formats(CCAM_RAW)) {
            var wish = video
            wish.mode = mode
            guard (try? camera.configure(wish)) != nil else { continue }
            let durations = ControlMap(camera.controls).durationRange
            let crop = SensorModes.crop(camera.property("ScalerCropMaximum"), of: sensor)
            modes.append(
                SensorMode(
                    width: mode.size.width, height: mode.size.height,
                    maximumFramerate: durations.map { (1e8 / $0.lowerBound).rounded() / 100 } ?? 30, crop: crop, bitDepth: mode.bits,
                    about: SensorModes.about(mode.size, crop, sensor)))
            wishes.append(mode)
        }
    }

    /// Each size once, with the most bits it comes in; the largest first.
    static func list(_ formats: [NativeCamera.Format]) -> [NativeWish.Mode] {
        var bits: [PixelSize: Int] = [:]
        for format in formats {
            guard let depth = SensorModes.bits(format.name) else { continue }
            for size in format.sizes { bits[size] = max(bits[size] ?? 0, depth) }
        }
        return bits.map { NativeWish.Mode(size: $0.key, bits: $0.value) }.sorted {
            ($0.size.area, $0.size.width) > ($1.size.area, $1.size.width)
        }
    }

    /// Bits a pixel of a raw format such as `SRGGB10_CSI2P` or `R12`; nil for a format that is no sensor's.
    static func bits(_ format: String) -> Int? {
        guard let match = format.wholeMatch(of: /(?:S(?:RGGB|BGGR|GRBG|GBRG)|R)(\d+).*/) else { return nil }
        return Int(match.1)
    }

    /// The part of the pixel array that a mode covers.
    static func crop(_ bounds: Value?, of sensor: PixelSize) -> Window {
        guard let sides = bounds?.list?.compactMap(\.double), sides.count == 4, sides[2] > 0, sides[3] > 0 else { return .full }
        let (width, height) = (Double(sensor.width), Double(sensor.height))
        return Window(x: sides[0] / width, y: sides[1] / height, width: min(1, sides[2] / width), height: min(1, sides[3] / height))
    }

    /// What a mode is, for people.
    static func about(_ size: PixelSize, _ crop: Window, _ sensor: PixelSize) -> String {
        let isFull = crop.width > 0.97 && crop.height > 0.97
        let covered = Double(sensor.width) * crop.width
        let isBinned = Double(size.width) < covered * 0.75
        let part = isFull ? "full" : "cropped to \(fraction(crop.width))"
        return isBinned ? "\(part), binned" : part
    }

    private static func fraction(_ part: Double) -> String {
        for (words, value) in [("2/3", 2.0 / 3), ("1/2", 0.5), ("3/4", 0.75), ("1/3", 1.0 / 3)] where abs(part - value) < 0.01 {
            return words
        }
        return "\(Int((part * 100).rounded())) %"
    }
}
