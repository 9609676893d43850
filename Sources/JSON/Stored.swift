public import Catalog
public import Foundation

/// A value as JSON that comes back as the same case: a number says that it is one, since `2` could be either.
public struct Stored: Codable {
    /// What is stored.
    public let value: Value

    private enum Key: String, CodingKey {
        case number, table
    }

    /// Wraps a value.
    public init(value: Value) { self.value = value }

    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Key.self) {
            value =
                container.contains(.number)
                ? .number(try container.decode(Double.self, forKey: .number))
                : .table(try container.decode([String: Stored].self, forKey: .table).mapValues(\.value))
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = .null
        } else if let truth = try? container.decode(Bool.self) {
            value = .bool(truth)
        } else if let integer = try? container.decode(Int.self) {
            value = .integer(integer)
        } else if let text = try? container.decode(String.self) {
            value = .text(text)
        } else {
            value = .list(try container.decode([Stored].self).map(\.value))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch value {
        case .number(let number):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(number, forKey: .number)
        case .table(let table):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(table.mapValues(Stored.init), forKey: .table)
        default:
            var container = encoder.singleValueContainer()
            try encodePlain(in: &container)
        }
    }

    private func encodePlain(in container: inout any SingleValueEncodingContainer) throws {
        switch value {
        case .bool(let truth): try container.encode(truth)
        case .integer(let integer): try container.encode(integer)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list.map(Stored.init))
        case .null, .number, .table: try container.encodeNil()
        }
    }
}

extension JSONEncoder {
    /// Writes ``Stored`` values: text that JSON has no number for stands for the numbers that JSON has not.
    public static var stored: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }
}

extension JSONDecoder {
    /// Reads what the encoder of the same name wrote.
    public static var stored: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }
}
