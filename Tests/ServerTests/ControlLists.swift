import CCamera
import Foundation

@testable import CameraBindings

/// Every control of a libcamera: of the one that runs, or of the lists in its source that `LUNETA_CONTROL_LISTS` names (folders of
/// `control_ids*.yaml`, separated by colons), which also have the controls of vendors whose pipelines were not built.
struct ControlList: Sendable, CustomStringConvertible {
    let description: String
    let controls: [String: RawControl]

    static let all: [ControlList] = {
        let folders = ProcessInfo.processInfo.environment["LUNETA_CONTROL_LISTS"]?.split(separator: ":").map(String.init) ?? []
        let running = ControlList(description: "libcamera \(LibcameraLibrary.version)", controls: LibcameraLibrary.everyControl)
        return [running] + folders.map { ControlList(description: $0, controls: controls(in: $0)) }
    }()

    private static func controls(in folder: String) -> [String: RawControl] {
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasPrefix("control_ids") }
        return files.reduce(into: [:]) { controls, file in
            let text = (try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)) ?? ""
            for control in parse(text) { controls[control.name] = RawControl(control) }
        }
    }

    private static let types: [String: ccam_type] = [
        "bool": CCAM_BOOL, "uint8_t": CCAM_BYTE, "int32_t": CCAM_INTEGER32, "int64_t": CCAM_INTEGER64, "float": CCAM_FLOAT,
        "string": CCAM_STRING, "Rectangle": CCAM_RECTANGLE, "Size": CCAM_SIZE, "Point": CCAM_POINT,
    ]

    /// The controls of a list, line by line: what libcamera's own generator reads, without descriptions.
    private static func parse(_ text: String) -> [NativeControl] {
        var controls: [NativeControl] = []
        var word = ""
        for line in text.split(separator: "\n") {
            if let match = line.firstMatch(of: /^  - (\w+):$/) {
                let name = String(match.1)
                controls.append(NativeControl(id: UInt32(controls.count), name: name, vendor: "list", shape: NativeShape(type: CCAM_NONE)))
            }
            guard let last = controls.indices.last else { continue }
            if let match = line.firstMatch(of: /^      type: (\w+)/) { controls[last].shape.type = types[String(match.1)] ?? CCAM_NONE }
            if let match = line.firstMatch(of: /^      size: \[(.*)\]/) {
                let sides = match.1.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
                controls[last].shape.isArray = true
                controls[last].shape.elements = sides.allSatisfy { $0 != nil } ? sides.compactMap(\.self).reduce(1, *) : 0
            }
            if let match = line.firstMatch(of: /^        - name: (\w+)/) { word = String(match.1) }
            if let match = line.firstMatch(of: /^          value: (\d+)/), let number = Int(match.1) {
                controls[last].enumerators[number] = word
            }
        }
        return controls
    }
}
