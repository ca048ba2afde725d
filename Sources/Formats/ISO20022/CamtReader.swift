internal import Model

/// Reads camt.052, camt.053 and camt.054 in every version (ISO 20022 Bank-to-Customer Cash Management).
///
/// A report, statement or notification is a deposit, an entry (`Ntry`) a batch, its `TxDtls` are the items;
/// an entry without details is its own item. The versions differ in where a status or a name stands
/// (`Sts` or `Sts/Cd`, `Nm` or `Pty/Nm`), so both places are read, whatever the namespace says.
struct CamtReader: FormatReader {
    private let pusher = XMLPusher()
    private var walk = CamtWalk()

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        defer { walk.deliver(into: &events) }
        try pusher.feed(bytes) { walk.take($0) }
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        defer { walk.deliver(into: &events) }
        try pusher.finish { walk.take($0) }
        if let refused = walk.refusalAtEnd { throw refused }
        walk.end()
    }
}

/// Where in the message the parser is, and what was gathered there.
struct CamtWalk {
    /// The part of the message an element belongs to: the nearest of these above it.
    private enum Section {
        case outside, message, deposit, balance, summary, entry, details
    }

    private var sections: [(section: Section, path: Path)] = []
    private var text: [UInt8] = []
    private var attribute: [UInt8] = []
    private var isLeaf = false
    private var line = 0
    private var sawDocument = false
    private var sawDeposit = false
    private var assembly = CamtAssembly()

    mutating func deliver(into events: inout [ReadEvent]) { assembly.deliver(into: &events) }

    /// Why a document that is well-formed XML is no message to read.
    var refusalAtEnd: FileRefused? {
        if sawDeposit { return nil }
        return sawDocument
            ? FileRefused(
                .messageEmpty, at: Position(line: line), "found no Ntfctn, Stmt or Rpt; expected at least one")
            : FileRefused(
                .formatUnknown, at: Position(line: line),
                "found no BkToCstmrDbtCdtNtfctn, BkToCstmrStmt or BkToCstmrAcctRpt; expected one of these messages")
    }

    mutating func end() { assembly.endFile() }

    mutating func take(_ event: XMLEvent) {
        switch event {
        case .start(let name, let line): start(name, line)
        case .attribute(let bytes):
            if bytes.starts(with: "Ccy=".utf8) { attribute = Array(bytes.dropFirst(4)) }
        case .text(let bytes): text += bytes
        case .end(let line): end(line)
        }
    }

    private mutating func start(_ name: Name?, _ line: Int) {
        self.line = line
        text.removeAll(keepingCapacity: true)
        attribute.removeAll(keepingCapacity: true)
        isLeaf = true
        let above = sections.last ?? (.outside, Path())
        let section = enter(name, above.section)
        if section == .details, name == .returned { assembly.markReturn() }
        let isRoot = section != above.section || name == .balance
        sections.append((section, isRoot ? Path() : above.path.down(to: name)))
    }

    /// The section that an element opens or stays in; opening one begins its unit.
    private mutating func enter(_ name: Name?, _ section: Section) -> Section {
        switch (section, name) {
        case (.outside, .document):
            sawDocument = true
            return .outside
        case (.outside, .accountReport), (.outside, .statementMessage), (.outside, .notificationMessage),
            (.outside, .accountReport01), (.outside, .statementMessage01), (.outside, .notificationMessage01):
            sawDocument = true
            return .message
        case (.message, .report), (.message, .statement), (.message, .notification):
            sawDeposit = true
            assembly.beginDeposit(at: line)
            return .deposit
        case (.deposit, .balance):
            assembly.beginBalance()
            return .balance
        case (.deposit, .summary): return .summary
        case (.deposit, .entry):
            assembly.beginEntry(at: line)
            return .entry
        case (.entry, .details):
            assembly.beginDetails(at: line)
            return .details
        default: return section
        }
    }

    private mutating func end(_ line: Int) {
        self.line = line
        guard let (section, path) = sections.popLast() else { return }
        if isLeaf { leaf(section, path) } else if path == Path() { close(section) }
        if section == .details, path == Path(.remittance, .structured) { assembly.endStructured() }
        isLeaf = false
    }

    /// A section ends where its root does.
    private mutating func close(_ section: Section) {
        switch section {
        case .details: assembly.endDetails()
        case .entry: assembly.endEntry()
        case .balance: assembly.endBalance()
        case .deposit: assembly.endDeposit(at: line)
        case .summary, .message, .outside: break
        }
    }

    private mutating func leaf(_ section: Section, _ path: Path) {
        if path == Path() { return close(section) }
        let value = CamtValue(text: text, currency: attribute, line: line)
        switch section {
        case .deposit: assembly.deposit(CamtField.ofDeposit[path], value)
        case .balance: assembly.balance(CamtField.ofBalance[path], value)
        case .summary: assembly.summary(CamtField.ofSummary[path], value)
        case .entry: assembly.entry(CamtField.ofEntry[path], value)
        case .details: assembly.details(CamtField.ofDetails[path], value)
        case .message, .outside: break
        }
    }
}

/// The text of one element with its place, not yet understood.
struct CamtValue {
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
