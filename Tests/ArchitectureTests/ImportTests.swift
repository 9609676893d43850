import Foundation
import Testing

/// Who may know whom; a new arrow is a decision, made here.
struct ImportTests {
    /// The targets of this package that each folder may import.
    private static let allowed: [String: Set<String>] = [
        "Catalog": [],
        "Timing": ["CLinux"],
        "Painting": [],
        "CameraBindings": ["Catalog", "Timing", "Painting", "CFootage", "CConversion", "CCamera"],
        "Pipeline": ["Catalog", "Timing", "CameraBindings", "CMedia"],
        "Engine": ["Catalog", "Timing", "CameraBindings", "Pipeline"],
        "Stills": ["Catalog", "Timing", "CameraBindings", "CJPEG"],
        "Almanac": [],
        "LuaSource": ["Almanac", "Catalog"],
        "Scripting": ["Almanac", "Catalog", "LuaSource", "Timing", "CLua"],
        "Rehearsal": ["Almanac", "CameraBindings", "Catalog", "Engine", "LuaSource", "Pipeline", "Scripting", "Stills", "Timing"],
        "JSON": ["Catalog"],
        "Store": ["Catalog", "JSON", "Scripting", "Timing"],
        "Web": ["Catalog", "JSON", "Scripting"],
        "Server": ["Catalog", "Timing", "CLinux", "JSON"],
        "Host": [
            "Catalog", "Timing", "CameraBindings", "Pipeline", "Engine", "Scripting", "Server", "Stills", "JSON", "Almanac", "LuaSource",
            "Rehearsal", "Store", "Web",
            "CJournal", "CRestart",
        ],
    ]

    private static let ours = Set(allowed.keys).union([
        "CFootage", "CConversion", "CMedia", "CLua", "CCamera", "CRestart", "CJournal", "CSystemd", "CJPEG", "CAV", "CLuaSystem",
        "CLibcamera", "CPhoto", "CLinux",
    ])
    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources")
        .standardized

    private func sources(_ folder: String) throws -> [URL] {
        let files = FileManager.default.enumerator(at: Self.top.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        return try #require(files).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    private func imports(_ file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^(?:@\w+ )?(?:public |internal |package |private )?import (?:\w+ )?(\w+)/).map { String($0.1) }
        }
    }

    @Test(arguments: allowed.keys.sorted()) func `a target imports only what it may`(folder: String) throws {
        for file in try sources(folder) {
            let foreign = Set(try imports(file)).intersection(Self.ours).subtracting(Self.allowed[folder] ?? [])
            #expect(foreign.isEmpty, "\(folder)/\(file.lastPathComponent) imports \(foreign.sorted().joined(separator: ", "))")
        }
    }

    @Test func `every folder of sources is known here`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.top.path)
        #expect(Set(folders).subtracting(Self.ours) == [])
    }

    @Test func `nothing but the clock asks the system for the time`() throws {
        for folder in Self.allowed.keys where folder != "Timing" && folder != "Host" {
            for file in try sources(folder) {
                let text = try String(contentsOf: file, encoding: .utf8)
                for word in ["Date()", "ContinuousClock", "SuspendingClock", "Thread.sleep", "usleep("] {
                    #expect(!text.contains(word), "\(folder)/\(file.lastPathComponent) uses \(word)")
                }
            }
        }
    }
}
