internal import CFootage
internal import Painting

/// One open video file or still: decodes its frames in order and scales the last one. For one thread at a time.
final class FootageReader {
    /// Width of the source in pixels.
    let width: Int
    /// Height of the source in pixels.
    let height: Int
    /// Seconds from one frame to the next; a usual value where the file does not say.
    let frameSeconds: Double
    private let path: String
    private let handle: OpaquePointer

    /// Opens a file.
    /// - Throws: `unreadable`, saying why and what would do.
    init(path: String) throws(CameraError) {
        var opened: OpaquePointer?
        let status = cfoot_reader_open(path, &opened)
        guard status == 0, let opened else { throw FootageReader.problem(path, status) }
        var about = cfoot_about()
        cfoot_reader_about(opened, &about)
        self.path = path
        handle = opened
        width = Int(about.width)
        height = Int(about.height)
        frameSeconds = about.frame_seconds > 0.001 ? about.frame_seconds : 0.04
    }

    deinit { cfoot_reader_close(handle) }

    /// Decodes the next frame; gives its time in seconds since the file's beginning, or nil at the end.
    /// - Throws: `unreadable`.
    func next() throws(CameraError) -> Double? {
        var seconds = 0.0
        let status = cfoot_reader_next(handle, &seconds)
        if status == CFOOT_END { return nil }
        guard status == 0 else { throw FootageReader.problem(path, status) }
        return seconds
    }

    /// Goes back to the beginning.
    /// - Throws: `unreadable`.
    func rewind() throws(CameraError) {
        let status = cfoot_reader_rewind(handle)
        guard status == 0 else { throw FootageReader.problem(path, status) }
    }

    /// Scales a window of the last frame, in fractions of the source, into a picture.
    /// - Throws: `unreadable`.
    func scale(_ window: Window, into picture: Picture) throws(CameraError) {
        var crop = cfoot_crop(
            x: Int32(window.x * Double(width)), y: Int32(window.y * Double(height)),
            width: Int32(max((window.width * Double(width)).rounded(), 2)),
            height: Int32(max((window.height * Double(height)).rounded(), 2)))
        var target = cfoot_target(
            luma: picture.luma, chroma: picture.chroma, stride: Int32(picture.stride), width: Int32(picture.width),
            height: Int32(picture.height))
        let status = cfoot_reader_scale(handle, &crop, &target)
        guard status == 0 else { throw FootageReader.problem(path, status) }
    }

    private static func problem(_ path: String, _ status: Int32) -> CameraError {
        var text = [CChar](repeating: 0, count: 128)
        cfoot_describe(status, &text, text.count)
        let words = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return .unreadable(
            "'\(path)' cannot be read as video (\(words.lowercased())); give a video file or a folder of .jpg and .png stills")
    }
}
