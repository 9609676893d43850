import Foundation
import Testing

/// `luneta sim` and `luneta test`, as people call them.
@Suite(.serialized) struct SimEndToEndTests {
    private static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Runs the binary in an empty folder.
    private func luneta(_ arguments: [String], environment: [String: String] = [:], in folder: String? = nil) throws
        -> (code: Int32, output: String, errors: String)
    {
        let folder = try folder ?? makeFolder()
        let process = Process()
        process.executableURL = Service.binary
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let errors = "\(folder)/errors"
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: errors)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: data, as: UTF8.self), (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
        )
    }

    private func makeFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sim-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private static let night = [
        "sim", "day_night", "timelapse", "--day", "2026-12-21 15:00", "--for", "4h", "--at", "48.1,11.6", "--zone", "Europe/Berlin",
        "--clouds",
        "gusty", "--headlights", "60", "--infrared", "20", "--camera", "imx708_noir", "--arg", "timelapse.every=300",
    ]

    @Test func `two runs are the same to the byte, also on a processor that rounds otherwise`() throws {
        let first = try luneta(SimEndToEndTests.night)
        #expect(first.code == 0 && first.output.contains("profile night on"), "\(first.errors)")
        #expect(try luneta(SimEndToEndTests.night).output == first.output)
        // Without fused multiplication the C library's sine, logarithm and power differ in their last digits.
        let plain = ["GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2_Usable,-FMA_Usable,-AVX2", "SWIFT_DETERMINISTIC_HASHING": "1"]
        #expect(try luneta(SimEndToEndTests.night, environment: plain).output == first.output)
        let json = SimEndToEndTests.night + ["--json"]
        #expect(try luneta(json, environment: plain).output == luneta(json).output)
    }

    @Test func `every line of JSON is an object`() throws {
        let run = try luneta(SimEndToEndTests.night + ["--json"])
        let lines = run.output.split(separator: "\n")
        #expect(lines.count > 50)
        for line in lines { _ = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]) }
        #expect(lines.contains { $0.contains("\"decision\":\"push\"") && $0.contains("\"profile\":\"night\"") })
    }

    @Test func `a chart and pictures are written where they are asked for`() throws {
        let folder = try makeFolder()
        let run = try luneta(
            ["sim", "timelapse", "--day", "2026-06-21 12:00", "--for", "3m", "--chart", "day.svg", "--pictures", "pictures"], in: folder)
        #expect(run.code == 0, "\(run.errors)")
        #expect(try String(contentsOfFile: "\(folder)/day.svg", encoding: .utf8).contains("</svg>"))
        let names = FileManager.default.enumerator(atPath: "\(folder)/pictures")?.compactMap { $0 as? String } ?? []
        let pictures = names.filter { $0.hasSuffix(".jpg") }
        #expect(pictures.count >= 2)
        let bytes = try #require(pictures.first.flatMap { FileManager.default.contents(atPath: "\(folder)/pictures/\($0)") })
        #expect(bytes.count > 10_000)
    }

    @Test(arguments: [
        (["sim"], 64, "no script was named"), (["sim", "nobody"], 65, "there is no script 'nobody'"),
        (["sim", "none.lua"], 66, "'none.lua' cannot be read"), (["sim", "day_night", "--day", "tomorrow"], 64, "--day: a day such as"),
        (["sim", "day_night", "--at", "north"], 64, "--at takes degrees"),
        (["sim", "day_night", "--zone", "Mars/Olympus"], 64, "--zone takes"),
        (["sim", "day_night", "--for", "ever"], 64, "--for takes a time"),
        (["sim", "day_night", "--clouds", "pink"], 64, "--clouds takes"),
        (["sim", "day_night", "--arg", "dark"], 64, "--arg takes"), (["sim", "day_night", "--arg", "dark=x"], 65, "'dark' must be"),
        (["sim", "day_night", "--camera", "leica"], 65, "there is no simulated camera 'leica'"),
        (["sim", "day_night", "--replay", "none.sqlite"], 65, "there is no journal 'none.sqlite'"),
        (["sim", "day_night", "--diff"], 64, "--diff compares with"), (["test"], 66, "there is no"),
        (["test", "gone"], 66, "there is no 'gone'"),
    ])
    func `what makes no sense is told with the remedy`(_ arguments: [String], _ code: Int32, _ words: String) throws {
        let run = try luneta(arguments)
        #expect(run.code == code && run.errors.contains(words), "\(run.code) \(run.errors)")
    }

    @Test func `a script that fails ends the rehearsal with 1`() throws {
        let folder = try makeFolder()
        try "after(60, function() error('oh') end)".write(toFile: "\(folder)/a.lua", atomically: true, encoding: .utf8)
        let run = try luneta(["sim", "a.lua", "--for", "5m"], in: folder)
        #expect(run.code == 1 && run.errors.contains("a:1: oh") && run.output.contains("error: a:1: oh"))
    }

    @Test func `the tests of every bundled script and example go well`() throws {
        let run = try luneta([
            "test", "\(SimEndToEndTests.checkout)/scripts/lua", "\(SimEndToEndTests.checkout)/examples", "--junit", "report.xml",
        ])
        #expect(run.code == 0, "\(run.output.split(separator: "\n").filter { !$0.hasPrefix("ok") }.joined(separator: "\n")) \(run.errors)")
        #expect(run.output.hasPrefix("TAP version 14\nok 1 - ") && run.output.contains("day_night_test"))
    }
}
