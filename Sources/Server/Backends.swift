public import Catalog

/// The parts of the host that the server is a front to.
public struct Backends: Sendable {
    /// Controls, commands and events.
    public var surface: any ControlSurface
    /// The script host.
    public var scripts: any ScriptControl

    /// Creates a set of parts.
    public init(surface: any ControlSurface, scripts: any ScriptControl) {
        self.surface = surface
        self.scripts = scripts
    }
}
