internal import ArgumentParser
internal import CameraBindings
internal import Foundation
internal import Timing

/// `luneta doctor`: what is well and what is not, with the command that mends each.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is well and what is not about this machine's camera, and the command that mends it.",
        discussion: "Ends with 0 when a camera of libcamera's can be used, with 69 when there is none.")

    @Option(help: "A YAML file; `luneta.yaml` of this folder is read without being named.")
    var config: String?

    func run() async throws {
        let settings: Settings
        do throws(Exit) {
            settings = try await Settings.read(flags: [:], file: config, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw error.report()
        }
        let diagnosis = Diagnosis(
            machine: Machine(), libcamera: .run(), isClockTrusted: SystemClock(settings).isTrusted, tuning: TuningFile.Choice(settings))
        for finding in diagnosis.findings { print(finding.lines) }
        guard diagnosis.isUsable else {
            print("\nno camera can be used; 'luneta run --camera sim' runs a simulated one meanwhile")
            throw ExitCode(Exit.Code.unavailable.rawValue)
        }
    }
}

extension Diagnosis.Finding {
    /// The finding and, below it, the remedy.
    var lines: String {
        let mark = grade.rawValue.padding(toLength: 4, withPad: " ", startingAt: 0)
        return "\(mark)  \(sentence)" + (remedy.map { "\n      mend it: \($0)" } ?? "")
    }
}

extension TuningFile.Choice {
    /// What the configuration asks for; the sensor's name counts when somebody set it, or says that it has no infrared filter.
    init(_ settings: Settings) {
        let file = settings["camera.tuning_file"]
        let isNoir = settings.bool("camera.is_noir")
        self.init(
            file: file.isEmpty ? nil : file,
            model: settings.isSet("camera.camera_model") || isNoir ? settings["camera.camera_model"] : nil, isNoir: isNoir)
    }
}
