internal import Model

/// One message: which of its elements are wanted, and what becomes of them.
protocol MessageAssembly {
    associatedtype Section: Hashable & Sendable
    associatedtype Field: Hashable & Sendable
    /// The elements that a look needs.
    static func map(_ wanted: Wanted) -> ElementMap<Section, Field>
    /// Says, before the first element, what is wanted.
    mutating func want(_ wanted: Wanted)
    /// A section begins where its root does.
    mutating func begin(_ section: Section, at line: Int)
    /// A field, which holds no other element.
    mutating func take(_ field: Field, _ value: ElementText, in section: Section)
    /// An element below a section's root is over, and held others.
    mutating func endBranch(_ field: Field, in section: Section)
    /// A section ends where its root does.
    mutating func end(_ section: Section, at line: Int)
    /// The document is over: why it is no message to read, or nil and the file ends.
    mutating func endFile(at line: Int) -> FileRefused?
    mutating func deliver(into events: inout [ReadEvent])
}

extension MessageAssembly {
    mutating func want(_ wanted: Wanted) {}
    mutating func endBranch(_ field: Field, in section: Section) {}
}

/// Reads one message by walking its sections.
struct MessageReader<Assembly: MessageAssembly>: FormatReader {
    private var pusher: XMLPusher
    private var map: ElementMap<Assembly.Section, Assembly.Field>
    private var assembly: Assembly

    init(_ assembly: Assembly) {
        self.assembly = assembly
        map = Assembly.map(.items)
        pusher = XMLPusher(map)
    }

    mutating func want(_ wanted: Wanted) {
        map = Assembly.map(wanted)
        pusher = XMLPusher(map)
        assembly.want(wanted)
    }

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        defer { assembly.deliver(into: &events) }
        try pusher.feed(bytes) { take($0) }
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        defer { assembly.deliver(into: &events) }
        try pusher.finish { take($0) }
        if let refused = assembly.endFile(at: pusher.lastLine) { throw refused }
    }

    private mutating func take(_ event: XMLEvent) {
        switch event {
        case .begin(let state, let line): assembly.begin(map.meanings[state].section, at: line)
        case .element(let state, let text):
            if let field = map.meanings[state].field { assembly.take(field, text, in: map.meanings[state].section) }
        case .branchEnd(let state):
            if let branch = map.meanings[state].branch { assembly.endBranch(branch, in: map.meanings[state].section) }
        case .end(let state, let line): assembly.end(map.meanings[state].section, at: line)
        }
    }
}
