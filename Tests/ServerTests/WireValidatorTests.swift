import Catalog
import JSON
import Support
import Testing

@testable import Server

/// The leniency and the words of the reference service's validator (pydantic 2), checked against pydantic 2.13.
struct WireValidatorTests {
    private static let number = WireField("ev", "", .number(.init(from: -8, to: 8)))
    private static let above = WireField("gain", "", .number(.init(above: 0, to: 16)), standard: 1.0)
    private static let whole = WireField("n", "", .integer(.init(above: 0, to: 1_000_000)), standard: 1)
    private static let truth = WireField("b", "", .boolean, standard: false)
    private static let word = WireField("s", "", .text, standard: "x")
    private static let optional = WireField("o", "", .integer(.init(from: 100)), standard: .null)
    private static let object = WireField("t", "", .object, standard: .null)

    private static func check(_ json: String, _ fields: WireField...) throws -> [String: Value] {
        let operation = Operation(
            .post, "/x", "x", "", topic: "x", takes: .fields(fields), does: .perform("x"), replies: .ok())
        return try WireValidator.members(of: .json(Value(json: Array(json.utf8))), for: operation)
    }

    private static func breach(_ json: String, _ fields: WireField...) throws -> String {
        let operation = Operation(
            .post, "/x", "x", "", topic: "x", takes: .fields(fields), does: .perform("x"), replies: .ok())
        let body = WireBody.json(try Value(json: Array(json.utf8)))
        do throws(Refusal) {
            return "\(try WireValidator.members(of: body, for: operation))"
        } catch {
            return String(decoding: error.body?.json ?? [], as: UTF8.self)
        }
    }

    @Test(arguments: [
        (#"{"ev":1.5}"#, 1.5), (#"{"ev":"1.5"}"#, 1.5), (#"{"ev":" 2 "}"#, 2), (#"{"ev":"+1"}"#, 1), (#"{"ev":".5"}"#, 0.5),
        (#"{"ev":"5."}"#, 5), (#"{"ev":"1e0"}"#, 1), (#"{"ev":-8}"#, -8), (#"{"ev":8}"#, 8),
    ])
    func `a number comes as a number or as text of one`(json: String, value: Double) throws {
        #expect(try WireValidatorTests.check(json, WireValidatorTests.number)["ev"]?.double == value)
    }

    @Test(arguments: [
        (#"{"n":2.0}"#, 2), (#"{"n":"5"}"#, 5), (#"{"n":" 5 "}"#, 5), (#"{"n":"5.00"}"#, 5), (#"{"n":"+5"}"#, 5),
        (#"{"n":1000000}"#, 1_000_000),
        ("{}", 1),
    ])
    func `a whole number may have a fraction of zeros and be text`(json: String, value: Int) throws {
        #expect(try WireValidatorTests.check(json, WireValidatorTests.whole)["n"] == .integer(value))
    }

    @Test(arguments: [
        ("true", true), ("1", true), ("1.0", true), (#""YES""#, true), (#""on""#, true), (#""t""#, true), (#""1""#, true), ("false", false),
        ("0", false), (#""n""#, false), (#""Off""#, false), (#""FALSE""#, false),
    ])
    func `a truth value may be a number or a word`(json: String, value: Bool) throws {
        #expect(try WireValidatorTests.check("{\"b\":\(json)}", WireValidatorTests.truth)["b"] == .bool(value))
    }

    @Test(arguments: [
        (
            #"{"ev":9}"#,
            #"{"type":"less_than_equal","loc":["body","ev"],"msg":"Input should be less than or equal to 8","input":9,"ctx":{"le":8}}"#
        ),
        (
            #"{"ev":-9}"#,
            #"{"type":"greater_than_equal","loc":["body","ev"],"msg":"Input should be greater than or equal to -8","input":-9,"ctx":{"ge":-8}}"#
        ),
        (
            #"{"ev":"abc"}"#,
            #"{"type":"float_parsing","loc":["body","ev"],"msg":"Input should be a valid number, unable to parse string as a number","input":"abc"}"#
        ),
        (
            #"{"ev":"0x1"}"#,
            #"{"type":"float_parsing","loc":["body","ev"],"msg":"Input should be a valid number, unable to parse string as a number","input":"0x1"}"#
        ),
        (#"{"ev":null}"#, #"{"type":"float_type","loc":["body","ev"],"msg":"Input should be a valid number","input":null}"#),
        (#"{"ev":[]}"#, #"{"type":"float_type","loc":["body","ev"],"msg":"Input should be a valid number","input":[]}"#),
        (#"{"ev":"1e400"}"#, #"{"type":"finite_number","loc":["body","ev"],"msg":"Input should be a finite number","input":"1e400"}"#),
        (#"{"x":1}"#, #"{"type":"missing","loc":["body","ev"],"msg":"Field required","input":{"x":1}}"#),
    ])
    func `a bad number is told in the validator's words`(json: String, expected: String) throws {
        #expect(try WireValidatorTests.breach(json, WireValidatorTests.number) == "{\"detail\":[\(expected)]}")
    }

    @Test(arguments: [
        ("1.5", "int_from_float", "Input should be a valid integer, got a number with a fractional part"),
        (#""1.5""#, "int_parsing", "Input should be a valid integer, unable to parse string as an integer"),
        (#""1e3""#, "int_parsing", "Input should be a valid integer, unable to parse string as an integer"),
        ("null", "int_type", "Input should be a valid integer"), ("[]", "int_type", "Input should be a valid integer"),
        ("0", "greater_than", "Input should be greater than 0"),
        ("99999999999999999999999", "less_than_equal", "Input should be less than or equal to 1000000"),
        (#""99999999999999999999999""#, "less_than_equal", "Input should be less than or equal to 1000000"),
    ])
    func `a bad whole number is told in the validator's words`(json: String, type: String, message: String) throws {
        let reply = try WireValidatorTests.breach("{\"n\":\(json)}", WireValidatorTests.whole)
        #expect(reply.contains("\"type\":\"\(type)\""))
        #expect(reply.contains("\"msg\":\"\(message)\""))
    }

    @Test(arguments: [
        ("2", "bool_parsing"), ("-1", "bool_parsing"), (#""maybe""#, "bool_parsing"), (#""""#, "bool_parsing"), ("1.5", "bool_type"),
        ("null", "bool_type"), ("[]", "bool_type"),
    ])
    func `a bad truth value is told in the validator's words`(json: String, type: String) throws {
        #expect(try WireValidatorTests.breach("{\"b\":\(json)}", WireValidatorTests.truth).contains("\"type\":\"\(type)\""))
    }

    @Test func `text is only text, an object only an object`() throws {
        #expect(try WireValidatorTests.breach(#"{"s":1}"#, WireValidatorTests.word).contains("\"msg\":\"Input should be a valid string\""))
        #expect(
            try WireValidatorTests.breach(#"{"t":[]}"#, WireValidatorTests.object).contains(
                "\"msg\":\"Input should be a valid dictionary\""))
    }

    @Test func `every breach is told, in the order of the members`() throws {
        let reply = try WireValidatorTests.breach(
            #"{"b":"q","ev":10,"gain":0}"#, WireValidatorTests.number, WireValidatorTests.above, WireValidatorTests.truth)
        let types = reply.split(separator: "\"type\":\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(types == ["less_than_equal", "greater_than", "bool_parsing"])
    }

    @Test func `null stands for an absent optional member only`() throws {
        #expect(try WireValidatorTests.check(#"{"o":null}"#, WireValidatorTests.optional) == ["o": .null])
        #expect(try WireValidatorTests.breach(#"{"gain":null}"#, WireValidatorTests.above).contains("float_type"))
    }
}
