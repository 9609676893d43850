import Catalog
import Testing

@testable import Server

struct RoutesTests {
    private let routes = Routes(Catalog.operations)

    private func id(_ method: String, _ path: String) -> String {
        switch routes.match(path, method: method) {
        case .found(let operation, let name): name.isEmpty ? operation.id : "\(operation.id) \(name)"
        case .redirect(let path): "to \(path)"
        case .wrongMethod(let methods): "only \(methods.joined(separator: " "))"
        case .unknown: "unknown"
        }
    }

    @Test func `every operation is found under its own path and method`() {
        for operation in Catalog.operations {
            let path = operation.path.replacing("{name}", with: "night").replacing("{path}", with: "night")
            let name = path == operation.path ? "" : " night"
            #expect(id(operation.method.rawValue, path) == operation.id + name)
        }
    }

    @Test(arguments: [
        ("/v1/controls/exposure.time", "getControl exposure.time"), ("/v1/controls/exposure.time/why", "explainControl exposure.time"),
        ("/v1/scripts/a%20b", "getScript a b"), ("/v1/scripts/why", "getScript why"), ("/v1/controls/a/b", "unknown"),
        ("/v1/controls//why", "unknown"), ("/v1/scripts/%FF", "unknown"), ("/v1/scripts/a%2Fb", "getScript a/b"), ("//health", "unknown"),
        ("/Health", "unknown"), ("/", "getPage"), ("", "unknown"), ("/v1/camera", "unknown"),
    ])
    func `a name is one segment`(path: String, expected: String) {
        #expect(id("GET", path) == expected)
    }

    @Test(arguments: [
        ("/health/", "to /health"), ("/v1/camera/hdr/", "to /v1/camera/hdr"),
        ("/v1/controls/exposure.time/", "to /v1/controls/exposure.time"),
        ("/nope/", "unknown"), ("//evil.example/", "unknown"), ("/health//", "unknown"),
    ])
    func `a trailing slash leads to the path without it`(path: String, expected: String) {
        #expect(id("POST", path) == expected)
    }

    @Test func `a wrong method names the right ones`() {
        #expect(id("GET", "/v1/camera/hdr") == "only POST")
        #expect(id("DELETE", "/v1/camera/fov_mode") == "only GET POST")
        #expect(id("PUT", "/v1/controls/exposure.time") == "only GET DELETE")
    }
}
