/// What becomes of a picture whose sides are to each other as nobody asked for.
public enum Fit: String, Sendable, CaseIterable {
    /// The longer side is cut; the size is exactly the one asked for.
    case crop
    /// Everything stays visible; the picture is smaller than the size asked for.
    case fit
    /// The picture is distorted to exactly the size asked for.
    case stretch
}

/// How a picture's pixels became its size.
public enum Scaling: String, Sendable {
    /// Made from fewer pixels than it has.
    case up
    /// Made from more pixels than it has.
    case down
    /// The camera's own pixels.
    case none
}
