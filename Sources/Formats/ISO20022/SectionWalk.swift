internal import Model

/// One message's sections, and what becomes of the elements in them.
///
/// A section is a part of the message that is a unit for us; an element belongs to the nearest section above it.
protocol MessageAssembly {
    associatedtype Section: Equatable
    static var outside: Section { get }
    /// The section that an element opens, whose unit begins; nil where it only stands in the one above.
    mutating func enter(_ name: Name?, in section: Section, at line: Int) -> Section?
    /// An element that holds no other.
    mutating func take(_ value: ElementText, at path: Path, in section: Section)
    /// An element below a section's root is over, and held others.
    mutating func endBranch(_ path: Path, in section: Section)
    /// A section ends where its root does.
    mutating func end(_ section: Section, at line: Int)
    /// The document is over: why it is no message to read, or nil and the file ends.
    mutating func endFile(at line: Int) -> FileRefused?
    mutating func deliver(into events: inout [ReadEvent])
}

/// Reads one message by walking its sections.
struct MessageReader<Assembly: MessageAssembly>: FormatReader {
    private let pusher = XMLPusher()
    private var walk: SectionWalk<Assembly>

    init(_ assembly: Assembly) { walk = SectionWalk(assembly: assembly) }

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        defer { walk.assembly.deliver(into: &events) }
        try pusher.feed(bytes) { walk.take($0) }
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        defer { walk.assembly.deliver(into: &events) }
        try pusher.finish { walk.take($0) }
        if let refused = walk.assembly.endFile(at: walk.line) { throw refused }
    }
}

/// Where in the message the parser is, and the text gathered there.
struct SectionWalk<Assembly: MessageAssembly> {
    var assembly: Assembly
    private(set) var line = 0
    private var sections: [(section: Assembly.Section, path: Path)] = []
    private var text: [UInt8] = []
    private var attribute: [UInt8] = []
    private var isLeaf = false

    init(assembly: Assembly) { self.assembly = assembly }

    mutating func take(_ event: XMLEvent) {
        switch event {
        case .start(let name, let code, let line): start(name, code, line)
        case .attribute(let bytes):
            if bytes.starts(with: "Ccy=".utf8) { attribute = Array(bytes.dropFirst(4)) }
        case .text(let bytes): text += bytes
        case .end(let line): end(line)
        }
    }

    private mutating func start(_ name: Name?, _ code: UInt8, _ line: Int) {
        self.line = line
        text.removeAll(keepingCapacity: true)
        attribute.removeAll(keepingCapacity: true)
        isLeaf = true
        let above = sections.last ?? (Assembly.outside, Path())
        if let opened = assembly.enter(name, in: above.section, at: line) {
            sections.append((opened, Path()))
        } else {
            sections.append((above.section, above.path.down(code)))
        }
    }

    private mutating func end(_ line: Int) {
        self.line = line
        guard let (section, path) = sections.popLast() else { return }
        if path == Path() {
            assembly.end(section, at: line)
        } else if isLeaf {
            assembly.take(ElementText(text: text, currency: attribute, line: line), at: path, in: section)
        } else {
            assembly.endBranch(path, in: section)
        }
        isLeaf = false
    }
}

/// The text of one element with its place, not yet understood.
struct ElementText {
    let text: [UInt8]
    let currency: [UInt8]
    let line: Int

    /// The text without outer blanks.
    var trimmed: ArraySlice<UInt8> {
        let blanks: (UInt8) -> Bool = { $0 <= 32 }
        guard let first = text.firstIndex(where: { !blanks($0) }), let last = text.lastIndex(where: { !blanks($0) })
        else { return [] }
        return text[first...last]
    }

    var string: String { String(decoding: trimmed, as: UTF8.self) }

    /// The date part of `Dt` or `DtTm`; whatever circulates behind it as time is not looked at.
    var date: CivilDate? { CivilDate(iso: String(decoding: trimmed.prefix(10), as: UTF8.self)) }
}
