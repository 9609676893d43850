/// Sees from frame to frame when a focus scan that was started has come to its end; pure.
struct FocusWatch: Sendable {
    /// How a scan ended.
    enum End: Sendable, Equatable {
        case focused
        case failed
    }

    /// Frames until a scan that was asked for shows; a request is on its way for so many.
    private static let delay = 12
    private var hasBegun = false
    private var frames = 0

    /// Looks at what a frame says of the lens; nil while the scan goes on.
    mutating func see(_ focusState: String?) -> End? {
        frames += 1
        switch focusState {
        case "scanning":
            hasBegun = true
            return nil
        case "focused" where isOver: return .focused
        case "failed" where isOver: return .failed
        default: return nil
        }
    }

    /// A state from before the scan says nothing; a scan may be over before a frame shows it.
    private var isOver: Bool { hasBegun || frames > FocusWatch.delay }
}
