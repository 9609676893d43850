public import Catalog

/// A control that libcamera knows, as people may set it by its own name.
public struct RawControl: Sendable, Equatable {
    /// What libcamera declares: numbers, the words of an enumeration, lists of them.
    ///
    /// Its ranges do not matter: a number that is beyond ``limits`` is cut, not refused.
    public var type: ValueType
    /// What the attached camera takes of it; nil when it does not report the control.
    public var limits: ValueType?
    /// The value it has when nobody sets it; nil when the camera does not say.
    public var standard: Value?
    /// Which of libcamera's lists it is in: `core`, `draft` or `rpi`.
    public var vendor: String
    /// The controls of the Catalog that the camera carries out with this one.
    ///
    /// When nobody holds the raw control any more, their values are what is sent again, not ``standard``.
    public var catalogKeys: [String]

    /// Creates a raw control; its limits are its type unless they are given.
    public init(
        type: ValueType, standard: Value? = nil, isSupported: Bool, vendor: String = "core", limits: ValueType? = nil,
        catalogKeys: [String] = []
    ) {
        self.type = type
        self.limits = isSupported ? limits ?? type : nil
        self.standard = standard
        self.vendor = vendor
        self.catalogKeys = catalogKeys
    }

    /// Whether the attached camera reports it.
    public var isSupported: Bool { limits != nil }
}
