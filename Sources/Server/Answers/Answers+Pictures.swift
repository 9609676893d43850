internal import Catalog
internal import Foundation
internal import HTTPTypes

extension Answers {
    /// The reference service's snapshot: exactly the size asked for, in base64.
    func captureSnapshot(_ call: Call) async throws(Problem) -> Reply {
        var arguments = call.members
        // The quality the reference service has; its aspect is distorted, ours is cut.
        arguments["quality"] = 95
        arguments["focus"] = arguments.removeValue(forKey: "autofocus_trigger")
        let picture = try await pictures.snapshot(arguments)
        let size: [Document.Member] = ["width", "height"].map { .init($0, picture.facts[$0]?.document ?? .null) }
        let rest = picture.facts.filter { !["width", "height"].contains($0.key) }
        // Megabytes: straight into bytes, not through text.
        var json = Array(#"{"status":"ok","image_base64":""#.utf8)
        json += Data(picture.bytes).base64EncodedData()
        json += "\",".utf8
        json += Document.object(size + Value.table(rest).document.members).json.dropFirst()
        return .json(json)
    }

    /// The picture itself.
    func snapshot(_ call: Call) async throws(Problem) -> Reply {
        let arguments = try call.pictureArguments
        let picture = try await pictures.snapshot(arguments)
        // Frames are counted anew when the service is started anew, so their numbers are not enough.
        let moment = Int((picture.facts["time"]?.double ?? 0) * 1000)
        let tag = ETag(Answers.words(picture.facts, ["frame", "width", "height", "fit"]) + "-\(arguments["quality"]?.int ?? 0)-\(moment)")
        var headers: HTTPFields = [.eTag: tag.text, .cacheControl: "no-cache"]
        headers[Answers.about] = picture.facts.sorted { $0.key < $1.key }.map { "\($0.key)=\(Answers.word($0.value))" }.joined(
            separator: ", ")
        if let known = call.headers[.ifNoneMatch], tag.isNamed(in: known) { return .empty(.notModified, headers) }
        return .bytes(picture.bytes, "image/jpeg", headers)
    }

    /// What is known of a picture.
    // The name is a valid token, so there is one.
    private static let about = HTTPField.Name("X-Picture")!

    private static func words(_ facts: [String: Value], _ names: [String]) -> String {
        names.map { word(facts[$0] ?? .null) }.joined(separator: "-")
    }

    /// A value as a word of a header.
    private static func word(_ value: Value) -> String {
        switch value {
        case .null: "none"
        case .text(let text): String(decoding: text.utf8.filter { (0x20..<0x7f).contains($0) && $0 != UInt8(ascii: ",") }, as: UTF8.self)
        default: value.description
        }
    }

    /// The live picture as one JPEG after the other.
    func viewPictures(_ call: Call) throws(Problem) -> Reply {
        let arguments = try call.pictureArguments
        let subscription = Kept<Subscription>()
        let stream = viewers.open { subscription.clear() }
        do throws(Problem) {
            subscription.set(try pictures.view(arguments) { [weak stream] in stream?.push($0) })
        } catch {
            stream.end()
            throw error
        }
        return .stream(stream, MultipartPictures.mediaType)
    }
}

extension Call {
    /// What a query says of a picture; what it does not say is left out.
    /// - Throws: `not_one_of`.
    fileprivate var pictureArguments: [String: Value] {
        get throws(Problem) {
            let arguments = query.filter { $0.value != .null }
            if let fit = arguments["fit"], !Catalog.pictureFits.map(Value.text).contains(fit) {
                throw .notOneOf("fit", Catalog.pictureFits.map(Value.text), got: fit)
            }
            return arguments
        }
    }
}
