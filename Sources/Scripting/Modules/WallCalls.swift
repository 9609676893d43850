internal import Almanac
internal import Catalog
internal import Foundation
internal import Timing

/// `at`, `cron` and `sun`: what goes by the wall clock.
extension ScriptRunner {
    func at(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let text = try arguments.text(1)
        let time = try ScriptRunner.understood(1) { () throws(AlmanacError) in try TimeOfDay(text) }
        return try addWallTimer(.at(time), try arguments.function(2))
    }

    func cron(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let text = try arguments.text(1)
        let expression = try ScriptRunner.understood(1) { () throws(AlmanacError) in try CronExpression(text) }
        return try addWallTimer(.cron(expression), try arguments.function(2))
    }

    func sunOn(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let event = try sunEvent(arguments)
        let function = try arguments.function(2)
        let given = try arguments.options(3, ["offset"])["offset"]
        let offset = given?.double ?? given?.string.flatMap(TimeText.seconds) ?? (given == nil ? 0 : .infinity)
        guard abs(offset) <= 86_400 else {
            throw .misuse(3, "'offset' a time such as '-15m' of at most a day expected, got \(given ?? .null)")
        }
        return try addWallTimer(.sun(event, try place(), offset: offset), function)
    }

    func sunElevation(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let place = try place()
        guard let time = try moment(arguments, 1) else { return .failure(.untrusted) }
        return .value(.number(place.position(at: time).elevation))
    }

    func sunNext(_ arguments: Arguments) throws(Refusal) -> LuaAnswer {
        let (event, place) = (try sunEvent(arguments), try place())
        guard let time = try moment(arguments, 2) else { return .failure(.untrusted) }
        guard let next = place.next(event, after: time) else {
            return .failure(Problem(.unavailable, "there is no \(event.rawValue) within a year here"))
        }
        return .value(.number(next))
    }

    // MARK: Arguments

    private func sunEvent(_ arguments: Arguments) throws(Refusal) -> SunEvent {
        let name = try arguments.text(1)
        guard let event = SunEvent(rawValue: name) else {
            throw .problem(.unknown("sun event", name, among: SunEvent.allCases.map(\.rawValue)))
        }
        return event
    }

    private func place() throws(Refusal) -> Sun {
        guard let sun = services.sun else {
            throw .problem(
                Problem(
                    .unavailable,
                    "the place of the camera is not known; set latitude and longitude below 'luneta:' in luneta.yaml (or "
                        + "LUNETA_LATITUDE and LUNETA_LONGITUDE) and start Luneta again"))
        }
        return sun
    }

    /// A time given as argument, or now; nil while the clock cannot be trusted.
    private func moment(_ arguments: Arguments, _ number: Int) throws(Refusal) -> Double? {
        let given = try arguments.value(number)
        guard given == .null else {
            guard let time = given.double, abs(time) < 1e11 else {
                throw .misuse(number, "seconds since 1970 such as clock.now() expected, got \(given)")
            }
            return time
        }
        return services.clock.isTrusted ? services.clock.wall : nil
    }

    private static func understood<Result>(_ argument: Int, _ read: () throws(AlmanacError) -> Result) throws(Refusal) -> Result {
        do throws(AlmanacError) { return try read() } catch { throw .misuse(argument, error.sentence) }
    }

    // MARK: Timers

    private func addWallTimer(_ rule: WallRule, _ function: Int64) throws(Refusal) -> LuaAnswer {
        try checkTimerCount()
        if !services.clock.isTrusted, wallTimers.isEmpty {
            services.log.write(.warn, "at, cron and sun.on rest: \(Problem.untrusted.sentence)")
        }
        let number = schedule.reserve()
        wallTimers.add(number, rule, function)
        inbox.admit(ScriptRunner.steps)
        setWallTimer(number)
        return .object(ObjectClass.handle.rawValue, number)
    }

    /// The topic of clocks that jump.
    static let steps = "clock.stepped"

    /// Puts a timer into the schedule, unless the clock cannot be trusted.
    private func setWallTimer(_ number: Int) {
        schedule.cancel(number)
        guard services.clock.isTrusted else { return wallTimers.rest(number) }
        let wall = services.clock.wall
        guard let next = wallTimers.set(number, wall: wall, in: services.zone) else { return }
        wakeForWallTimer(number, next, wall)
    }

    private func wakeForWallTimer(_ number: Int, _ next: Double, _ wall: Double) {
        schedule.add(number, .look(timer: number), at: now.advanced(by: WallTimers.wait(for: next, wall: wall)))
    }

    /// Timers that rest although the clock was set while the script was loaded.
    func wakeRestingTimers() {
        guard services.clock.isTrusted else { return }
        for (number, timer) in wallTimers.timers.sorted(by: { $0.key < $1.key }) where timer.next == nil { setWallTimer(number) }
    }

    /// The clock was stepped, or can be trusted now.
    func clockStepped() {
        for number in wallTimers.timers.keys.sorted() where phase == .live {
            if services.clock.isTrusted, wallTimers.survives(number, wall: services.clock.wall) {
                lookAtWallTimer(number)
            } else {
                setWallTimer(number)
            }
        }
    }

    /// A timer's time to look at the clock has come.
    func lookAtWallTimer(_ number: Int) {
        guard let timer = wallTimers[number], let next = timer.next else { return }
        let wall = services.clock.wall
        guard wallTimers.isDue(number, wall: wall) else { return wakeForWallTimer(number, next, wall) }
        wallTimers.happened(number)
        fire(number, timer.function)
        if wallTimers[number] != nil { setWallTimer(number) }
    }
}

extension Problem {
    fileprivate static let untrusted = Problem(
        .unavailable, "the wall clock was not set since the machine started; 'luneta.clock: trusted' (LUNETA_CLOCK=trusted) believes it")
}
