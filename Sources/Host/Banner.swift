internal import Catalog
internal import Foundation

/// What is printed once everything runs: where to look.
struct Banner {
    private let settings: Settings
    private let surface: any ControlSurface

    init(_ settings: Settings, _ surface: any ControlSurface) {
        self.settings = settings
        self.surface = surface
    }

    /// Prints it at once, also where standard output is a file.
    func show() {
        print(text)
        fflush(nil)
    }

    /// Some lines for the terminal.
    var text: String {
        return """
            luneta \(Luneta.version)
              watch   \(address)/
              camera  \(camera)
              stream  \(Credentials.hidden(settings["camera.rtsp_url"])) (published as soon as an RTSP server takes it)
              REST    \(address)/health  \(address)/v1/camera/status  \(address)/docs
              scripts curl -X POST \(address)/v1/scripts/low_light/run -H 'Content-Type: application/json' -d '{}'
            """
    }

    /// Where a browser on this machine finds it.
    private var address: String {
        let host = settings["camera.host"]
        let name = ["0.0.0.0", "::"].contains(host) ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
        return "\(settings["luneta.tls_certificate"].isEmpty ? "http" : "https")://\(name):\(settings["camera.port"])"
    }

    private var camera: String {
        let info = surface.info.table ?? [:]
        let size = (info["size"]?.list ?? []).compactMap(\.int).map(String.init).joined(separator: "x")
        let kind = info["kind"]?.string ?? ""
        return "\(info["model"]?.string ?? "none") (\(kind)), \(size) at \(Value.plain(info["framerate"]?.double ?? 0)) fps"
    }
}

/// Takes user and password out of an address.
enum Credentials {
    /// `rtsp://user:secret@host/cam?key=secret` becomes `rtsp://host/cam`; a password may hold any character, so the last `@` counts.
    static func hidden(_ url: String) -> String {
        guard let start = url.range(of: "://")?.upperBound else { return url }
        let plain = url[start...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let address = plain.split(separator: "@", omittingEmptySubsequences: false).last ?? plain
        return String(url[..<start] + address)
    }
}
