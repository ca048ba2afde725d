internal import Mustache

/// What a template is filled with. What stands in it as text is escaped by the template; an empty text is as if it were
/// not there, and hides what stands outside under the same name.
struct Fields: MustacheParent, ExpressibleByDictionaryLiteral {
    private var values: [String: Any]

    init(dictionaryLiteral elements: (String, Any)...) {
        values = Dictionary(elements) { $1 }
    }

    subscript(name: String) -> Any? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Takes the fields of another, which win.
    mutating func merge(_ other: Fields) { values.merge(other.values) { $1 } }

    func child(named name: String) -> Any? {
        guard let text = values[name] as? String else { return values[name] }
        return text.isEmpty ? Blank() : text
    }

    private struct Blank: MustacheCustomRenderable {
        var renderText: String { "" }
        var isNull: Bool { true }
    }
}
