internal import Catalog

extension TestDesk {
    /// What a test finds in `sim`.
    static let names = [
        "at", "load", "source", "stop", "reload", "state", "problem", "log", "run", "run_to", "now", "time", "count", "events",
        "decisions", "at_time", "samples", "value", "frame", "stills", "requests", "http", "light", "clouds", "flash",
        "step_clock", "trust", "stream", "camera", "disk_full", "emit", "power_cut",
    ]

    /// Does what a function of `sim` does.
    func perform(_ name: String, _ call: TestCall) throws(Problem) -> Value {
        switch name {
        case "at": try at(call)
        case "load": try load(call)
        case "source": try source(call)
        case "stop": try stop(call)
        case "reload": try reload(call)
        case "state": try state(call)
        case "problem": try problem(call)
        case "log": try log(call)
        case "run": try run(call)
        case "run_to": try runTo(call)
        case "now": try now(call)
        case "time": try clock(call)
        case "count": try count(call)
        case "events": try events(call)
        case "decisions": try decisions(call)
        case "at_time": try sample(call)
        case "samples": try samples(call)
        case "value": try value(call)
        case "frame": try frame(call)
        case "stills": try stills(call)
        case "requests": try requests(call)
        case "http": try http(call)
        case "light": try light(call)
        case "clouds": try changeClouds(call)
        case "flash": try flash(call)
        case "step_clock": try stepClock(call)
        case "trust": try trust(call)
        case "stream": try stream(call)
        case "camera": try camera(call)
        case "disk_full": try fillDisk(call)
        case "emit": try emit(call)
        case "power_cut": try cutPower(call)
        default: throw .unknown("function", name, among: TestDesk.names)
        }
    }
}
