import CPhoto
import Testing

/// A JPEG as turbojpeg and libexif read it.
struct DecodedJPEG {
    let width: Int
    let height: Int
    /// Red, green and blue, row by row.
    private let samples: [UInt8]
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        let decompressor = try #require(tjInitDecompress())
        defer { tjDestroy(decompressor) }
        var (width, height, subsampling, space) = (Int32(0), Int32(0), Int32(0), Int32(0))
        let head = tjDecompressHeader3(decompressor, bytes, UInt(bytes.count), &width, &height, &subsampling, &space)
        try #require(head == 0)
        #expect(subsampling == TJSAMP_420.rawValue && space == TJCS_YCbCr.rawValue)
        var samples = [UInt8](repeating: 0, count: Int(width * height) * 3)
        let status = tjDecompress2(decompressor, bytes, UInt(bytes.count), &samples, width, 0, height, Int32(TJPF_RGB.rawValue), 0)
        try #require(status == 0)
        (self.width, self.height, self.samples) = (Int(width), Int(height), samples)
    }

    /// Red, green and blue of a pixel.
    func levels(_ x: Int, _ y: Int) -> [Double] { (0..<3).map { Double(samples[(y * width + x) * 3 + $0]) } }

    /// How far a pixel is from a colour, in levels of its worst component.
    func distance(_ x: Int, _ y: Int, from colour: TestColour) -> Double {
        zip(levels(x, y), colour.levels).map { abs($0 - $1) }.max() ?? 0
    }

    /// An EXIF entry as people read it; nil when there is none.
    func exif(_ tag: UInt32, _ group: ExifIfd) -> String? {
        guard let data = exif_data_new_from_data(bytes, UInt32(bytes.count)) else { return nil }
        defer { exif_data_unref(data) }
        let content = withUnsafePointer(to: &data.pointee.ifd) { pointer in
            pointer.withMemoryRebound(to: UnsafeMutablePointer<ExifContent>?.self, capacity: 5) { $0[Int(group.rawValue)] }
        }
        guard let entry = exif_content_get_entry(content, ExifTag(tag)) else { return nil }
        var text = [CChar](repeating: 0, count: 200)
        exif_entry_get_value(entry, &text, 200)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
