public import Catalog
public import Timing

/// Measures what a call from Lua into the host costs; for `Benchmarks/`.
public enum ScriptBenchmark {
    /// Nanoseconds that reading a control's property takes, over `count` reads, without the loop around them.
    /// - Throws: `unknown` for a control nobody knows, or why the script does not run.
    public static func nanosecondsPerRead(
        of key: String, on surface: any ControlSurface, clock: any HostClock, count: Int = 1_000_000
    ) throws(Problem) -> Double {
        let control = try Catalog.control(key)
        let table = "local t = camera.\(control.topic)"
        let empty = try seconds("\(table) for i = 1, \(count) do local _ = i end", surface, clock)
        let reading = try seconds("\(table) for i = 1, \(count) do local _ = t.\(control.name) end", surface, clock)
        return (reading - empty) / Double(count) * 1e9
    }

    private static func seconds(_ source: String, _ surface: any ControlSurface, _ clock: any HostClock) throws(Problem) -> Double {
        var limits = ScriptLimits.standard
        limits.runSeconds = 60
        let services = ScriptServices(
            surface: surface, clock: clock, limits: limits, log: ScriptLog("benchmark", limits, clock) { _ in }, persist: PersistStore(),
            driver: ScriptThreads(clock: clock))
        let spec = ScriptSpec(name: "benchmark", generation: 1, source: source, args: [:])
        let runner = try ScriptRunner(spec, services, inbox: Inbox(capacity: limits.events), flag: StopFlag())
        let start = clock.now
        if let problem = runner.load() { throw problem }
        return start.seconds(to: clock.now)
    }
}
