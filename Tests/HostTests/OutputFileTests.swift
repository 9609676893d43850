import Foundation
import Testing

@testable import luneta

/// Where a chart or a report goes: the person who names a device or a link wants it written to, not replaced.
final class OutputFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("output-\(UUID())")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }

    @Test func `a new file, and one that is there, get the text`() throws {
        let path = "\(folder.path)/report.xml"
        try OutputFile(path: path).write("a long first text")
        try OutputFile(path: path).write("second")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
    }

    @Test func `a device is written to and stays a device`() throws {
        let link = "\(folder.path)/full"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/full")
        let exit = #expect(throws: Exit.self) { try OutputFile(path: link).write("<svg/>") }
        #expect(exit?.code == .cannotCreate)
        #expect(exit?.sentence.contains(link) == true)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/full")
    }

    @Test func `a folder that is not there is told`() {
        #expect(throws: Exit.self) { try OutputFile(path: "\(folder.path)/none/a.svg").write("<svg/>") }
    }
}
