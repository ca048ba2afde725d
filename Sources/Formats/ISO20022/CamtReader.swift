internal import Model

/// Reads camt.052, camt.053 and camt.054 in every version (ISO 20022 Bank-to-Customer Cash Management).
///
/// A report, statement or notification is a deposit, an entry (`Ntry`) a batch, its `TxDtls` are the items;
/// an entry without details is its own item. The versions differ in where a status or a name stands
/// (`Sts` or `Sts/Cd`, `Nm` or `Pty/Nm`), so both places are read, whatever the namespace says.
struct CamtReader: FormatReader {
    private var reader = MessageReader(CamtMessage())

    mutating func want(_ wanted: Wanted) { reader.want(wanted) }

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        try reader.feed(bytes, into: &events)
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) { try reader.finish(into: &events) }
}

/// The sections of a cash management message.
struct CamtMessage: MessageAssembly {
    enum Section: CaseIterable { case outside, document, message, deposit, balance, summary, entry, details }

    private static let opening: [(section: Section, name: Name, opens: Section)] =
        [(.outside, .document, .document)]
        + [
            .accountReport, .statementMessage, .notificationMessage, .accountReport01, .statementMessage01,
            .notificationMessage01,
        ].flatMap { name in [(.outside, name, .message), (.document, name, .message)] }
        + [
            (.message, .report, .deposit), (.message, .statement, .deposit), (.message, .notification, .deposit),
            (.deposit, .balance, .balance), (.deposit, .summary, .summary), (.deposit, .entry, .entry),
            (.entry, .details, .details),
        ]
    private static let mapOfItems = ElementMap(
        outside: .outside, opening: opening,
        fields: [
            .deposit: CamtField.ofDeposit, .balance: CamtField.ofBalance, .summary: CamtField.ofSummary,
            .entry: CamtField.ofEntry, .details: CamtField.ofDetails,
        ],
        branches: branches)
    private static let mapOfTotals = ElementMap(
        outside: .outside, opening: opening,
        fields: [
            .deposit: CamtField.ofDeposit, .balance: CamtField.ofBalance, .summary: CamtField.ofSummary,
            .entry: CamtField.ofEntry.filter { !CamtField.textsOfItems.contains($0.value) },
            .details: CamtField.ofDetails.filter { !CamtField.textsOfItems.contains($0.value) },
        ],
        branches: branches)
    private static let branches: [Section: [Path: CamtField]] = [
        .details: [Path(.remittance, .structured): .structured, Path(.returned): .returned]
    ]

    private var sawDocument = false
    private var sawDeposit = false
    private var assembly = CamtAssembly()

    mutating func deliver(into events: inout [ReadEvent]) { assembly.deliver(into: &events) }

    static func map(_ wanted: Wanted) -> ElementMap<Section, CamtField> {
        wanted == .totals ? mapOfTotals : mapOfItems
    }

    mutating func want(_ wanted: Wanted) { assembly.want(wanted) }

    mutating func begin(_ section: Section, at line: Int) {
        switch section {
        case .document, .message: sawDocument = true
        case .deposit:
            sawDeposit = true
            assembly.beginDeposit(at: line)
        case .balance: assembly.beginBalance()
        case .entry: assembly.beginEntry(at: line)
        case .details: assembly.beginDetails(at: line)
        case .summary, .outside: break
        }
    }

    mutating func take(_ field: CamtField, _ value: ElementText, in section: Section) {
        switch section {
        case .deposit: assembly.deposit(field, value)
        case .balance: assembly.balance(field, value)
        case .summary: assembly.summary(field, value)
        case .entry: assembly.entry(field, value)
        case .details: assembly.details(field, value)
        case .document, .message, .outside: break
        }
    }

    mutating func endBranch(_ field: CamtField, in section: Section) {
        if field == .structured { assembly.endStructured() }
        if field == .returned { assembly.markReturn() }
    }

    mutating func end(_ section: Section, at line: Int) {
        switch section {
        case .details: assembly.endDetails()
        case .entry: assembly.endEntry()
        case .balance: assembly.endBalance()
        case .deposit: assembly.endDeposit(at: line)
        case .summary, .message, .document, .outside: break
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
