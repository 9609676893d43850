internal import Catalog

/// A name that is read, and some of them written, through the host.
enum Accessor: Sendable {
    /// A control of the Catalog and its place there.
    case control(String, slot: Int)
    case frame(FrameField)
    case info
    /// A name of the script surface this version does not have.
    case later(String)
}
