import Model
import Yams

/// Any key of a mapping, known or not.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension Decoder {
    /// The mapping's values by known keys; an unknown key is refused, for it is a misspelt one that would be ignored.
    func strict<Keys: CodingKey & CaseIterable>(_ keys: Keys.Type) throws -> KeyedDecodingContainer<Keys> {
        let known = keys.allCases.map(\.stringValue)
        for key in try container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: codingPath + [key],
                    debugDescription: "this key is unknown, expected one of \(known.joined(separator: ", "))"))
        }
        return try container(keyedBy: keys)
    }
}

/// Decodes strictly, telling what is wrong as `layout-invalid` with the key's path.
func decodeStrictly<Value: Decodable>(
    _ type: Value.Type, yaml: String, file: String
) throws(FileRefused) -> Value {
    do {
        return try YAMLDecoder().decode(type, from: yaml)
    } catch let error as DecodingError {
        let (path, found) = describe(error)
        throw FileRefused(.layoutInvalid, field: path, "\(file): \(path.isEmpty ? "" : path + ": ")\(found)")
    } catch {
        throw FileRefused(.layoutInvalid, "\(file): \(error)")
    }
}

private func describe(_ error: DecodingError) -> (path: String, found: String) {
    switch error {
    case .keyNotFound(let key, let context):
        return (path(context.codingPath + [key]), "this key is missing")
    case .typeMismatch(let type, let context):
        return (path(context.codingPath), "found something else, expected \(plainName(type))")
    case .valueNotFound(let type, let context):
        return (path(context.codingPath), "found nothing, expected \(plainName(type))")
    case .dataCorrupted(let context):
        let cause = context.underlyingError.map { ": \($0)" } ?? ""
        return (path(context.codingPath), context.debugDescription + cause)
    @unknown default:
        return ("", "\(error)")
    }
}

private func plainName(_ type: Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Bool.Type: "true or false"
    case is Int.Type: "a whole number"
    default: "a mapping or list as the layouts in config/layouts show"
    }
}

/// `records[0].fields.amount`, as a person would write it; list places count from 0 as in the YAML tools.
private func path(_ keys: [any CodingKey]) -> String {
    keys.reduce(into: "") { text, key in
        if let index = key.intValue {
            text += "[\(index)]"
        } else {
            text += (text.isEmpty ? "" : ".") + key.stringValue
        }
    }
}
