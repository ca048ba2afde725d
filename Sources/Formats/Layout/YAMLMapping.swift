import Model
import Yams

/// One mapping of a layout file, read strictly: an unknown key is refused, for it is a misspelt one that would be
/// ignored. What is wrong is told as `layout-invalid` with the key's path.
///
/// It looks into the tree that the YAML gives. Through `Decodable` that took five times as long, at every start.
struct YAMLMapping {
    private let file: String
    private let path: String
    private let values: [String: Node]

    /// The top of a file.
    init(yaml: String, file: String, keys: [String]) throws(FileRefused) {
        let node: Node?
        do {
            // What a text means is told by who asks for it: to guess it of each took half the time. Where no encoding
            // is named, the library looks for one in the environment.
            node = try Yams.compose(yaml: yaml, .basic, .default, .utf8)
        } catch {
            throw FileRefused(.layoutInvalid, "\(file): this is not YAML: \(error)")
        }
        try self.init(node ?? "", file: file, path: "", keys: keys)
    }

    private init(_ node: Node, file: String, path: String, keys: [String]) throws(FileRefused) {
        guard let mapping = node.mapping else { throw Self.other(file, path, expected: Self.inner) }
        var values: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard keys.contains(name) else {
                throw Self.fault(
                    file, Self.path(path, name), "this key is unknown, expected one of \(keys.joined(separator: ", "))")
            }
            // A key without a value is not there.
            if value.null == nil { values[name] = value }
        }
        self.file = file
        self.path = path
        self.values = values
    }

    func text(_ key: String) throws(FileRefused) -> String { try there(key, textIfAny(key)) }

    func textIfAny(_ key: String) throws(FileRefused) -> String? {
        guard let node = values[key] else { return nil }
        return try text(node, full(key))
    }

    func number(_ key: String) throws(FileRefused) -> Int { try there(key, numberIfAny(key)) }

    func numberIfAny(_ key: String) throws(FileRefused) -> Int? {
        guard let node = values[key] else { return nil }
        guard let number = node.int else { throw Self.other(file, full(key), expected: "a whole number") }
        return number
    }

    func flag(_ key: String) throws(FileRefused) -> Bool { try there(key, flagIfAny(key)) }

    func flagIfAny(_ key: String) throws(FileRefused) -> Bool? {
        guard let node = values[key] else { return nil }
        switch node.scalar.flatMap({ $0.style == .plain ? $0.string.lowercased() : nil }) {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw Self.other(file, full(key), expected: "true or false")
        }
    }

    func texts(_ key: String) throws(FileRefused) -> [String] { try there(key, textsIfAny(key)) }

    func textsIfAny(_ key: String) throws(FileRefused) -> [String]? {
        guard let nodes = try list(key) else { return nil }
        var texts: [String] = []
        for (index, node) in nodes.enumerated() { texts.append(try text(node, "\(full(key))[\(index)]")) }
        return texts
    }

    /// A mapping whose keys the bank chooses, with texts.
    func words(_ key: String) throws(FileRefused) -> [String: String] { try there(key, wordsIfAny(key)) }

    func wordsIfAny(_ key: String) throws(FileRefused) -> [String: String]? {
        guard let pairs = try pairs(key) else { return nil }
        var words: [String: String] = [:]
        for (name, node) in pairs { words[name] = try text(node, Self.path(full(key), name)) }
        return words
    }

    func part<Part: LayoutPart>(_ key: String) throws(FileRefused) -> Part { try there(key, partIfAny(key)) }

    func partIfAny<Part: LayoutPart>(_ key: String) throws(FileRefused) -> Part? {
        guard let node = values[key] else { return nil }
        return try part(node, full(key))
    }

    func parts<Part: LayoutPart>(_ key: String) throws(FileRefused) -> [Part] { try there(key, partsIfAny(key)) }

    func partsIfAny<Part: LayoutPart>(_ key: String) throws(FileRefused) -> [Part]? {
        guard let nodes = try list(key) else { return nil }
        var parts: [Part] = []
        for (index, node) in nodes.enumerated() { parts.append(try part(node, "\(full(key))[\(index)]")) }
        return parts
    }

    /// Parts by names; each may be a text alone.
    func namedParts<Part: ShortLayoutPart>(_ key: String) throws(FileRefused) -> [String: Part]? {
        guard let pairs = try pairs(key) else { return nil }
        var parts: [String: Part] = [:]
        for (name, node) in pairs {
            let path = Self.path(full(key), name)
            if let text = node.string { parts[name] = Part(text) } else { parts[name] = try part(node, path) }
        }
        return parts
    }
}

/// A mapping that layouts have.
protocol LayoutPart {
    /// All keys that it may have.
    static var keys: [String] { get }
    init(_ values: YAMLMapping) throws(FileRefused)
}

/// A part that may be written as one text.
protocol ShortLayoutPart: LayoutPart {
    init(_ text: String)
}

// Nodes, and what is wrong with them.
extension YAMLMapping {
    private static let inner = "a mapping or list as the layouts in config/layouts show"

    private func there<Value>(_ key: String, _ value: Value?) throws(FileRefused) -> Value {
        if let value { return value }
        throw Self.fault(file, full(key), "this key is missing")
    }

    private func text(_ node: Node, _ path: String) throws(FileRefused) -> String {
        guard let text = node.string else { throw Self.other(file, path, expected: "a text") }
        return text
    }

    private func list(_ key: String) throws(FileRefused) -> Node.Sequence? {
        guard let node = values[key] else { return nil }
        guard let list = node.sequence else { throw Self.other(file, full(key), expected: Self.inner) }
        return list
    }

    private func pairs(_ key: String) throws(FileRefused) -> [(name: String, node: Node)]? {
        guard let node = values[key] else { return nil }
        guard let mapping = node.mapping else { throw Self.other(file, full(key), expected: Self.inner) }
        var pairs: [(name: String, node: Node)] = []
        for (key, value) in mapping { pairs.append((key.string ?? "", value)) }
        return pairs
    }

    private func part<Part: LayoutPart>(_ node: Node, _ path: String) throws(FileRefused) -> Part {
        try Part(YAMLMapping(node, file: file, path: path, keys: Part.keys))
    }

    private func full(_ key: String) -> String { Self.path(path, key) }

    /// `records[0].fields.amount`; places in a list count from 0 as in the YAML tools.
    private static func path(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private static func other(_ file: String, _ path: String, expected: String) -> FileRefused {
        fault(file, path, "found something else, expected \(expected)")
    }

    private static func fault(_ file: String, _ path: String, _ problem: String) -> FileRefused {
        FileRefused(.layoutInvalid, field: path, "\(file): \(path.isEmpty ? "" : path + ": ")\(problem)")
    }
}
