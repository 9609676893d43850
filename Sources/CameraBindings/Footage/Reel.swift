internal import Painting

/// Footage on an endless timeline: a video that begins anew at its end, or stills that follow one another.
struct Reel {
    private enum Source {
        case video
        case stills([String])
    }

    /// Seconds for which a still is shown.
    private static let stillSeconds = 1.0
    /// Stamps are rounded; a frame that is due within a millisecond is due.
    private static let tolerance = 0.001

    private let source: Source
    private var reader: FootageReader
    /// When the frame that is shown began and when the next one is due, on the endless timeline.
    private var due: Double
    /// Where on that timeline the present round began.
    private var round = 0.0
    private var still = 0

    /// Opens a video file or a folder of stills, and decodes the first picture.
    /// - Throws: `unreadable`.
    init(path: String) throws(CameraError) {
        if Folder.isFolder(path) {
            let stills = try Folder.stills(in: path)
            source = .stills(stills)
            (reader, still) = try Reel.open(stills, from: 0)
            due = Reel.stillSeconds
        } else {
            source = .video
            reader = try FootageReader(path: path)
            guard let first = try reader.next() else { throw Reel.noPictures(path) }
            due = first + reader.frameSeconds
        }
        width = reader.width
        height = reader.height
        self.path = path
    }

    /// Where it was read from.
    let path: String
    /// Width of the first picture in pixels.
    let width: Int
    /// Height of the first picture in pixels.
    let height: Int

    /// Brings up the picture that belongs to a moment of the timeline; true when it is another one than before.
    /// - Throws: `unreadable` once nothing of the footage can be read any more.
    mutating func advance(to seconds: Double) throws(CameraError) -> Bool {
        var isNew = false
        while seconds + Reel.tolerance >= due {
            switch source {
            case .video: try nextFrame()
            case .stills(let paths): try nextStill(paths)
            }
            isNew = true
        }
        return isNew
    }

    private mutating func nextFrame() throws(CameraError) {
        if let time = try reader.next() {
            due = max(round + time, due) + reader.frameSeconds
            return
        }
        try reader.rewind()
        round = due
        guard let time = try reader.next() else { throw Reel.noPictures(path) }
        due = round + time + reader.frameSeconds
    }

    private mutating func nextStill(_ paths: [String]) throws(CameraError) {
        due += Reel.stillSeconds
        guard paths.count > 1 else { return }
        (reader, still) = try Reel.open(paths, from: still + 1)
    }

    /// Opens the next still that can be read, beginning with one and going round.
    private static func open(_ paths: [String], from first: Int) throws(CameraError) -> (FootageReader, Int) {
        var problem = noPictures("")
        for step in paths.indices {
            let index = (first + step) % paths.count
            do throws(CameraError) {
                let reader = try FootageReader(path: paths[index])
                if try reader.next() != nil { return (reader, index) }
                problem = noPictures(paths[index])
            } catch {
                problem = error
            }
        }
        throw problem
    }

    private static func noPictures(_ path: String) -> CameraError {
        .unreadable("'\(path)' has no picture that could be decoded; give a video file or a folder of .jpg and .png stills")
    }

    /// Scales the part of the present picture that fills a picture of another shape, and of that a zoom window.
    /// - Throws: `unreadable`.
    func scale(_ zoom: Window, into picture: Picture) throws(CameraError) {
        let shape = Double(reader.width) / Double(reader.height)
        let wanted = Double(picture.width) / Double(picture.height)
        let (across, down) = wanted > shape ? (1, shape / wanted) : (wanted / shape, 1)
        let window = Window(
            x: (1 - across) / 2 + zoom.x * across, y: (1 - down) / 2 + zoom.y * down, width: zoom.width * across, height: zoom.height * down
        )
        try reader.scale(window, into: picture)
    }
}
