import Catalog
import Timing

@testable import Server

/// Pictures and media in memory.
final class FakePictures: PictureControl {
    struct File: Medium {
        let bytes: [UInt8]
        let mediaType: String
        var size: Int { bytes.count }
        let time = 1_764_000_000.5
        let tag = "a-1"
        func read(at offset: Int, count: Int) async throws(Problem) -> [UInt8] { Array(bytes.dropFirst(offset).prefix(count)) }
    }

    private struct State {
        var calls: [String] = []
        var files: [String: File] = [:]
        var viewers: [Int: @Sendable ([UInt8]) -> Void] = [:]
        var last = 0
        var refusal: Problem?
    }

    private let state = Mutex(State())

    init(_ files: [String: File] = [:]) { state.withLock { $0.files = files } }

    /// What was asked for, in order.
    var calls: [String] { state.withLock { $0.calls } }
    /// How many view.
    var viewers: Int { state.withLock { $0.viewers.count } }

    /// Refuses everything from now on.
    func refuse(_ problem: Problem) { state.withLock { $0.refusal = problem } }

    /// Shows every viewer a picture.
    func show(_ picture: [UInt8]) {
        for deliver in state.withLock({ Array($0.viewers.values) }) { deliver(MultipartPictures.part(picture)) }
    }

    private func note(_ call: String) throws(Problem) {
        let refusal = state.withLock { state in
            state.calls.append(call)
            return state.refusal
        }
        if let refusal { throw refusal }
    }

    func snapshot(_ arguments: [String: Value]) async throws(Problem) -> Snapshot {
        try note("snapshot \(Value.table(arguments))")
        let size = ["width", "height"].map { arguments[$0] ?? 8 }
        return Snapshot(
            bytes: [0xff, 0xd8, 0, 0xd9],
            facts: [
                "width": size[0], "height": size[1], "frame": 7, "fit": arguments["fit"] ?? "crop", "scaled": "down", "bytes": 4,
                "time": 1_764_000_000.5, "focused": .null,
            ])
    }

    func view(_ arguments: [String: Value], _ deliver: @escaping @Sendable ([UInt8]) -> Void) throws(Problem) -> Subscription {
        try note("view \(Value.table(arguments))")
        let number = state.withLock { state in
            state.last += 1
            state.viewers[state.last] = deliver
            return state.last
        }
        return Subscription { [weak self] in
            let gone = self?.state.withLock { $0.viewers.removeValue(forKey: number) }
            _ = gone
        }
    }

    func media(after: String?, limit: Int) async throws(Problem) -> Value {
        try note("media \(after ?? "-") \(limit)")
        return ["items": [["path": "a/b.jpg", "kind": "still", "size": 10, "time": 5]], "next": .null]
    }

    func open(_ path: String) async throws(Problem) -> any Medium {
        guard let file = state.withLock({ $0.files[path] }) else { throw .unknown("medium", path) }
        return file
    }

    func delete(_ path: String) async throws(Problem) {
        guard state.withLock({ $0.files.removeValue(forKey: path) }) != nil else { throw .unknown("medium", path) }
    }
}
