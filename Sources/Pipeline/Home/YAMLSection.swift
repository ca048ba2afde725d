internal import Model
internal import Yams

/// A configuration that cannot be used as written: the file, the key, what was found, what was expected.
package struct ConfigFault: Error, CustomStringConvertible {
    package let description: String

    init(_ file: String, _ key: String, _ problem: String) {
        description = "\(file): \(key.isEmpty ? "" : "\(key): ")\(problem)"
    }
}

/// One mapping of a YAML file (YAML 1.2), read strictly: a key that nobody knows is a fault, not a comment.
struct YAMLSection {
    private let file: String
    private let path: String
    private let mapping: [String: Node]

    /// The top of a file.
    init(_ text: String, file: String, keys: [String]? = nil) throws {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch { throw ConfigFault(file, "", "not YAML: \(error)") }
        try self.init(node ?? [:], file: file, path: "", keys: keys)
    }

    private init(_ node: Node, file: String, path: String, keys: [String]?) throws {
        guard let pairs = node.mapping else { throw ConfigFault(file, path, "expected keys with values") }
        var mapping: [String: Node] = [:]
        for (key, value) in pairs {
            let name = key.string ?? ""
            guard keys?.contains(name) ?? true else {
                throw ConfigFault(
                    file, path, "the key \"\(name)\" is not known; expected \(keys!.joined(separator: ", "))")
            }
            mapping[name] = value
        }
        self.file = file
        self.path = path
        self.mapping = mapping
    }

    private func full(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func fault(_ key: String, _ problem: String) -> ConfigFault { ConfigFault(file, full(key), problem) }

    var keys: [String] { mapping.keys.sorted() }

    /// A section below, some of its values replaced by others (`changes`) before it is checked.
    func section(_ key: String, keys: [String]? = nil, changes: [String: String] = [:]) throws -> YAMLSection {
        var node = mapping[key] ?? [:]
        if node.mapping != nil { for (name, text) in changes { node[name] = Node(text) } }
        return try YAMLSection(node, file: file, path: full(key), keys: keys)
    }

    func text(_ key: String, default standard: String) throws -> String {
        guard let node = mapping[key] else { return standard }
        guard let text = node.string else { throw fault(key, "expected a text") }
        return text
    }

    func number(_ key: String, default standard: Int, in range: ClosedRange<Int>) throws -> Int {
        guard let node = mapping[key] else { return standard }
        guard let number = node.int, range.contains(number) else {
            throw fault(
                key, "found \"\(node.string ?? "")\", expected a number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    func flag(_ key: String, default standard: Bool) throws -> Bool {
        guard let node = mapping[key] else { return standard }
        guard let flag = node.bool else { throw fault(key, "expected true or false") }
        return flag
    }

    func cents(_ key: String, default standard: Cents) throws -> Cents {
        guard let node = mapping[key] else { return standard }
        guard let text = node.string, let cents = try? Cents(text) else {
            throw fault(key, "found \"\(node.string ?? "")\", expected an amount in quotes such as \"1000.00\"")
        }
        return cents
    }

    func list(_ key: String, default standard: [String]) throws -> [String] {
        guard let node = mapping[key] else { return standard }
        guard let sequence = node.sequence else { throw fault(key, "expected a list") }
        return try sequence.map { item in
            guard let text = item.string else { throw fault(key, "expected a list of texts") }
            return text
        }
    }

    /// Whether the value is a plain word and not a section.
    func isWord(_ key: String) -> Bool { mapping[key]?.scalar != nil }

    /// Whether the value is a section of its own.
    func isSection(_ key: String) -> Bool { mapping[key]?.mapping != nil }

    /// One of some words; the first where nothing is said.
    func oneOf(_ key: String, _ words: [String]) throws -> String {
        let word = try text(key, default: words[0])
        guard words.contains(word) else {
            throw fault(key, "found \"\(word)\", expected \(words.joined(separator: " or "))")
        }
        return word
    }
}
