internal import Catalog

extension Answers {
    /// The reply to a change of the frame rate.
    func framerate(asked: Double, _ truth: Truth) -> Document {
        let camera = CameraTable(surface.info)
        let size = wantedSize
        let limit = camera.framerateLimit(width: size.width, height: size.height, fovMode: wantedFovMode)
        let outcome = truth.outcomes["stream.framerate"]
        let applied = outcome?.applied?.double ?? min(asked, limit)
        let isClamped = asked > limit || outcome?.isClamped == true
        let members: [Document.Member] = [
            .init("status", "ok"), .init("requested_framerate", .number(asked)), .init("applied_framerate", .number(applied)),
            .init("max_framerate_for_resolution", .number(limit)), .init("resolution", "\(size.width)x\(size.height)"),
            .init("clamped", .bool(isClamped)),
        ]
        return .object(members + truth.members.filter { $0.name != "clamped" })
    }

    /// The field-of-view mode in force for the next reconfiguration, with what else there is to say.
    func fovMode(_ truth: [Document.Member]) throws(Problem) -> Document {
        let mode = try surface.read("geometry.fov_mode").string ?? "scale"
        let about = mode == "crop" ? "the camera chooses the sensor mode and may crop" : "the smallest sensor mode that covers the size"
        return .object([.init("mode", .text(mode)), .init("description", .text(about))] + truth)
    }

    /// The stream's size as asked for.
    var wantedSize: (width: Int, height: Int) {
        let sides = (try? surface.read("stream.size"))?.list?.compactMap(\.int) ?? []
        return sides.count == 2 ? (sides[0], sides[1]) : (1920, 1080)
    }

    /// The field-of-view mode as asked for.
    var wantedFovMode: String { (try? surface.read("geometry.fov_mode"))?.string ?? "scale" }
}
