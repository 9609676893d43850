internal import Catalog
internal import HTTPTypes

extension Answers {
    /// The stream as a fragmented MP4, once there is a picture.
    /// - Throws: `unavailable` when none comes in time.
    func liveVideo() async throws(Problem) -> Reply {
        guard let live else { throw Problem(.unavailable, "there is no live picture here") }
        let video = live.watch()
        guard let codecs = await codecs(of: video) else {
            video.end()
            throw Problem(.unavailable, "no picture came in time\(whyNoPicture); try again when '/health' says that all is up")
        }
        // No cache may keep what never ends.
        let headers: HTTPFields = [.cacheControl: "no-store", HTTPField.Name("X-Codecs")!: codecs]
        return .stream(video, "video/mp4; codecs=\"\(codecs)\"", headers)
    }

    private func codecs(of video: some LiveVideo) async -> String? {
        // Half as long again as for a frame that proves a write: the encoder may have to be opened first.
        let longest = patience * 1.5
        return await withTaskGroup(of: String?.self) { group in
            group.addTask { await video.codecs() }
            group.addTask {
                try? await Task.sleep(for: longest)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private var whyNoPicture: String {
        let status = surface.status
        let reasons = [("camera", status.camera), ("encoder", status.encoder)].compactMap { name, part in
            part.reason.map { "the \(name) says: \($0)" }
        }
        return reasons.isEmpty ? "" : " (" + reasons.joined(separator: "; ") + ")"
    }
}
