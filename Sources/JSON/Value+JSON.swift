public import Catalog
internal import Foundation

/// Text that is not JSON.
public struct MalformedJSON: Error, Equatable {
    /// The byte at which that shows; 0 when it is not known.
    public let offset: Int
    /// Why, in Foundation's words.
    public let reason: String
}

extension Value {
    /// Parses JSON; nesting is limited to 512 levels by Foundation, and numbers must fit a double.
    ///
    /// `JSONSerialization` rather than `JSONDecoder`: it says where the text is wrong, and the last of two equal names wins as it does for
    /// the reference service.
    public init(json bytes: [UInt8]) throws(MalformedJSON) {
        do {
            self.init(foundation: try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
        } catch {
            throw MalformedJSON(error as NSError, length: bytes.count)
        }
    }

    private init(foundation object: Any) {
        switch object {
        case let text as String: self = .text(text)
        case let number as NSNumber: self.init(number)
        case let list as [Any]: self = .list(list.map { Value(foundation: $0) })
        case let table as [String: Any]: self = .table(table.mapValues { Value(foundation: $0) })
        default: self = .null
        }
    }

    private init(_ number: NSNumber) {
        switch UInt8(bitPattern: number.objCType.pointee) {
        case UInt8(ascii: "c"), UInt8(ascii: "B"): self = .bool(number.boolValue)
        case UInt8(ascii: "q"), UInt8(ascii: "l"), UInt8(ascii: "i"): self = .integer(number.intValue)
        default: self = .number(number.doubleValue)
        }
    }
}

extension MalformedJSON {
    /// Foundation tells the place only in its sentence: "Invalid value around character 5."
    fileprivate init(_ error: NSError, length: Int) {
        let sentence = error.userInfo[NSDebugDescriptionErrorKey] as? String ?? error.localizedDescription
        if let place = sentence.range(of: " around character ") {
            self.init(
                offset: Int(sentence[place.upperBound...].prefix(while: \.isNumber)) ?? 0, reason: String(sentence[..<place.lowerBound]))
        } else {
            self.init(offset: sentence.hasPrefix("Unexpected end of file") ? length : 0, reason: sentence)
        }
    }
}
