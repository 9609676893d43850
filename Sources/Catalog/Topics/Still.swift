extension Catalog {
    static let stillCommands: [Command] = [
        Command(
            "still.take",
            "Takes a picture of the running camera into the media folder: JPEG in full colour, with EXIF. The stream goes on.",
            [
                Field(
                    "path",
                    "where to, below the media folder: `%Y %m %d %H %M %S` are the local time as in strftime, `%f` milliseconds, `%s` "
                        + "seconds since 1970, `{frame}` the frame's number, `{n}` or `{n:05}` a counter that never overwrites; ends in "
                        + "`.jpg`; standard is `\(standardStillPath)`",
                    .text(maximum: 300), optional: true),
                Field("width", "in pixels; without it the frame's own, or what follows from the height", pictureSide, optional: true),
                Field("height", "in pixels; without it the frame's own, or what follows from the width", pictureSide, optional: true),
                Field(
                    "fit",
                    "when the sides are not as the frame's: `crop` cuts the longer side, `fit` keeps everything in a smaller picture, "
                        + "`stretch` distorts; standard is `crop`",
                    .choice(pictureFits), optional: true),
                Field("quality", "of the JPEG; standard is 90", pictureQuality, optional: true),
                Field(
                    "focus",
                    "whether to focus first, while `focus.mode` is auto or continuous; at most 3 s, and the mode is put back; standard "
                        + "is false", .bool, optional: true),
                Field(
                    "fresh",
                    "whether the exposure has to begin after the call, which takes up to one frame longer; otherwise it is the next frame "
                        + "to arrive; standard is true", .bool, optional: true),
                Field("overlay", "only false: this version draws nothing into pictures", .bool, optional: true),
            ],
            reply: "A table with `path`, `bytes`, `width`, `height`, `fit`, `scaled` (`up`, `down` or `none`), `frame`, `time`, "
                + "`exposure_time`, `gain`, and with `focus` also `focused` and `focus_reason`.", need: "still")
    ]

    static let stillEvents: [EventKind] = [
        EventKind(
            "still.taken", "A picture was written into the media folder.",
            [
                Field("path", "where it is, below the media folder", .text(maximum: 2000)),
                Field("bytes", "its length", .integer(0...1_000_000_000, .none)), Field("width", "in pixels", pictureSide),
                Field("height", "in pixels", pictureSide), Field("frame", "the number of the frame it shows", .any),
                Field("time", "when its exposure began, in seconds since 1970", .number(0...1e12, .seconds)),
            ])
    ]

    /// A side of a picture.
    public static let pictureSide = ValueType.integer(16...4608, .pixels)
    /// The quality of a JPEG.
    public static let pictureQuality = ValueType.integer(1...100, .none)
    /// What becomes of another aspect.
    public static let pictureFits = ["crop", "fit", "stretch"]
    /// Where a still goes when nobody says.
    public static let standardStillPath = "%Y-%m-%d/%H%M%S-%f.jpg"
}
