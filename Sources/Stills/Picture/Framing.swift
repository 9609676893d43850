/// Which part of a frame a picture shows, and in which size.
struct Framing: Sendable, Equatable {
    /// Left edge of the part in the frame; even, since colour has half the resolution.
    let left: Int
    /// Top edge of the part; even.
    let top: Int
    /// Width of the part.
    let partWidth: Int
    /// Height of the part.
    let partHeight: Int
    /// Width of the picture.
    let width: Int
    /// Height of the picture.
    let height: Int

    /// How the part becomes the picture.
    var scaling: Scaling {
        if width == partWidth && height == partHeight { return .none }
        return width * height > partWidth * partHeight ? .up : .down
    }

    /// Decides for a frame of a size.
    init(_ settings: PictureSettings, frameWidth: Int, frameHeight: Int) {
        let (wanted, isBoth) = Framing.size(settings, frameWidth, frameHeight)
        switch settings.fit {
        case .crop where isBoth: self.init(cropping: frameWidth, frameHeight, to: wanted)
        case .fit where isBoth: self.init(whole: frameWidth, frameHeight, as: Framing.inside(wanted, frameWidth, frameHeight))
        case .stretch, .crop, .fit: self.init(whole: frameWidth, frameHeight, as: wanted)
        }
    }

    private typealias Size = (width: Int, height: Int)

    private init(whole frameWidth: Int, _ frameHeight: Int, as size: Size) {
        (left, top, partWidth, partHeight) = (0, 0, frameWidth, frameHeight)
        (width, height) = size
    }

    /// The largest part in the middle with the sides' proportion.
    private init(cropping frameWidth: Int, _ frameHeight: Int, to size: Size) {
        let isNarrower = size.width * frameHeight < size.height * frameWidth
        partWidth = isNarrower ? max(1, Framing.share(frameHeight, size.width, size.height)) : frameWidth
        partHeight = isNarrower ? frameHeight : max(1, Framing.share(frameWidth, size.height, size.width))
        left = (frameWidth - partWidth) / 2 & ~1
        top = (frameHeight - partHeight) / 2 & ~1
        (width, height) = size
    }

    /// The size asked for, with the side that nobody named; whether both were named.
    private static func size(_ settings: PictureSettings, _ frameWidth: Int, _ frameHeight: Int) -> (Size, isBoth: Bool) {
        switch (settings.width, settings.height) {
        case (nil, nil): ((frameWidth, frameHeight), false)
        case (let width?, nil): ((width, evenShare(width, frameHeight, frameWidth)), false)
        case (nil, let height?): ((evenShare(height, frameWidth, frameHeight), height), false)
        case (let width?, let height?): ((width, height), true)
        }
    }

    /// The largest even size with the frame's proportion that a box holds.
    private static func inside(_ box: Size, _ frameWidth: Int, _ frameHeight: Int) -> Size {
        guard box.width * frameHeight != box.height * frameWidth else { return box }
        let isNarrower = box.width * frameHeight < box.height * frameWidth
        let largest = (width: max(2, box.width & ~1), height: max(2, box.height & ~1))
        return isNarrower
            ? (largest.width, min(largest.height, evenShare(box.width, frameHeight, frameWidth)))
            : (min(largest.width, evenShare(box.height, frameWidth, frameHeight)), largest.height)
    }

    private static func share(_ side: Int, _ numerator: Int, _ denominator: Int) -> Int {
        (side * numerator + denominator / 2) / denominator
    }

    /// The even number next to a share.
    private static func evenShare(_ side: Int, _ numerator: Int, _ denominator: Int) -> Int {
        max(2, (side * numerator + denominator) / (2 * denominator) * 2)
    }
}
