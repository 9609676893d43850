public import Catalog

/// A picture with what the camera says about it; the last reference gives the buffer back to the camera.
public final class Frame: Sendable {
    /// The pixels; nil for a frame that carries metadata only.
    public let pixels: Pixels?
    /// The same picture, small, for whoever looks at it rather than shows it; nil from a camera that makes one picture only.
    public let analysis: Pixels?
    /// What the camera says about it.
    public let metadata: FrameMetadata
    private let giveBack: @Sendable () -> Void

    /// Creates a frame whose buffer `giveBack` returns to the camera, on the thread that drops the last reference.
    public init(pixels: Pixels?, analysis: Pixels? = nil, metadata: FrameMetadata, giveBack: @escaping @Sendable () -> Void) {
        self.pixels = pixels
        self.analysis = analysis
        self.metadata = metadata
        self.giveBack = giveBack
    }

    deinit { giveBack() }
}

/// Where the pixels of a frame lie. Valid as long as the frame is.
///
/// `@unchecked Sendable`: the memory is written before the frame is delivered and only read afterwards.
public struct Pixels: @unchecked Sendable {
    /// How the bytes are laid out.
    public enum Format: Sendable, Equatable {
        /// A plane of luma, then a plane of interleaved Cb and Cr at half size.
        case nv12
        /// Planes of luma, Cb and Cr, the latter two at half size.
        case yuv420
    }

    /// A plane of bytes.
    public struct Plane: @unchecked Sendable {
        /// The first byte.
        public let base: UnsafeMutableRawPointer
        /// Bytes from one row to the next.
        public let stride: Int
        /// Rows.
        public let rows: Int

        /// Creates a plane.
        public init(base: UnsafeMutableRawPointer, stride: Int, rows: Int) {
            self.base = base
            self.stride = stride
            self.rows = rows
        }
    }

    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// The layout.
    public let format: Format
    /// Two planes for NV12, three for YUV420. BT.709, limited range.
    public let planes: [Plane]

    /// Creates a description of pixels.
    public init(width: Int, height: Int, format: Format, planes: [Plane]) {
        self.width = width
        self.height = height
        self.format = format
        self.planes = planes
    }
}

/// What a camera says about one frame.
public struct FrameMetadata: Sendable {
    /// What people and scripts see of it.
    public var report: FrameReport
    /// The newest request (see ``Camera/set(_:request:)``) whose values are in force on this frame.
    public var settledRequest: UInt64
    /// The values in force on this frame by Catalog key, for every supported camera control.
    ///
    /// Shared between frames until something changes, so that carrying it costs a reference.
    public var inForce: InForce

    /// Creates metadata.
    public init(report: FrameReport, settledRequest: UInt64, inForce: InForce) {
        self.report = report
        self.settledRequest = settledRequest
        self.inForce = inForce
    }
}

/// The control values in force, shared by the frames they hold for.
public final class InForce: Sendable {
    /// Value by Catalog key.
    public let values: [String: Value]
    /// Why a value differs from what was asked, by key.
    public let reasons: [String: String]

    /// Creates a set of values.
    public init(values: [String: Value], reasons: [String: String] = [:]) {
        self.values = values
        self.reasons = reasons
    }
}
