internal import CXML
internal import Glibc

/// Which elements of a message are wanted, as a table that the parser itself follows: all others cost nothing here.
///
/// A section is a part of the message that is a unit for us; an element belongs to the nearest section above it,
/// however deep it stands there. A field is an element without others in it, named by its path from the section's root.
struct ElementMap<Section: Hashable & Sendable, Field: Hashable & Sendable>: Sendable {
    /// What an element in some state is.
    struct Meaning: Sendable {
        var section: Section
        /// What it is where it holds only text.
        var field: Field?
        /// What it is where it holds others, for those whose end means something.
        var branch: Field?
        /// Whether it opened its section.
        var isRoot = false
    }

    /// By state; 0 is the document around the root element.
    private(set) var meanings: [Meaning]
    /// By state and name, as the door has it; -1 where nothing is known yet.
    private var next: [Int] = []
    /// Below each section: the state of elements that nobody wants.
    private var lost: [Section: Int] = [:]
    private var opening: [(section: Section, name: Name, opens: Section)] = []
    /// What the parsers share, once the map is complete.
    private(set) var table: ElementTable!
    private static var width: Int { Name.all.count + 1 }

    /// A map of a message.
    ///
    /// - Parameters:
    ///   - outside: The section of the document's root.
    ///   - opening: Which name opens which section, anywhere in a section.
    ///   - fields: The fields of each section.
    ///   - branches: Elements that hold others and whose end means something.
    init(
        outside: Section, opening: [(section: Section, name: Name, opens: Section)],
        fields: [Section: [Path: Field]], branches: [Section: [Path: Field]] = [:]
    ) {
        meanings = []
        self.opening = opening
        var roots: [Section: Int] = [:]
        for section in [outside] + opening.map(\.opens) where roots[section] == nil {
            roots[section] = add(Meaning(section: section, isRoot: section != outside))
            lost[section] = add(Meaning(section: section))
        }
        // Paths of one section are told apart from those of another by their states alone.
        for (section, root) in roots {
            let own = Self.tree(fields[section] ?? [:], branches[section] ?? [:])
            var states: [Path: Int] = [:]
            for path in own { states[path] = add(Meaning(section: section)) }
            for path in own {
                let state = states[path]!
                meanings[state].field = fields[section]?[path]
                meanings[state].branch = branches[section]?[path]
                let above = path.parent.map { states[$0]! } ?? root
                next[above * Self.width + path.innermost + 1] = state
            }
        }
        for (section, name, opens) in opening {
            for state in meanings.indices where meanings[state].section == section {
                next[state * Self.width + Name.all.firstIndex(of: name)! + 1] = roots[opens]!
            }
        }
        fillGaps()
        table = ElementTable(names: Name.all.map(\.rawValue), next: next.map { UInt8($0) }, marks: marks)
    }

    /// All paths with those above them.
    private static func tree(_ fields: [Path: Field], _ branches: [Path: Field]) -> Set<Path> {
        var paths: Set<Path> = []
        for path in Array(fields.keys) + Array(branches.keys) {
            var above: Path? = path
            while let path = above, paths.insert(path).inserted { above = path.parent }
        }
        return paths
    }

    private mutating func add(_ meaning: Meaning) -> Int {
        meanings.append(meaning)
        next += [Int](repeating: -1, count: Self.width)
        return meanings.count - 1
    }

    /// Where no way leads on, an element is one that nobody wants.
    private mutating func fillGaps() {
        for place in next.indices where next[place] < 0 {
            next[place] = lost[meanings[place / Self.width].section]!
        }
    }

    private var marks: [UInt8] {
        meanings.map { meaning in
            let marks = [
                meaning.isRoot ? CXML_SECTION : nil, meaning.field == nil ? nil : CXML_TEXT,
                meaning.branch == nil ? nil : CXML_BRANCH,
            ]
            return marks.compactMap { $0 }.reduce(0) { $0 | UInt8($1.rawValue) }
        }
    }
}

/// A map as the door follows it. It never changes: parsers of all threads share it.
final class ElementTable: @unchecked Sendable {
    let pointer: OpaquePointer

    /// For each state: where an unknown name leads, then where each of the names does; and its marks.
    init(names: [String], next: [UInt8], marks: [UInt8]) {
        let copies = names.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let pointers = copies.map { UnsafePointer($0) }
        pointer = cxml_table_new(pointers, CInt(names.count), next, marks, CInt(marks.count))
    }

    deinit { cxml_table_free(pointer) }
}
