/// What a lens and edge processing do to a sharp picture.
enum Lens {
    /// Pixels of blur for each dioptre of defocus in a picture 1920 pixels wide.
    private static let blurPerDioptre = 4.0
    /// More blur than this changes nothing that anybody could still see.
    private static let largestBlur = 32.0

    /// The radius of blur in whole pixels, so that a hair of lens movement repaints nothing.
    static func radius(defocus: Double, width: Int) -> Int {
        Int(min(abs(defocus) * blurPerDioptre, largestBlur) * Double(width) / 1920 + 0.5)
    }

    /// Darkens the picture towards the corners of the scene by up to 45 %.
    static func darkenCorners(_ picture: Picture, _ window: Area) {
        let across = squares(window.x, window.width, picture.width)
        let down = squares(window.y, window.height, picture.height)
        across.withUnsafeBufferPointer { across in
            for row in 0..<picture.height {
                let luma = picture.luma + row * picture.stride
                let rest = 256 &- down[row]
                for column in 0..<picture.width {
                    luma[column] = UInt8(truncatingIfNeeded: (Int32(luma[column]) &* (rest &- across[column])) >> 8)
                }
            }
        }
    }

    /// What each place of an axis loses, in 256ths: a square law from the middle.
    private static func squares(_ start: Double, _ length: Double, _ count: Int) -> [Int32] {
        (0..<count).map { step in
            let place = 2 * (start + length * (Double(step) + 0.5) / Double(count)) - 1
            return Int32(0.225 * 256 * place * place)
        }
    }

    /// Strengthens edges by what a small blur took from them; below 1 it softens.
    static func sharpen(_ picture: Picture, softened: Picture, by sharpness: Double) {
        let strength = Int32((sharpness - 1) * 192)
        for row in 0..<picture.height {
            let luma = picture.luma + row * picture.stride
            let soft = softened.luma + row * softened.stride
            for column in 0..<picture.width {
                let level = Int32(luma[column])
                let edge = ((level &- Int32(soft[column])) &* strength) >> 8
                luma[column] = UInt8(truncatingIfNeeded: max(0, min(255, level &+ edge)))
            }
        }
    }
}
