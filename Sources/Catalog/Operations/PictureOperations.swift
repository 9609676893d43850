extension Catalog {
    static let pictureOperations: [Operation] = [
        Operation(
            .post, "/v1/camera/snapshot", "captureSnapshot",
            "One JPEG of exactly this size, base64 in JSON, of the next frame; the longer side is cut and the stream goes on",
            topic: "capture",
            takes: .fields([
                WireField("width", "In pixels", .integer(.init(from: 320, to: 4608)), standard: 1920),
                WireField("height", "In pixels", .integer(.init(from: 240, to: 2592)), standard: 1080),
                WireField(
                    "autofocus_trigger", "Focus first, when the focus mode is auto or continuous; the mode is put back", .boolean,
                    standard: true),
            ]), does: .answer(.captureSnapshot), replies: .own("SnapshotResult"), also: [504]),
        Operation(
            .get, "/v1/camera/snapshot.jpg", "getSnapshot", "One JPEG of the next frame; `X-Picture` says what was done to it",
            topic: "capture",
            query: pictureQuery(quality: 90) + [
                WireField(
                    "focus", "Focus first, when the focus mode is auto or continuous; the mode is put back", .boolean, standard: .null),
                WireField("fresh", "Wait for a frame whose exposure began after the request, one frame longer", .boolean, standard: .null),
            ], headers: [ifNoneMatch], does: .answer(.snapshot), replies: .media("image/jpeg"), also: [304, 500, 504]),
        Operation(
            .get, "/v1/stream/live.mjpeg", "viewPictures",
            "The live picture as one JPEG after the other, which browsers show in an `img`; a slow viewer skips pictures",
            topic: "streaming",
            query: pictureQuery(quality: 75) + [
                WireField("fps", "At most so many a second", .number(.init(from: 0.1, to: 60)), standard: 10.0)
            ], does: .answer(.viewPictures), replies: .media("multipart/x-mixed-replace")),
    ]

    static let mediaOperations: [Operation] = [
        Operation(
            .get, "/v1/media", "getMedia", "The files of the media folder in the order of their paths, page by page", topic: "media",
            query: [
                WireField("limit", "At most so many", .integer(.init(from: 1, to: 1000)), standard: 100),
                WireField("after", "Only what comes after this path: the `next` of the page before", .text, standard: .null),
            ], does: .answer(.media), replies: .own("MediaPage"), also: [500], access: .key),
        Operation(
            .get, "/v1/media/{path}", "getMedium", "A file of the media folder, or a range of it", topic: "media",
            headers: [
                WireField("Range", "One range such as `bytes=0-1023`", .text, standard: .null),
                WireField("If-Range", "The range counts for this ETag or date only", .text, standard: .null), ifNoneMatch,
                WireField("If-Modified-Since", "The `Last-Modified` the client has", .text, standard: .null),
            ], does: .answer(.medium), replies: .files(["image/jpeg", "video/mp4"]), also: [206, 304, 416, 500], access: .key),
        Operation(
            .delete, "/v1/media/{path}", "deleteMedium", "Delete a file of the media folder, and the folders that are empty without it",
            topic: "media", does: .answer(.deleteMedium), replies: .ok(), access: .key),
    ]

    private static func pictureQuery(quality: Int) -> [WireField] {
        [
            WireField("width", "In pixels; without it the frame's own, or what follows from the height", side, standard: .null),
            WireField("height", "In pixels; without it the frame's own, or what follows from the width", side, standard: .null),
            WireField("quality", "Of the JPEG", .integer(.init(from: 1, to: 100)), standard: .integer(quality)),
            WireField(
                "fit", "Where the sides are not as the frame's: cut the longer one, keep everything in a smaller picture, or distort",
                .text,
                standard: "crop", oneOf: pictureFits.map(Value.text)),
        ]
    }

    private static let side = WireType.integer(.init(from: 16, to: 4608))
}
