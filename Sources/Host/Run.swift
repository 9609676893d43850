internal import ArgumentParser
internal import CameraBindings
internal import Catalog
internal import Engine
internal import Foundation
internal import Logging
internal import Scripting
internal import Server
internal import ServiceLifecycle
internal import Timing

/// `luneta run`: the camera, the stream, the scripts and REST.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the camera, publish the stream and serve REST.")

    @Option(help: "A YAML file; `luneta.yaml` of this folder is read without being named.")
    var config: String?

    @Option(help: "auto, libcamera[:ID], sim[:MODEL[?lux=N]] or footage:PATH.")
    var camera: String?

    @Option(help: "The address REST listens on.")
    var host: String?

    @Option(help: "The port REST listens on.")
    var port: String?

    @Option(help: "The folder of your scripts.")
    var scripts: String?

    func run() async throws {
        let predecessor = Predecessor.arm()
        do throws(Exit) {
            try await House(settings(after: predecessor), after: predecessor).run()
        } catch {
            Predecessor.disarm()
            throw error.report()
        }
    }

    /// A process that goes on keeps its settings, whatever became of the files they came from.
    private func settings(after predecessor: Predecessor?) async throws(Exit) -> Settings {
        if let settings = predecessor?.legacy?.settings { return settings }
        let flags = ["luneta.camera": camera, "camera.host": host, "camera.port": port, "luneta.scripts": scripts]
        return try await Settings.read(
            flags: flags.compactMapValues { $0 }, file: config, environment: ProcessInfo.processInfo.environment)
    }
}
