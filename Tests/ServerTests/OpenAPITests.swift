import Catalog
import Support
import Testing

@testable import Server

struct OpenAPITests {
    private let document = OpenAPI.document(version: "1.2.3")

    private func references(_ document: Document) -> [String] {
        switch document {
        case .object(let members):
            members.flatMap { member -> [String] in
                if member.name == "$ref", case .text(let target) = member.value { return [target] }
                return references(member.value)
            }
        case .list(let elements): elements.flatMap(references)
        default: []
        }
    }

    @Test func `the document is served without a key and is the same every time`() async throws {
        let reply = await RESTClient(key: "secret").get("/openapi.json")
        #expect(reply.status == 200)
        #expect(reply.text == String(decoding: document.json, as: UTF8.self))
        #expect(reply["openapi"] == "3.1.0")
        #expect(reply.json.table?["info"]?.table?["version"] == "1.2.3")
    }

    @Test func `every operation is there once, with a unique name`() {
        for operation in Catalog.operations {
            let entry = document["paths"]?[operation.path]?[operation.method.rawValue.lowercased()]
            #expect(entry?["operationId"] == .text(operation.id), "\(operation.id)")
        }
        #expect(Set(Catalog.operations.map(\.id)).count == Catalog.operations.count)
    }

    @Test func `every reference leads somewhere`() {
        for reference in Set(references(document)) {
            let target = reference.split(separator: "/").dropFirst().reduce(document as Document?) { $0?[String($1)] }
            #expect(target != nil, "\(reference)")
        }
    }

    @Test func `ranges, words and defaults are those that are checked`() {
        let schemas = document["components"]?["schemas"]
        let exposure = schemas?["SetManualExposureRequest"]
        #expect(exposure?["required"] == ["exposure_us"])
        #expect(exposure?["properties"]?["exposure_us"]?["maximum"] == 1_000_000.0)
        #expect(exposure?["properties"]?["gain"]?["default"] == 1.0)
        #expect(schemas?["SetResolutionRequest"]?["properties"]?["fov_mode"]?["enum"] == ["scale", "crop", nil])
    }

    @Test func `raw controls, which only a camera knows, are described by a pattern`() {
        let schemas = document["components"]?["schemas"]
        #expect(schemas?["ControlValues"]?["patternProperties"]?[#"^raw\."#]?["description"] != nil)
        #expect(schemas?["Controls"]?["patternProperties"]?[#"^raw\."#] == ["$ref": "#/components/schemas/ControlState"])
    }

    @Test func `an operation's controls exist and its words are the control's`() throws {
        for field in Catalog.operations.flatMap(\.fields) {
            guard let key = field.control else { continue }
            let control = try Catalog.control(key)
            for word in field.allowed { #expect((try? control.type.check(word, key: key)) == word, "\(key) \(word)") }
        }
    }

    @Test func `YAML quotes what another reader would take for something else`() {
        let document: Document = [
            "a": "off", "b": "plain text", "c": ["1", 2, nil, true], "d": [["x": 1, "y": [:]], ["x": "a: b"]], "/path": [:], "200": "é",
            "e": ["deep": [["x", "y"], []]],
        ]
        #expect(
            document.yaml == """
                a: "off"
                b: plain text
                c: ["1", 2, null, true]
                d:
                  - x: 1
                    "y": {}
                  - x: "a: b"
                "/path": {}
                "200": "é"
                e:
                  deep:
                    - - x
                      - "y"
                    - []

                """)
    }
}
