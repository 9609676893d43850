/// One value of the configuration: its name, its rule and its standard value.
///
/// The environment variable is the name in capitals with underscores: `camera.rtsp_url` is `CAMERA_RTSP_URL`.
struct Setting: Sendable {
    /// What text is accepted.
    enum Rule: Sendable {
        case integer(ClosedRange<Int>)
        case decimal(ClosedRange<Double>)
        case bool
        case text
        case url
        case choice([String])
    }

    let name: String
    let about: String
    let rule: Rule
    let standard: String?

    init(_ name: String, _ about: String, _ rule: Rule, _ standard: String? = nil) {
        self.name = name
        self.about = about
        self.rule = rule
        self.standard = standard
    }

    /// The environment variable that sets it.
    var variable: String { name.uppercased().replacing(".", with: "_") }

    /// Every setting, in the order of the reference page.
    static let all: [Setting] = [
        Setting("camera.width", "Width of the stream in pixels.", .integer(64...4096), "1920"),
        Setting("camera.height", "Height of the stream in pixels.", .integer(64...4096), "1080"),
        Setting("camera.framerate", "Frames a second.", .integer(1...120), "30"),
        Setting(
            "camera.bitrate",
            "Accepted for the reference service's configurations and, as there, without effect: size and frame rate decide.",
            .integer(100_000...50_000_000)),
        Setting("camera.rtsp_url", "Where the stream is published to.", .url, "rtsp://127.0.0.1:8554/cam"),
        Setting("camera.enable_awb", "Whether white balance starts automatic.", .bool, "true"),
        Setting("camera.default_auto_exposure", "Whether exposure starts automatic.", .bool, "true"),
        Setting("camera.tuning_file", "A libcamera tuning file.", .text),
        Setting("camera.camera_model", "The sensor, for the simulated camera and the tuning file.", .text, "imx708"),
        Setting("camera.is_noir", "Whether the camera has no infrared filter.", .bool, "false"),
        Setting("camera.host", "The address REST listens on.", .text, "127.0.0.1"),
        Setting("camera.port", "The port REST listens on.", .integer(1...65535), "8000"),
        Setting("camera.api_key", "The key every /v1 request must carry; empty means none.", .text, ""),
        Setting("luneta.tls_certificate", "PEM file of the certificate chain REST is served with; empty serves without TLS.", .text, ""),
        Setting("luneta.tls_key", "PEM file of the certificate's key.", .text, ""),
        Setting("luneta.read_key", "A second key that may read everything and change nothing; empty means none.", .text, ""),
        Setting(
            "camera.log_level", "How much is logged.", .choice(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]), "INFO"),
        Setting(
            "luneta.camera", "Which camera: auto, libcamera[:ID], sim[:MODEL], footage:PATH.", .text, "auto"),
        Setting("luneta.scripts", "The folder of your scripts.", .text, "scripts"),
        Setting("luneta.media", "The folder of pictures and recordings; made when the first one is.", .text, "media"),
        Setting(
            "luneta.state", "The folder of what the service keeps, such as what scripts `persist`; made when it is needed.", .text, "state"),
        Setting(
            "luneta.journal", "Days for which light and decisions are kept, for rehearsing other scripts on real nights; 0 keeps none.",
            .integer(0...3650), "7"),
        Setting("luneta.watch", "Load a running script anew when its file, or a module it uses, is saved.", .bool, "true"),
        Setting("luneta.autostart", "Names of scripts to run at start, separated by commas.", .text, ""),
        Setting("luneta.latitude", "Degrees north of the equator where the camera is, for scripts that go by the sun.", .decimal(-90...90)),
        Setting("luneta.longitude", "Degrees east of Greenwich where the camera is.", .decimal(-180...180)),
        Setting(
            "luneta.clock",
            "When the wall clock counts as set: auto (a hardware clock, or one that was synchronised), or trusted (always).",
            .choice(["AUTO", "TRUSTED"]), "AUTO"),
        Setting(
            "luneta.hosts", "Names, beside addresses and localhost, by which clients may call the service, separated by commas.", .text, ""),
    ]

    /// The text in its canonical form.
    /// - Throws: ``Exit`` with what is allowed and what was given.
    func check(_ text: String, from source: String) throws(Exit) -> String {
        let trimmed = text.filter { !$0.isNewline }
        switch rule {
        case .integer(let range):
            guard let number = Int(trimmed), range.contains(number) else {
                throw bad("a whole number from \(range.lowerBound) to \(range.upperBound)", text, source)
            }
            return String(number)
        case .decimal(let range):
            guard let number = Double(trimmed), range.contains(number) else {
                throw bad("a number from \(range.lowerBound) to \(range.upperBound)", text, source)
            }
            return trimmed
        case .bool:
            guard let truth = Setting.truths[trimmed.lowercased()] else { throw bad("true or false", text, source) }
            return truth ? "true" : "false"
        case .choice(let words):
            guard words.contains(trimmed.uppercased()) else { throw bad("one of \(words.joined(separator: ", "))", text, source) }
            return trimmed.uppercased()
        case .url:
            guard ["rtsp://", "rtsps://", "rtmp://", "srt://"].contains(where: trimmed.lowercased().hasPrefix) else {
                throw bad("an address that starts with rtsp:// (or rtsps://, rtmp://, srt://)", Credentials.hidden(text), source)
            }
            return trimmed
        case .text: return trimmed
        }
    }

    private func bad(_ allowed: String, _ text: String, _ source: String) -> Exit {
        Exit(.configuration, "'\(variable)' (\(source)) must be \(allowed), got '\(text)'")
    }

    private static let truths: [String: Bool] = [
        "true": true, "1": true, "yes": true, "on": true, "false": false, "0": false, "no": false, "off": false,
    ]
}
