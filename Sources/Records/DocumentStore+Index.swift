internal import Files
internal import Ledger
internal import Model

/// All that the index says of one document.
struct DocumentRecord {
    let key: Int64
    let document: String
    let type: String
    let status: String
    let businessDate: CivilDate
    let createdAt: String
    let intake: IntakeID
    let deposit: Int64
    let payment: PaymentID?

    // The bank file that names it.
    let receivedAt: String
    let sourceDigest: String
    let format: String?

    // Its payment; nil where it has none.
    var item: ItemRecord?
    var exceptions: [(id: String, reason: String, isOpen: Bool)] = []
    var destination = Destination()
    var customer: String?
    var dueDate: CivilDate?

    var pages: [PageRecord] = []
}

/// What the index says of a document's payment. No bank account stands here in clear, nor the payer's name.
struct ItemRecord {
    let amount: Cents
    let currency: String
    let checkNumber: String
    let routing: String
    let bankAccount: String
    let payerKey: Int64?
    let payer: String
    let postmark: CivilDate?
    let transaction: Int64?
    let rule: String
    let proof: String
    let twin: PaymentID?
}

extension Transaction {
    /// Hands over all documents in the order of their keys, each with its pages, one at a time.
    func documentRecords(each: (DocumentRecord) throws -> Void) throws {
        try query(
            """
            SELECT d.document, d.doc_id, d.doc_type, d.status, d.business_on, d.created_at, d.intake, d.deposit,
            d.payment, n.received_at, n.sha256, n.format, i.amount_cents, i.currency, i.check_number, i.routing,
            i.bank_account, i.payer_key, i.payer, i.postmark_on, i."transaction", i.rule, i.proof, i.twin_of
            FROM documents d JOIN intakes n ON n.intake = d.intake LEFT JOIN items i ON i.payment = d.payment
            ORDER BY d.document
            """
        ) { row in
            var record = DocumentRecord(
                key: row.int(0), document: row.text(1), type: row.text(2), status: row.text(3),
                businessDate: row.date(4), createdAt: row.text(5), intake: row.int(6), deposit: row.int(7),
                payment: row.intOrNil(8).map(PaymentID.init(key:)), receivedAt: row.text(9),
                sourceDigest: row.text(10), format: row.textOrNil(11))
            if let payment = record.payment {
                record.item = Transaction.itemRecord(row)
                try addEvidence(of: payment, to: &record)
            }
            record.pages = try pages(of: record.key)
            try each(record)
        }
    }

    private static func itemRecord(_ row: Row) -> ItemRecord {
        ItemRecord(
            amount: row.cents(12), currency: row.text(13), checkNumber: row.text(14), routing: row.text(15),
            bankAccount: row.text(16), payerKey: row.intOrNil(17), payer: row.text(18), postmark: row.dateOrNil(19),
            transaction: row.intOrNil(20), rule: row.text(21), proof: row.text(22),
            twin: row.intOrNil(23).map(PaymentID.init(key:)))
    }

    private func addEvidence(of payment: PaymentID, to record: inout DocumentRecord) throws {
        record.destination = try destination(of: payment)
        record.exceptions = try all(
            "SELECT exception, reason, closed_at FROM exceptions WHERE payment = ?", .int(payment.key)
        ) { ($0.text(0), $0.text(1), $0.isNull(2)) }
        // Not by the database: each sorts text in its own way.
        record.exceptions.sort { precedes($0.id, $1.id) }
        guard let account = record.destination.account else { return }
        record.customer = try first("SELECT customer FROM accounts WHERE account = ?", .text(account)) { $0.text(0) }
        guard let bill = record.destination.bill else { return }
        record.dueDate =
            try first("SELECT due_on FROM bills WHERE account = ? AND bill = ?", .text(account), .text(bill)) {
                $0.dateOrNil(0)
            } ?? nil
    }

    /// Where the delivery of an image stands and what it was called; nil where there is no such intake.
    func delivery(_ intake: IntakeID) throws -> (name: String, archivePath: String?)? {
        try first("SELECT name, archive_path FROM intakes WHERE intake = ?", .int(intake)) {
            ($0.text(0), $0.textOrNil(1))
        }
    }

    /// The digest that the page of a path must have; nil where no page has this path.
    func pageDigest(_ path: String) throws -> String? {
        try first("SELECT sha256 FROM pages WHERE path = ?", .text(path)) { $0.text(0) }
    }
}
