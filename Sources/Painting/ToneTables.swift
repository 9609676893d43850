internal import Glibc

/// Maps the codes of a painted scene to levels of video, one table for each component.
///
/// A scene's luma code is its reflectance in gamma 2.2 with one stop of headroom above white, so that a shorter exposure brings
/// highlights back; its chroma codes are those of a normal exposure.
struct ToneTables: Equatable {
    private(set) var luma = [UInt8](repeating: 16, count: 256)
    private(set) var cb = [UInt8](repeating: 128, count: 256)
    private(set) var cr = [UInt8](repeating: 128, count: 256)

    private static let gamma = 2.2
    /// Linear reflectance of code 255.
    private static let headroom = 2.0
    /// Reflectance of a grey card.
    private static let grey = 0.18

    init(_ look: Look) {
        let greyLevel = ToneTables.level(ToneTables.grey, look)
        // Colour fades with its luma: a dark picture has no strong chroma.
        let strength = look.saturation * min(greyLevel / pow(ToneTables.grey, 1 / ToneTables.gamma), 1.5)
        let cast = ToneTables.cast(look, on: greyLevel)
        for code in 0..<256 {
            let reflectance = ToneTables.headroom * pow(Double(code) / 255, ToneTables.gamma)
            luma[code] = UInt8(16 + 219 * ToneTables.level(reflectance, look))
            cb[code] = ToneTables.chroma((Double(code) - 128) * strength + cast.cb)
            cr[code] = ToneTables.chroma((Double(code) - 128) * strength + cast.cr)
        }
    }

    /// The level, 0 to 1, of a reflectance.
    private static func level(_ reflectance: Double, _ look: Look) -> Double {
        var light = reflectance * look.exposure
        if look.isCompressed { light = 1.8 * light / (1 + 0.8 * light) }
        let level = pow(min(light, 1), 1 / gamma)
        return max(0, min(1, (level - 0.5) * look.contrast + 0.5 + look.brightness))
    }

    /// What wrong white balance adds to the chroma of grey at a level (BT.709 coefficients).
    private static func cast(_ look: Look, on level: Double) -> (cb: Double, cr: Double) {
        let red = level * pow(look.red, 1 / gamma)
        let blue = level * pow(look.blue, 1 / gamma)
        let luma = 0.2126 * red + 0.7152 * level + 0.0722 * blue
        return (224 * look.saturation * (blue - luma) / 1.8556, 224 * look.saturation * (red - luma) / 1.5748)
    }

    private static func chroma(_ difference: Double) -> UInt8 { UInt8(max(16, min(240, 128 + difference.rounded()))) }
}

extension ToneTables {
    /// Maps every sample of one picture into another of the same size.
    func map(_ source: Picture, into target: Picture) {
        luma.withUnsafeBufferPointer { table in
            for row in 0..<source.height {
                let from = source.luma + row * source.stride
                let to = target.luma + row * target.stride
                for column in 0..<source.width { to[column] = table[Int(from[column])] }
            }
        }
        mapChroma(source, into: target)
    }

    private func mapChroma(_ source: Picture, into target: Picture) {
        cb.withUnsafeBufferPointer { cb in
            cr.withUnsafeBufferPointer { cr in
                for row in 0..<source.height / 2 {
                    let from = source.chroma + row * source.stride
                    let to = target.chroma + row * target.stride
                    for column in stride(from: 0, to: source.width, by: 2) {
                        to[column] = cb[Int(from[column])]
                        to[column + 1] = cr[Int(from[column + 1])]
                    }
                }
            }
        }
    }

    /// The video levels of a paint.
    func levels(of ink: Ink) -> Ink { Ink(luma[Int(ink.luma)], cb[Int(ink.cb)], cr[Int(ink.cr)]) }
}
