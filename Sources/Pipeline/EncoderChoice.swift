/// Which encoder works here, and why.
struct EncoderChoice {
    /// Hardware first: it leaves the processor to the rest. Boards without it say so when it is opened.
    static let preference = ["h264_v4l2m2m", software]
    /// What works everywhere.
    static let software = "libx264"

    /// The open encoder.
    let encoder: any Encoder
    /// Why this one.
    let reason: String

    /// Opens the first of `candidates` that opens and did not fail before.
    /// - Throws: all their reasons when none does.
    init(
        among candidates: [String] = preference, except failed: Set<String> = [],
        opening open: (String) throws(EncoderError) -> any Encoder
    ) throws(EncoderError) {
        var refusals: [String] = []
        for name in candidates {
            if failed.contains(name) {
                refusals.append("'\(name)' failed before")
                continue
            }
            do throws(EncoderError) {
                encoder = try open(name)
                reason = refusals.isEmpty ? "'\(name)' is the first choice and opens" : refusals.joined(separator: "; ")
                return
            } catch {
                refusals.append(error.sentence)
            }
        }
        throw EncoderError(sentence: refusals.joined(separator: "; "))
    }
}
