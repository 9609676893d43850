internal import Almanac
internal import CameraBindings
internal import Catalog
internal import Engine
internal import Foundation
internal import Logging
internal import Scripting
internal import Server
internal import ServiceLifecycle
internal import Store
internal import Timing
internal import UnixSignals
internal import Web

/// Makes every part of the host and joins them; the only place that knows all of them.
struct House {
    private let settings: Settings
    private let clock: SystemClock
    private let logger: Logger
    private let log = ServiceLog()
    private let machine: MachineStatus
    /// What a process before left to go on from; nil at a normal start.
    private let legacy: Legacy?

    init(_ settings: Settings, after predecessor: Predecessor? = nil) {
        self.settings = settings
        clock = SystemClock(settings)
        legacy = predecessor?.legacy
        machine = MachineStatus(clock: clock)
        Journal.seed(log)
        let (log, mask) = (log, SecretMask([settings["camera.api_key"], settings["luneta.read_key"]]))
        LoggingSystem.bootstrap { ServiceLogHandler(label: $0, log: log, mask: mask) }
        var logger = Logger(label: "luneta")
        logger.logLevel = Logger.Level(settings["camera.log_level"])
        self.logger = logger
        predecessor?.report(to: logger)
    }

    /// Each viewer and stream takes a file descriptor, and the usual limit of 1024 is for programs that use `select`.
    private static func allowManyFiles() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 65536)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Runs until a signal ends it.
    /// - Throws: ``Exit`` when something is missing; nothing is left running.
    func run() async throws(Exit) {
        House.allowManyFiles()
        try Port.check(host: settings["camera.host"], port: settings.integer("camera.port"))
        let engine = makeEngine()
        try configure(engine)
        try start(engine)
        let pictures = Pictures(engine, clock: clock, folder: settings["luneta.media"])
        let scripts = makeScripts(engine, pictures)
        ScriptCommands.register(scripts, on: engine)
        engine.stream(wanted: legacy?.engine.isStreamWanted ?? true)
        if let legacy { await resume(scripts, legacy.scripts) } else { await autostart(scripts) }
        let dayNight = DayNight(engine, scripts, logger)
        let lives = logLives(of: scripts, on: engine)
        try await serve(engine, scripts, pictures)
        withExtendedLifetime((dayNight, lives)) {}
    }

    /// What becomes of scripts, in the service's log; why one failed it has logged itself.
    private func logLives(of scripts: ScriptHost, on engine: Engine) -> Subscription {
        engine.subscribe(to: ["script.started", "script.stopped"]) { [logger] event in
            let name = event.fields["name"]?.string ?? ""
            let number = event.fields["generation"]?.int.map { ", generation \($0)" }
            logger.info("script '\(name)' \(number.map { "runs\($0)" } ?? "has ended")")
        }
    }

    private func start(_ engine: Engine) throws(Exit) {
        do throws(CameraError) {
            try engine.start()
        } catch {
            guard legacy != nil else {
                engine.shutDown()
                throw Exit(error)
            }
            // A driver that is bound anew takes its time; this camera was there a moment ago.
            logger.error("\(error.sentence); trying again until it is there")
            engine.keepTrying(after: error)
        }
    }

    private func makeEngine() -> Engine {
        let spec = cameraSpec
        let (clock, logger) = (clock, logger)
        let (tuning, warning) = TuningFile.Choice(settings).resolve()
        if let warning, settings["luneta.camera"].hasPrefix("libcamera") { logger.warning("\(warning)") }
        try? TuningFile.use(tuning)
        return Engine(
            clock: clock, url: settings["camera.rtsp_url"], report: { logger.info("\($0.sentence)") }
        ) { (file: String) throws(CameraError) in
            try TuningFile.use(file.isEmpty ? tuning : file)
        } open: { () throws(CameraError) in
            do throws(CameraError) {
                let opened = try CameraSource.open(spec, clock: clock)
                if let note = opened.note { logger.notice("\(note)") }
                return opened.camera
            } catch .needsRestart(let sentence) {
                logger.notice("\(sentence)")
                Predecessor.startAgain()
            }
        }
    }

    /// The camera to open; a simulated one without a model is the configured sensor.
    private var cameraSpec: String {
        let spec = settings["luneta.camera"]
        // Whoever had a real camera waits for it, instead of going on with a simulated one.
        if spec == "auto" && legacy?.engine.camera == "libcamera" { return "libcamera" }
        guard spec == "sim" || spec == "auto" else { return spec }
        let model = settings["camera.camera_model"] + (settings.bool("camera.is_noir") ? "_noir" : "")
        return spec == "sim" ? "sim:\(model)" : spec
    }

    private func makeScripts(_ engine: Engine, _ pictures: Pictures) -> ScriptHost {
        let logger = logger
        let web = Web(agent: "Luneta/\(Luneta.version)") { path throws(Problem) in
            let medium = try await pictures.open(path)
            return WebFile(size: medium.size, mediaType: medium.mediaType) { offset, count throws(Problem) in
                try await medium.read(at: offset, count: count)
            }
        }
        return ScriptHost(
            surface: engine, clock: clock, folders: [settings["luneta.scripts"], BundledScripts.folder],
            book: Store(folder: settings["luneta.state"]) { logger.error("\($0)") }, web: web, sun: sun,
            log: { line in logger.log(level: Logger.Level(line.level), "[\(line.script)] \(line.sentence)") })
    }

    /// The sun over the camera; nil while nobody has said where that is.
    private var sun: Sun? {
        guard let latitude = Double(settings["luneta.latitude"]), let longitude = Double(settings["luneta.longitude"]) else { return nil }
        return try? Sun(latitude: latitude, longitude: longitude)
    }

    /// What the configuration asks for, held by its own owner under everybody else.
    private func configure(_ engine: Engine) throws(Exit) {
        let values: [String: Value] = [
            "stream.size": [.integer(settings.integer("camera.width")), .integer(settings.integer("camera.height"))],
            "stream.framerate": .integer(settings.integer("camera.framerate")),
            "white_balance.auto": .bool(settings.bool("camera.enable_awb")),
            "exposure.auto": .bool(settings.bool("camera.default_auto_exposure")),
        ]
        do throws(Problem) {
            try engine.preset(Change(.configuration, values))
        } catch {
            throw Exit(.configuration, error.sentence)
        }
        for sentence in legacy.map({ engine.resume($0.engine) }) ?? [] { logger.warning("not held any longer: \(sentence)") }
        if settings.isSet("camera.bitrate") {
            logger.warning("CAMERA_BITRATE has no effect, as in the reference service; set the control 'stream.bitrate' instead")
        }
    }

    private func autostart(_ scripts: ScriptHost) async {
        for name in settings.list("luneta.autostart") {
            do throws(Problem) {
                try await scripts.autostart(name)
            } catch {
                logger.error("script '\(name)' did not start: \(error.sentence)")
            }
        }
    }

    private func resume(_ scripts: ScriptHost, _ legacies: [ScriptLegacy]) async {
        for legacy in legacies {
            do throws(Problem) {
                try await scripts.resume(legacy)
            } catch {
                logger.error("script '\(legacy.name)' does not go on: \(error.sentence)")
            }
        }
    }

    /// The files REST is served with; nil without TLS.
    private var tlsFiles: (certificate: String, key: String)? {
        get throws(Exit) {
            let files = (certificate: settings["luneta.tls_certificate"], key: settings["luneta.tls_key"])
            guard files.certificate.isEmpty == files.key.isEmpty else {
                throw Exit(.configuration, "'luneta.tls_certificate' and 'luneta.tls_key' go together; set both or none")
            }
            return files.certificate.isEmpty ? nil : files
        }
    }

    private func backends(_ engine: Engine, _ scripts: ScriptHost, _ pictures: Pictures) -> Backends {
        let machine = machine
        return Backends(
            surface: engine, scripts: RemoteScripts(host: scripts), pictures: pictures, log: log, machine: { machine.document },
            live: Live(engine: engine), clock: clock)
    }

    /// What keeps the journal; nothing when nobody wants one.
    private func recorders(_ engine: Engine) -> [ServiceGroupConfiguration.ServiceConfiguration] {
        let days = settings.integer("luneta.journal")
        guard days > 0 else { return [] }
        let facts = [
            "latitude": settings["luneta.latitude"], "longitude": settings["luneta.longitude"], "zone": TimeZone.current.identifier,
            "camera": settings["camera.camera_model"] + (settings.bool("camera.is_noir") ? "_noir" : ""),
        ]
        let journal = NightJournal(path: "\(settings["luneta.state"])/journal.sqlite", days: days, facts: facts) { [logger] sentence in
            logger.warning("\(sentence)")
        }
        return [.init(service: NightRecorder(engine, journal, clock: clock))]
    }

    private func serve(_ engine: Engine, _ scripts: ScriptHost, _ pictures: Pictures) async throws(Exit) {
        guard settings["luneta.read_key"].isEmpty || !settings["camera.api_key"].isEmpty else {
            throw Exit(.configuration, "'luneta.read_key' keeps nobody out without 'camera.api_key'; set that too")
        }
        let configuration = ServerConfiguration(
            host: settings["camera.host"], port: settings.integer("camera.port"), apiKey: settings["camera.api_key"],
            readOnlyKey: settings["luneta.read_key"], tls: try tlsFiles,
            allowedHosts: settings.list("luneta.hosts"), version: Luneta.version)
        let (banner, logger) = (Banner(settings, engine), logger)
        let server = makeServer(configuration, backends(engine, scripts, pictures), logger: logger) { _ in
            banner.show()
        }
        let group = ServiceGroup(
            configuration: .init(
                services: recorders(engine) + [
                    .init(service: server), .init(service: LoadWatch(load: machine.load)),
                    .init(service: Keeper(settings: settings, engine: engine, scripts: scripts, logger: logger)),
                    .init(service: Tending(scripts: scripts, isWatching: settings.bool("luneta.watch"))),
                    .init(service: Quit(engine: engine, scripts: scripts, pictures: pictures)),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch {
            throw Exit(.unavailable, "the server ended: \(error)")
        }
    }
}

/// Starts scripts again and loads them anew, while the service runs.
private struct Tending: Service {
    let scripts: ScriptHost
    let isWatching: Bool

    private static let interval = Duration.milliseconds(500)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: Tending.interval)) != nil { await scripts.tend(isWatching: isWatching) }
        }
    }
}

/// Stops scripts, stream and camera when the service ends.
private struct Quit: Service {
    let engine: Engine
    let scripts: ScriptHost
    let pictures: Pictures

    func run() async throws {
        try? await gracefulShutdown()
        Predecessor.disarm()
        pictures.end()
        await scripts.shutDown()
        engine.shutDown()
        // Stream and camera are closed; a client that is in the middle of a request does not hold up the end.
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { exit(EXIT_SUCCESS) }
    }
}

extension SystemClock {
    /// The machine's clocks, trusted as the configuration says.
    init(_ settings: Settings) { self.init(isAlwaysTrusted: settings["luneta.clock"] == "TRUSTED") }
}

extension Exit {
    /// What a camera that does not open means for the process.
    init(_ error: CameraError) {
        switch error {
        case .unreadable(let sentence): self.init(.noInput, sentence)
        case .notFound(let sentence), .failed(let sentence), .unsupported(let sentence), .needsRestart(let sentence):
            self.init(.unavailable, sentence)
        }
    }
}

extension Logger.Level {
    /// The level for a name of the reference service.
    init(_ name: String) {
        self = [.debug, .info, .warning, .error, .critical].first { $0.rawValue.uppercased() == name } ?? .info
    }
}

extension Logger.Level {
    /// The level for a line of a script's log.
    init(_ level: ScriptLogLine.Level) {
        switch level {
        case .debug: self = .debug
        case .info: self = .info
        case .warn: self = .warning
        case .error: self = .error
        }
    }
}

extension ScriptLogLine {
    /// Text and fields on one line.
    var sentence: String {
        ([text] + fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
    }
}
