/// An NV12 picture in memory of its own; freed with the last reference.
final class Raster {
    let picture: Picture
    private let memory: PixelMemory

    init(width: Int, height: Int) {
        let size = Picture.size(width: width, height: height)
        guard let memory = PixelMemory(size: size) else { fatalError("no memory for a picture of \(width)x\(height)") }
        self.memory = memory
        memory.base.initializeMemory(as: UInt8.self, repeating: 128, count: size)
        picture = Picture(width: width, height: height, in: memory.base)
    }

    func hasSize(of other: Picture) -> Bool { picture.width == other.width && picture.height == other.height }
}
