package import Ledger
package import Model

/// Which documents a list shows: all conditions hold at once.
package struct DocumentFilter: Hashable, Sendable {
    package var status: DocumentStatus?
    package var payment: PaymentID?
    /// Documents of payments of which any part went to this account.
    package var account: String?
    package var intake: IntakeID?

    package init(
        status: DocumentStatus? = nil, payment: PaymentID? = nil, account: String? = nil, intake: IntakeID? = nil
    ) {
        self.status = status
        self.payment = payment
        self.account = account
        self.intake = intake
    }
}

/// A document as lists show it.
package struct DocumentSummary: Hashable, Sendable {
    package var document: String
    package var type: String
    package var status: String
    package var businessDate: CivilDate
    package var payment: PaymentID?
    /// The account its payment went to, where that is exactly one.
    package var account: String?
    package var amount: Cents?
    /// How many images the document has, and how many of them have come.
    package var images: Int
    package var imagesPresent: Int
    /// The path of its first page under the home.
    package var path: String?

    /// One object of `documents list --json`.
    package var json: JSON {
        [
            "doc_id": .string(document), "type": .string(type), "status": .string(status),
            "business_date": JSON(businessDate), "payment": JSON(payment?.description), "account": JSON(account),
            "amount": JSON(amount), "images": JSON(images), "images_present": JSON(imagesPresent), "path": JSON(path),
        ]
    }
}

extension Transaction {
    /// Hands over the documents that a filter names, in the order of their keys.
    package func documents(_ filter: DocumentFilter = DocumentFilter(), each: (DocumentSummary) throws -> Void) throws {
        var conditions: [String] = []
        var arguments: [Value] = []
        func add(_ condition: String, _ value: Value) {
            conditions.append(condition)
            arguments.append(value)
        }
        if let status = filter.status { add("d.status = ?", .text(status.rawValue)) }
        if let payment = filter.payment { add("d.payment = ?", .int(payment.key)) }
        if let intake = filter.intake { add("d.intake = ?", .int(intake)) }
        if let account = filter.account {
            add("d.payment IN (SELECT a.payment FROM allocations a WHERE a.account = ?)", .text(account))
        }
        let wanted = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let query = """
            SELECT d.document, d.doc_id, d.doc_type, d.status, d.business_on, d.payment, i.amount_cents
            FROM documents d LEFT JOIN items i ON i.payment = d.payment \(wanted) ORDER BY d.document
            """
        try self.query(query, with: arguments) { row in
            let document = row.int(0)
            var summary = DocumentSummary(
                document: row.text(1), type: row.text(2), status: row.text(3), businessDate: row.date(4),
                payment: row.intOrNil(5).map(PaymentID.init(key:)), amount: row.centsOrNil(6), images: 0,
                imagesPresent: 0)
            for page in try pages(of: document) {
                summary.images += 1
                summary.imagesPresent += page.path == nil ? 0 : 1
                summary.path = summary.path ?? page.path
            }
            if let payment = summary.payment { summary.account = try destination(of: payment).account }
            try each(summary)
        }
    }

    /// The pages of a document: by number, the front before the back.
    func pages(of document: Int64) throws -> [PageRecord] {
        try all(
            """
            SELECT page, side, path, sha256, bytes, width, height, dpi_x, dpi_y, compression, photometric, fault
            FROM pages WHERE document = ? ORDER BY page, side DESC
            """, .int(document)
        ) {
            PageRecord(
                page: $0.int(0), side: $0.text(1), path: $0.textOrNil(2), sha256: $0.textOrNil(3),
                bytes: $0.intOrNil(4), width: $0.intOrNil(5), height: $0.intOrNil(6), dpiX: $0.intOrNil(7),
                dpiY: $0.intOrNil(8), compression: $0.textOrNil(9), photometric: $0.textOrNil(10),
                fault: $0.textOrNil(11))
        }
    }

    /// Where the money of a payment went, what was taken back taken off.
    func destination(of payment: PaymentID) throws -> Destination {
        var byBill: [Destination.Target: Cents] = [:]
        var destination = Destination()
        var batches: Set<Int64> = []
        try query(
            """
            SELECT account, bill, amount_cents, entry, posting_batch FROM allocations WHERE payment = ?
            ORDER BY place
            """, .int(payment.key)
        ) { row in
            byBill[Destination.Target(account: row.text(0), bill: row.textOrNil(1)), default: .zero] += row.cents(2)
            destination.posted = (destination.posted ?? .zero) + row.cents(2)
            destination.entry = destination.entry ?? row.int(3)
            if let batch = row.intOrNil(4) { batches.insert(batch) }
        }
        let targets = byBill.filter { $0.value != .zero }.keys
        let accounts = Set(targets.map(\.account))
        if accounts.count == 1 { destination.account = accounts.first }
        if targets.count == 1 { destination.bill = targets.first?.bill }
        if batches.count == 1 { destination.postingBatch = batches.first }
        return destination
    }
}

/// Where the money of one payment went. What is not exactly one is nil.
struct Destination: Hashable {
    struct Target: Hashable {
        let account: String
        let bill: String?
    }

    var account: String?
    var bill: String?
    /// The sum on accounts; nil where nothing was ever allocated.
    var posted: Cents?
    var entry: Int64?
    var postingBatch: Int64?
}

/// One image side of a document, as the ledger has it.
struct PageRecord: Hashable {
    let page: Int64
    let side: String
    let path: String?
    let sha256: String?
    let bytes: Int64?
    let width: Int64?
    let height: Int64?
    let dpiX: Int64?
    let dpiY: Int64?
    let compression: String?
    let photometric: String?
    let fault: String?
}
