/// What a player must know before the first packet; one for each time an encoder is opened.
final class StreamHeader: Sendable {
    let width: Int
    let height: Int
    /// SPS and PPS as Annex B.
    let parameters: [UInt8]

    init(width: Int, height: Int, parameters: [UInt8]) {
        self.width = width
        self.height = height
        self.parameters = parameters
    }

    /// Whether a player that was told one can decode the other.
    func matches(_ other: StreamHeader) -> Bool {
        self === other || (width == other.width && height == other.height && parameters == other.parameters)
    }
}
