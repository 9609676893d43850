public import Catalog

/// All that the server knows of stills, live pictures and the media folder.
public protocol PictureControl: Sendable {
    /// Takes a picture of the running camera.
    /// - Parameter arguments: `width`, `height`, `fit`, `quality`, `focus` and `fresh`, as `still.take` has them.
    /// - Throws: `unavailable` without a camera or with too many waiting, `timeout` when no frame comes.
    func snapshot(_ arguments: [String: Value]) async throws(Problem) -> Snapshot

    /// Hands pictures, each as a part of ``MultipartPictures``, to `deliver` until the subscription is released; on any thread.
    /// - Parameter arguments: `width`, `height`, `fit`, `quality` and `fps`, the most a second.
    /// - Throws: `unavailable` without a camera or with too many viewers.
    func view(_ arguments: [String: Value], _ deliver: @escaping @Sendable ([UInt8]) -> Void) throws(Problem) -> Subscription

    /// Some of the media after a path, in the order of their paths: `items` and `next`.
    /// - Throws: `failed` when the folder cannot be read.
    func media(after: String?, limit: Int) async throws(Problem) -> Value

    /// Opens a medium.
    /// - Throws: `unknown`.
    func open(_ path: String) async throws(Problem) -> any Medium

    /// Deletes a medium.
    /// - Throws: `unknown`.
    func delete(_ path: String) async throws(Problem)
}

/// A JPEG and what there is to say about it.
public struct Snapshot: Sendable {
    /// The JPEG.
    public let bytes: [UInt8]
    /// The frame it shows, and everything else that is known of it, by name.
    public let facts: [String: Value]

    /// Creates a picture.
    public init(bytes: [UInt8], facts: [String: Value]) {
        self.bytes = bytes
        self.facts = facts
    }
}

/// A file of the media folder that is open.
public protocol Medium: Sendable {
    /// Its length in bytes.
    var size: Int { get }
    /// When it was written, in seconds since 1970.
    var time: Double { get }
    /// What it is, such as `image/jpeg`.
    var mediaType: String { get }
    /// Changes whenever its content does; letters, digits and dashes.
    var tag: String { get }
    /// Some bytes from an offset on; none after the end.
    /// - Throws: `failed` when the disk does.
    func read(at offset: Int, count: Int) async throws(Problem) -> [UInt8]
}

/// A host that makes no pictures and keeps no media.
public struct NoPictures: PictureControl {
    /// Creates it.
    public init() {}

    private var problem: Problem { Problem(.unavailable, "this host makes no pictures") }

    public func snapshot(_ arguments: [String: Value]) async throws(Problem) -> Snapshot { throw problem }
    public func view(_ arguments: [String: Value], _ deliver: @escaping @Sendable ([UInt8]) -> Void) throws(Problem) -> Subscription {
        throw problem
    }
    public func media(after: String?, limit: Int) async throws(Problem) -> Value { throw problem }
    public func open(_ path: String) async throws(Problem) -> any Medium { throw problem }
    public func delete(_ path: String) async throws(Problem) { throw problem }
}
