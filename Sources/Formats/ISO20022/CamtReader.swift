internal import Model

/// Reads camt.052, camt.053 and camt.054 in every version (ISO 20022 Bank-to-Customer Cash Management).
///
/// A report, statement or notification is a deposit, an entry (`Ntry`) a batch, its `TxDtls` are the items;
/// an entry without details is its own item. The versions differ in where a status or a name stands
/// (`Sts` or `Sts/Cd`, `Nm` or `Pty/Nm`), so both places are read, whatever the namespace says.
struct CamtReader: FormatReader {
    private var reader = MessageReader(CamtMessage())

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        try reader.feed(bytes, into: &events)
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) { try reader.finish(into: &events) }
}

/// The sections of a cash management message.
struct CamtMessage: MessageAssembly {
    enum Section { case outside, message, deposit, balance, summary, entry, details }

    static let outside = Section.outside
    private static let structured = Path(.remittance, .structured)
    private static let returned = Path(.returned)
    private var sawDocument = false
    private var sawDeposit = false
    private var assembly = CamtAssembly()

    mutating func deliver(into events: inout [ReadEvent]) { assembly.deliver(into: &events) }

    mutating func enter(_ name: Name?, in section: Section, at line: Int) -> Section? {
        switch (section, name) {
        case (.outside, .document): sawDocument = true
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
        default: break
        }
        return nil
    }

    mutating func take(_ value: ElementText, at path: Path, in section: Section) {
        switch section {
        case .deposit: assembly.deposit(CamtField.ofDeposit[path], value)
        case .balance: assembly.balance(CamtField.ofBalance[path], value)
        case .summary: assembly.summary(CamtField.ofSummary[path], value)
        case .entry: assembly.entry(CamtField.ofEntry[path], value)
        case .details: assembly.details(CamtField.ofDetails[path], value)
        case .message, .outside: break
        }
    }

    mutating func endBranch(_ path: Path, in section: Section) {
        guard section == .details else { return }
        if path == Self.structured { assembly.endStructured() }
        if path == Self.returned { assembly.markReturn() }
    }

    mutating func end(_ section: Section, at line: Int) {
        switch section {
        case .details: assembly.endDetails()
        case .entry: assembly.endEntry()
        case .balance: assembly.endBalance()
        case .deposit: assembly.endDeposit(at: line)
        case .summary, .message, .outside: break
        }
    }

    mutating func endFile(at line: Int) -> FileRefused? {
        if sawDeposit {
            assembly.endFile()
            return nil
        }
        return sawDocument
            ? FileRefused(
                .messageEmpty, at: Position(line: line), "found no Ntfctn, Stmt or Rpt; expected at least one")
            : FileRefused(
                .formatUnknown, at: Position(line: line),
                "found no BkToCstmrDbtCdtNtfctn, BkToCstmrStmt or BkToCstmrAcctRpt; expected one of these messages")
    }
}
