import Catalog
import Foundation
import Store
import Testing

extension EndToEnd {
    struct PersistTests {
        private static let source = """
            local n = persist.n or 0
            every("2ms", function()
              n = n + 1
              persist.n = n
              persist.twin = { n = n, padding = ("x"):rep(n % 3000) }
              print(n)
            end)
            """

        /// The last number the script has logged; what it counted before that was written.
        private func logged(_ service: Service) async throws -> Int {
            let lines = try await service.get("/v1/scripts/counter/log").json["lines"] as? [[String: Any]] ?? []
            return lines.compactMap { ($0["text"] as? String).flatMap(Int.init) }.last ?? 0
        }

        /// `LUNETA_KILLS` says how often; each one takes half a second.
        @Test func `a service that is killed at any moment has lost nothing a script kept, and has no half of it`() async throws {
            let folder = try Scratch.folder()
            try Self.source.write(toFile: "\(folder)/counter.lua", atomically: true, encoding: .utf8)
            let environment = ["LUNETA_AUTOSTART": "counter", "LUNETA_STATE": "\(folder)/state"]
            var before = 0
            for _ in 0..<(Int(ProcessInfo.processInfo.environment["LUNETA_KILLS"] ?? "") ?? 15) {
                let service = try await Service(camera: "sim:imx219", environment: environment, scripts: folder)
                try await eventually("the script counts", within: 5) { [before] in try await self.logged(service) > before }
                try await Task.sleep(for: .microseconds(Int.random(in: 0..<200_000)))
                let last = try await logged(service)
                kill(service.processIdentifier, SIGKILL)
                try await eventually("it is gone", within: 5) { !service.isRunning }
                let kept = try Store(folder: "\(folder)/state") { Issue.record("\($0)") }.values(of: "counter")
                let count = try #require(kept["n"]?.int)
                #expect(count >= last - 1, "\(last) was logged, \(count) was kept")
                #expect(count > before)
                #expect(kept["twin"] == ["n": .integer(count), "padding": .text(String(repeating: "x", count: count % 3000))])
                before = count
            }
            print("\(before) values kept in all")
        }
    }
}
