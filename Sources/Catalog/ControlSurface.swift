/// All that a front end may know of the camera host.
///
/// Everything but waiting for proof and performing a command is synchronous, short and safe from any thread.
public protocol ControlSurface: AnyObject, Sendable {
    /// The control called `key`: one of the Catalog, or a raw one that libcamera knows.
    /// - Throws: `unknown`, with the nearest name; `unavailable` for a raw one before the first camera was found.
    func control(_ key: String) throws(Problem) -> Control

    /// The raw controls that the attached camera reports, by name.
    var rawControls: [Control] { get }

    /// The effective asked-for value of a control; `.null` for a raw one that nobody set and whose standard the camera does not say.
    /// - Throws: `unknown`, as for ``control(_:)``.
    func read(_ key: String) throws(Problem) -> Value

    /// The effective asked-for value of a control of the Catalog, by its place there: what scripts read in loops.
    func read(slot: Int) -> Value

    /// A control with its holder, its limits on this camera and the outcome of its last write.
    /// - Throws: `unknown`.
    func state(_ key: String) throws(Problem) -> ControlState

    /// Validates a change whole and sends it as one camera request; nothing of it happens when a value is bad.
    /// - Returns: the ticket under which the outcomes are followed.
    /// - Throws: any validation problem, or `unavailable` when there is no camera.
    @discardableResult func apply(_ change: Change) throws(Problem) -> Ticket

    /// Gives keys back to the holders underneath; nil means every key of this owner.
    /// - Throws: `unknown`.
    @discardableResult func release(_ keys: [String]?, by owner: Owner) throws(Problem) -> Ticket

    /// What became of each key of a ticket so far.
    func outcomes(_ ticket: Ticket) -> [String: Outcome]

    /// Calls back once, on any thread, when every key of the ticket is settled, or at once when they are.
    func whenSettled(_ ticket: Ticket, _ call: @escaping @Sendable ([String: Outcome]) -> Void)

    /// The holders of a key, newest first.
    /// - Throws: `unknown`.
    func why(_ key: String) throws(Problem) -> [Holding]

    /// Does what a command says and answers when it is done.
    /// - Throws: `unknown`, a validation problem, or what went wrong.
    func perform(_ command: String, _ arguments: [String: Value], by owner: Owner) async throws(Problem) -> Value

    /// What the newest frame said about itself; nil before the first one.
    var frame: FrameReport? { get }

    /// Hands the report of every frame to `deliver`, in order, on the camera's thread, until the subscription is cancelled.
    ///
    /// When it is called, what the frame proves has been settled. `deliver` must not block.
    func followFrames(_ deliver: @escaping @Sendable (FrameReport) -> Void) -> Subscription

    /// The attached camera: model, sensor size, modes, limits, as a table.
    var info: Value { get }

    /// What runs and what does not, with reasons, from cached state: never waits for a device.
    var status: HostStatus { get }

    /// The profiles that exist and those that are active.
    var profiles: any Profiles { get }

    /// Hands every event whose topic is listed (nil: all) to `deliver`, on any thread, until the subscription is cancelled.
    ///
    /// `deliver` must not block: a listener with work to do puts the event into its own bounded queue.
    func subscribe(to topics: Set<String>?, _ deliver: @escaping @Sendable (Event) -> Void) -> Subscription

    /// Tells every listener.
    func emit(_ topic: String, _ fields: [String: Value])
}

extension ControlSurface {
    /// Checks several values as one change, see ``Catalog/check(_:find:effective:)``, against what is in effect here.
    /// - Throws: the first problem in key order.
    public func check(_ values: [String: Value]) throws(Problem) -> [String: Value] {
        try Catalog.check(values, find: { key throws(Problem) in try control(key) }, effective: { (try? read($0)) ?? .null })
    }
}

/// Named sets of values that stack.
public protocol Profiles: AnyObject, Sendable {
    /// Adds or replaces a profile; an active one takes its new values at once.
    /// - Throws: any validation problem.
    func define(_ name: String, _ values: [String: Value]) throws(Problem)
    /// Puts a profile on top of the stack of each of its keys; numbers take `over` seconds to get there.
    /// - Throws: `unknown`.
    @discardableResult func push(_ name: String, over: Double) throws(Problem) -> Ticket
    /// Takes a profile off; each key falls back to its holder underneath, numbers within `over` seconds.
    /// - Throws: `unknown`.
    @discardableResult func pop(_ name: String, over: Double) throws(Problem) -> Ticket
    /// Forgets a profile; one that is active is taken off first.
    /// - Throws: `unknown`.
    func remove(_ name: String) throws(Problem)
    /// The active profiles, oldest first.
    var active: [String] { get }
    /// Every profile with its values.
    var all: [String: [String: Value]] { get }
}

extension Profiles {
    /// Puts a profile on top at once.
    @discardableResult public func push(_ name: String) throws(Problem) -> Ticket { try push(name, over: 0) }
    /// Takes a profile off at once.
    @discardableResult public func pop(_ name: String) throws(Problem) -> Ticket { try pop(name, over: 0) }
}

/// Names one change on its way.
public struct Ticket: Sendable, Hashable {
    /// A number that grows with every change.
    public let id: UInt64

    /// Creates a ticket.
    public init(id: UInt64) { self.id = id }
}

/// Ends a subscription when cancelled or released.
public final class Subscription: Sendable {
    private let end: @Sendable () -> Void

    /// Creates a subscription that runs `end` once it is over.
    public init(_ end: @escaping @Sendable () -> Void) { self.end = end }

    deinit { end() }
}

/// What runs and what does not.
public struct HostStatus: Sendable, Equatable {
    /// The camera.
    public var camera: Part
    /// The encoder.
    public var encoder: Part
    /// The publisher; `isUp` only while packets really reach the server.
    public var publisher: Part
    /// Whether somebody asked for a stream, up or not.
    public var streamWanted: Bool
    /// Bits a second the encoder aims at now.
    public var bitrate: Int
    /// Numbers for status and metrics: frames, drops and packets by name.
    public var counters: [String: Int]
    /// What was lost where, and why.
    public var drops: [Drop]
    /// How long frames took lately, by stage.
    public var latencies: [StageLatency]

    /// Creates a status.
    public init(
        camera: Part, encoder: Part, publisher: Part, streamWanted: Bool, bitrate: Int, counters: [String: Int] = [:], drops: [Drop] = [],
        latencies: [StageLatency] = []
    ) {
        self.camera = camera
        self.encoder = encoder
        self.publisher = publisher
        self.streamWanted = streamWanted
        self.bitrate = bitrate
        self.counters = counters
        self.drops = drops
        self.latencies = latencies
    }

    /// Frames or packets that were lost.
    public struct Drop: Sendable, Equatable {
        /// Where: `encode`, `publish`.
        public let stage: String
        /// Why, in a word or two.
        public let reason: String
        /// How many.
        public let count: Int

        /// Creates a number.
        public init(_ stage: String, _ reason: String, _ count: Int) {
            self.stage = stage
            self.reason = reason
            self.count = count
        }
    }

    /// How long a stage took lately; seconds.
    public struct StageLatency: Sendable, Equatable {
        /// Which.
        public let stage: String
        /// Half of the frames took no longer.
        public let median: Double
        /// 95 % of the frames took no longer.
        public let high: Double

        /// Creates figures.
        public init(_ stage: String, median: Double, high: Double) {
            self.stage = stage
            self.median = median
            self.high = high
        }
    }

    /// One part of the host.
    public struct Part: Sendable, Equatable {
        /// Whether it does its work now.
        public var isUp: Bool
        /// A word for its state: `running`, `live`, `connecting`, `waiting`, `stopped`, `lost`.
        public var state: String
        /// Why it is in that state; nil when all is well.
        public var reason: String?

        /// Creates a part.
        public init(isUp: Bool, state: String, reason: String? = nil) {
            self.isUp = isUp
            self.state = state
            self.reason = reason
        }
    }
}
