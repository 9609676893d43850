import Catalog
import Foundation
import Support
import Timing

/// The events of one topic since it was made.
final class Collector: Sendable {
    private let state = Mutex<[Event]>([])
    private let subscription = Mutex<Subscription?>(nil)

    init(_ surface: FakeSurface, _ topic: String) {
        subscription.withLock { $0 = surface.subscribe(to: [topic]) { [weak self] event in self?.state.withLock { $0.append(event) } } }
    }

    var events: [Event] { state.withLock { $0 } }
}

/// A folder of scripts that goes when the test is over.
final class Folder: Sendable {
    let path: String

    init(_ files: [String: String]) throws {
        path = NSTemporaryDirectory() + "luneta-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
}
