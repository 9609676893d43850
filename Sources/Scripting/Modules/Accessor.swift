internal import Catalog

/// A name that is read, and some of them written, through the host.
enum Accessor: Sendable {
    case control(String)
    case frame(FrameField)
    case info
    /// A name of the script surface this version does not have.
    case later(String)
}
