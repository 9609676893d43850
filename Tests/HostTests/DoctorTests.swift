import CameraBindings
import Foundation
import Testing

@testable import luneta

/// What `luneta doctor` makes of a machine, on trees of files that look like one.
@Suite struct DoctorTests {
    /// A machine made of files.
    private final class Tree {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("luneta-doctor-\(UUID().uuidString)")
        var machine: Machine { Machine(root: root.path) }

        init(_ files: [String: String] = [:]) throws {
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            for (path, text) in files { try write(path, text) }
        }

        deinit { try? FileManager.default.removeItem(at: root) }

        func write(_ path: String, _ text: String) throws {
            let file = root.appendingPathComponent(path)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }

        func hold(_ device: String, by pid: Int, _ command: String) throws {
            try write("proc/\(pid)/cmdline", command.replacing(" ", with: "\0") + "\0")
            let folder = root.appendingPathComponent("proc/\(pid)/fd")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: folder.appendingPathComponent("7").path, withDestinationPath: device)
        }
    }

    private static let pi = ["proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4\0"]
    private static let listing = LibcameraLibrary.Listing(
        id: "/base/i2c@1/imx708@1a", model: "imx708_noir", location: "back", rotation: 180)

    private func findings(_ tree: Tree, _ libcamera: LibcameraInspection, _ tuning: TuningFile.Choice = .init()) -> [Diagnosis.Finding] {
        Diagnosis(machine: tree.machine, libcamera: libcamera, tuning: tuning).findings
    }

    @Test func `a Pi without a camera is told to look at the cable`() throws {
        let tree = try Tree(Self.pi)
        let found = findings(tree, LibcameraInspection(version: "v0.7.2", pipelines: ["vc4", "pisp"]))
        #expect(found.first?.sentence == "libcamera v0.7.2 with the pipelines vc4, pisp")
        let devices = try #require(found.first { $0.sentence == "the kernel knows no camera device" })
        #expect(devices.grade == .bad && devices.remedy?.contains("camera_auto_detect=1") == true)
    }

    @Test func `a busy camera is told with the process that holds it and the command that ends that`() throws {
        let tree = try Tree(["dev/media0": "", "dev/video0": ""])
        try tree.hold("/dev/video0", by: 4711, "rpicam-vid -t 0")
        let busy = LibcameraInspection(
            version: "v0.7.2", cameras: [.init(listing: Self.listing, problem: "the camera is used by another process")])
        let found = findings(tree, busy)
        let camera = try #require(found.first { $0.sentence.hasPrefix("camera '") })
        #expect(camera.grade == .bad && camera.remedy == "kill 4711")
        #expect(camera.sentence.contains("imx708_noir, back, mounted at 180 degrees"))
        #expect(found.contains { $0.sentence == "process 4711 holds /dev/video0: rpicam-vid -t 0" && $0.remedy == "kill 4711" })
    }

    @Test func `devices that libcamera makes nothing of are told apart from no devices`() throws {
        let found = findings(try Tree(Self.pi.merging(["dev/media0": ""]) { $1 }), LibcameraInspection(version: "v0.0.3"))
        #expect(found.contains { $0.sentence == "libcamera makes no camera of the kernel's devices" && $0.remedy != nil })
    }

    @Test(arguments: [(131_072, 120_000, Diagnosis.Grade.good), (65_536, 20_000, .attention)])
    func `contiguous memory is told in MiB`(total: Int, free: Int, grade: Diagnosis.Grade) throws {
        let tree = try Tree(["proc/meminfo": "MemTotal: 8000000 kB\nCmaTotal:       \(total) kB\nCmaFree:   \(free) kB\n"])
        let finding = try #require(findings(tree, LibcameraInspection(version: "v")).first { $0.sentence.hasPrefix("contiguous") })
        #expect(finding.grade == grade && finding.sentence.contains("\(free / 1024) of \(total / 1024) MiB free"))
        #expect((finding.remedy == nil) == (grade == .good))
    }

    @Test func `a machine that is no Pi is not told of what only a Pi has`() throws {
        let found = findings(try Tree(["dev/media0": ""]), LibcameraInspection(version: "v", cameras: [.init(listing: Self.listing)]))
        #expect(found.allSatisfy { $0.grade == .good }, "\(found.filter { $0.grade != .good })")
    }

    @Test func `tuning files are found as the reference service finds them`() throws {
        let (pisp, vc4) = (TuningFile.folders[0], TuningFile.folders[1])
        let tree = try Tree(["\(vc4)/imx708_noir.json": "{}", "\(vc4)/imx708.json": "{}", "\(pisp)/imx708.json": "{}", "own.json": "{}"])
        let resolve = { (choice: TuningFile.Choice) in choice.resolve(root: tree.root.path) }
        #expect(resolve(.init(model: "imx708")).path == "\(pisp)/imx708.json")
        #expect(resolve(.init(model: "imx708", isNoir: true)).path == "\(vc4)/imx708_noir.json")
        #expect(resolve(.init(file: "/own.json", model: "imx708")).path == "/own.json")
        #expect(resolve(.init()).path == nil && resolve(.init()).warning == nil)
        let missing = resolve(.init(file: "/gone.json", model: "imx708"))
        #expect(missing.path == "\(pisp)/imx708.json" && missing.warning?.contains("'/gone.json' cannot be read") == true)
        #expect(resolve(.init(model: "imx999")).warning == "there is no tuning file for 'imx999'; libcamera chooses one by the sensor")
    }

    @Test func `every finding that is not well has a remedy`() throws {
        let trees = [try Tree(Self.pi), try Tree(Self.pi.merging(["dev/video0": ""]) { $1 }), try Tree()]
        for tree in trees {
            for finding in findings(tree, LibcameraInspection(version: "v", problem: "libcamera did not start: No such device")) {
                #expect(finding.grade == .good || finding.remedy != nil, "\(finding.sentence)")
            }
        }
    }
}
