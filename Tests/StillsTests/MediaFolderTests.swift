import Catalog
import Foundation
import Glibc
import Testing
import Timing

@testable import Stills

/// A folder on a real file system, gone with the test.
final class ScratchFolder: Sendable {
    let path = NSTemporaryDirectory() + "luneta-media-\(UUID().uuidString)"
    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Every file and folder below it, hidden ones too.
    var everything: [String] {
        (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []).sorted()
    }

    func make(_ file: String, _ text: String = "x") throws {
        let url = URL(fileURLWithPath: path).appendingPathComponent(file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func bytes(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))) }

    func read(_ file: String) throws -> String { try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8) }
}

struct MediaFolderTests {
    private let scratch = ScratchFolder()
    private var folder: MediaFolder { MediaFolder(scratch.path) }

    private func place(_ template: String) throws -> PathTemplate.Filled {
        try PathTemplate(template).filled(LocalTime(wall: 1_764_000_000) { _ in 0 }, frame: 1)
    }

    private func store(_ template: String, _ text: String = "picture", in folder: MediaFolder? = nil) throws -> String {
        try (folder ?? self.folder).store(Array(text.utf8), as: place(template))
    }

    // MARK: Writing

    @Test func `a file is written with its folders, and nothing else`() throws {
        #expect(try store("garden/%Y/a.jpg") == "garden/2025/a.jpg")
        #expect(scratch.everything == ["garden", "garden/2025", "garden/2025/a.jpg"])
        #expect(try scratch.read("garden/2025/a.jpg") == "picture")
    }

    @Test func `a file of the same name is replaced`() throws {
        _ = try store("a.jpg", "old")
        _ = try store("a.jpg", "new")
        #expect(try scratch.read("a.jpg") == "new")
        #expect(scratch.everything == ["a.jpg"])
    }

    @Test func `a counter never overwrites`() throws {
        try scratch.make("c/cat-0007.jpg", "old")
        #expect(try store("c/cat-{n:04}.jpg") == "c/cat-0008.jpg")
        #expect(try store("c/cat-{n:04}.jpg") == "c/cat-0009.jpg")
        #expect(try scratch.read("c/cat-0007.jpg") == "old")
        #expect(try store("d/{n}.jpg") == "d/1.jpg")
    }

    @Test func `two writers at the same time get two numbers`() async throws {
        let (first, second) = (folder, folder)
        let paths = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<40 {
                group.addTask { try (index.isMultiple(of: 2) ? first : second).store([1], as: place("{n}.jpg")) }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(paths.count == 40)
    }

    @Test func `a disk that becomes full leaves nothing behind and says what helps`() throws {
        let room = Mutex(10_000)
        let folder = MediaFolder(scratch.path) { file, bytes, count in
            let part = min(count, 4096, room.withLock { $0 })
            guard part > 0 else {
                errno = ENOSPC
                return -1
            }
            room.withLock { $0 -= part }
            return write(file, bytes, part)
        }
        let problem = #expect(throws: Problem.self) { try store("a/b/c.jpg", String(repeating: "x", count: 20_000), in: folder) }
        #expect(problem?.code == .failed)
        #expect(problem?.sentence.contains("LUNETA_MEDIA") ?? false, "\(problem?.sentence ?? "")")
        #expect(scratch.everything == [])
    }

    @Test func `a full disk leaves the file that was there`() throws {
        _ = try store("a.jpg", "old")
        let folder = MediaFolder(scratch.path) { _, _, _ in
            errno = EDQUOT
            return -1
        }
        #expect(throws: Problem.self) { try store("a.jpg", "new", in: folder) }
        #expect(try scratch.read("a.jpg") == "old")
        #expect(scratch.everything == ["a.jpg"])
    }

    @Test func `an interrupted write goes on`() throws {
        let interruptions = Mutex(3)
        let folder = MediaFolder(scratch.path) { file, bytes, count in
            let isInterrupted = interruptions.withLock { left in
                left -= 1
                return left >= 0
            }
            guard isInterrupted else { return write(file, bytes, min(count, 2)) }
            errno = EINTR
            return -1
        }
        _ = try store("a.jpg", "picture", in: folder)
        #expect(try scratch.read("a.jpg") == "picture")
    }

    @Test func `a symbolic link is not followed, neither to a folder nor to a file`() throws {
        let outside = ScratchFolder()
        try outside.make("secret.jpg", "secret")
        try scratch.make("a.txt")
        try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/out", withDestinationPath: outside.path)
        try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/link.jpg", withDestinationPath: "\(outside.path)/secret.jpg")
        let problem = #expect(throws: Problem.self) { try store("out/a.jpg") }
        #expect(problem?.code == .denied)
        // The link itself is replaced, what it led to is not.
        _ = try store("link.jpg", "picture")
        #expect(try outside.read("secret.jpg") == "secret")
        #expect(outside.everything == ["secret.jpg"])
        #expect(try scratch.read("link.jpg") == "picture")
    }

    @Test func `a path through a file and a name that is a folder are refused`() throws {
        try scratch.make("a.jpg")
        try scratch.make("folder.jpg/x.jpg")
        #expect(throws: Problem.self) { try store("a.jpg/b.jpg") }
        #expect(throws: Problem.self) { try store("folder.jpg") }
        #expect(scratch.everything == ["a.jpg", "folder.jpg", "folder.jpg/x.jpg"])
    }

    // MARK: Reading

    private func paths(after: String? = nil, limit: Int = 100) throws -> [String] {
        try folder.page(after: after, limit: limit).items.map(\.path)
    }

    private func open(_ path: String) throws { _ = try folder.open(try MediaPath(path)) }
    private func delete(_ path: String) throws { try folder.delete(try MediaPath(path)) }

    @Test func `media are listed in the order of their paths, and nothing else is`() throws {
        for file in ["b.jpg", "a/2.jpg", "a/1.jpeg", "a.jpg", "a-b/x.mp4", "note.txt", ".hidden.jpg", ".git/x.jpg", "a/.part"] {
            try scratch.make(file)
        }
        try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/c.jpg", withDestinationPath: "/etc/passwd")
        let page = try folder.page(after: nil, limit: 100)
        #expect(page.items.map(\.path) == ["a-b/x.mp4", "a.jpg", "a/1.jpeg", "a/2.jpg", "b.jpg"])
        #expect(page.items.map(\.kind) == [.recording, .still, .still, .still, .still])
        #expect(page.items.allSatisfy { $0.size == 1 && $0.time > 1_700_000_000 })
        #expect(page.next == nil)
    }

    @Test(arguments: [1, 2, 3, 7, 100]) func `pages of any size make up the whole`(limit: Int) throws {
        let files = ["a/1.jpg", "a/2.jpg", "a/b/1.jpg", "a/b/2.jpg", "a0.jpg", "b.jpg", "b/1.jpg"]
        for file in files { try scratch.make(file) }
        var (found, after): ([String], String?) = ([], nil)
        repeat {
            let page = try folder.page(after: after, limit: limit)
            #expect(page.items.count <= limit)
            found += page.items.map(\.path)
            after = page.next
        } while after != nil
        #expect(found == files)
    }

    @Test func `a page goes on after a path that is no longer there`() throws {
        for file in ["a/1.jpg", "a/3.jpg", "b/1.jpg"] { try scratch.make(file) }
        #expect(try paths(after: "a/2.jpg") == ["a/3.jpg", "b/1.jpg"])
        #expect(try paths(after: "a") == ["a/1.jpg", "a/3.jpg", "b/1.jpg"])
        #expect(try paths(after: "c") == [])
    }

    @Test func `a folder that is not there yet is empty`() throws { #expect(try paths() == []) }

    @Test(arguments: [
        "../a.jpg", "/etc/passwd", "a/../../b.jpg", "", "/", "a", "a.txt", ".a.jpg", "a/.b/c.jpg", "a//b.jpg", "no.jpg", "a\u{0}.jpg",
        "folder.jpg", "pipe.jpg", "link.jpg", "out/secret.jpg",
    ])
    func `whatever is no medium does not exist`(path: String) throws {
        let outside = ScratchFolder()
        try outside.make("secret.jpg")
        for file in ["a.txt", ".a.jpg", "a/.b/c.jpg", "a/b.jpg", "folder.jpg/x.txt"] { try scratch.make(file) }
        try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/out", withDestinationPath: outside.path)
        try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/link.jpg", withDestinationPath: "\(outside.path)/secret.jpg")
        mkfifo("\(scratch.path)/pipe.jpg", 0o644)
        let opened = #expect(throws: Problem.self) { try open(path) }
        let deleted = #expect(throws: Problem.self) { try delete(path) }
        #expect(opened?.code == .unknown && deleted?.code == .unknown, "\(path): \(opened?.sentence ?? "")")
        #expect(outside.everything == ["secret.jpg"])
    }

    @Test func `a medium that is deleted takes its empty folders with it`() throws {
        for file in ["a/b/1.jpg", "a/2.jpg"] { try scratch.make(file) }
        try folder.delete(try MediaPath("a/b/1.jpg"))
        #expect(scratch.everything == ["a", "a/2.jpg"])
        try folder.delete(try MediaPath("a/2.jpg"))
        #expect(scratch.everything == [])
        #expect(FileManager.default.fileExists(atPath: scratch.path))
    }

    @Test func `a medium is read to its end although it is replaced meanwhile`() async throws {
        _ = try store("a.jpg", "0123456789")
        let desk = MediaDesk(folder)
        let file = try await desk.open("a.jpg")
        _ = try store("a.jpg", "other")
        #expect(file.item.size == 10)
        #expect(String(decoding: try await file.read(at: 3, count: 4), as: UTF8.self) == "3456")
        #expect(try await file.read(at: 8, count: 10).count == 2)
        #expect(try await file.read(at: 10, count: 10).isEmpty)
        #expect(try await desk.open("a.jpg").item.tag != file.item.tag)
    }
}
