/// An NV12 picture in memory of its own; freed with the last reference.
final class Raster {
    let picture: Picture
    private let memory: UnsafeMutableRawPointer

    init(width: Int, height: Int) {
        let size = Picture.size(width: width, height: height)
        memory = .allocate(byteCount: size, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 128, count: size)
        picture = Picture(width: width, height: height, in: memory)
    }

    deinit { memory.deallocate() }

    func hasSize(of other: Picture) -> Bool { picture.width == other.width && picture.height == other.height }
}
