public import Catalog
public import Timing

/// The parts of the host that the server is a front to.
public struct Backends: Sendable {
    /// Controls, commands and events.
    public var surface: any ControlSurface
    /// The script host.
    public var scripts: any ScriptControl
    /// Stills, live pictures and the media folder.
    public var pictures: any PictureControl
    /// The service's log.
    public var log: ServiceLog
    /// What the machine is doing, as the answer to `/v1/system/status`.
    public var machine: @Sendable () -> Document
    /// The live picture; nil where there is none.
    public var live: (any LivePicture)?

    /// Where the time comes from.
    public var clock: any HostClock

    /// Creates a set of parts.
    public init(
        surface: any ControlSurface, scripts: any ScriptControl, pictures: any PictureControl = NoPictures(),
        log: ServiceLog = ServiceLog(), machine: @escaping @Sendable () -> Document = { .null }, live: (any LivePicture)? = nil,
        clock: any HostClock = SystemClock()
    ) {
        self.surface = surface
        self.scripts = scripts
        self.pictures = pictures
        self.log = log
        self.machine = machine
        self.clock = clock
        self.live = live
    }
}
