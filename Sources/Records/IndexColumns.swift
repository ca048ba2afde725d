internal import Ledger
internal import Model

/// A column of the document index: its name, and its value for a document and the digest of the line before.
struct DocumentColumn {
    let name: String
    let value: (DocumentRecord, String) -> IndexValue

    init(_ name: String, _ value: @escaping (DocumentRecord) -> IndexValue) {
        self.name = name
        self.value = { record, _ in value(record) }
    }

    /// The column that chains the lines.
    init(previousDigest name: String) {
        self.name = name
        value = { .exact($1) }
    }

    /// A column that nothing fills yet. It keeps its place, so that readers of the file need not change.
    init(later name: String) { self.init(name) { _ in .none } }
}

/// A column of the page index.
struct PageColumn {
    let name: String
    let value: (DocumentRecord, PageRecord) -> IndexValue

    init(_ name: String, _ value: @escaping (DocumentRecord, PageRecord) -> IndexValue) {
        self.name = name
        self.value = value
    }

    init(later name: String) { self.init(name) { _, _ in .none } }
}

extension DocumentIndex {
    /// The columns of `index.csv` and `index.jsonl`, in order.
    static var documentColumns: [DocumentColumn] {
        identityColumns + paymentColumns + standingColumns + fileColumns
    }

    private static var identityColumns: [DocumentColumn] {
        [
            DocumentColumn("doc_id") { .exact($0.document) },
            DocumentColumn("item_id") {
                IndexValue(
                    exact: FilingScheme.itemID(
                        documentID: $0.document, transaction: $0.item?.transaction, payment: $0.payment?.key))
            },
            DocumentColumn("batch_id") {
                .exact(FilingScheme.batchID(site: FilingScheme.site(of: $0.document), intake: $0.intake))
            },
            DocumentColumn("site") { .exact(FilingScheme.site(of: $0.document)) },
            DocumentColumn("business_date") { .exact($0.businessDate.description) },
            DocumentColumn("received_at") { .exact($0.receivedAt) },
            DocumentColumn(later: "scanned_at"),
            DocumentColumn(later: "scanner_id"),
            DocumentColumn(later: "operator"),
            DocumentColumn("doc_type") { .exact($0.type) },
            DocumentColumn("doc_type_source") { _ in .exact("rule") },  // the bank file says what it shows
            DocumentColumn(later: "doc_type_confidence"),
            DocumentColumn("page_count") { .number(Int64($0.pages.count)) },
        ]
    }

    private static var paymentColumns: [DocumentColumn] {
        [
            DocumentColumn("account_no") { IndexValue($0.destination.account) },
            DocumentColumn("account_source") { IndexValue($0.destination.account == nil ? nil : $0.item?.rule) },
            DocumentColumn("account_confidence") { IndexValue($0.destination.account == nil ? nil : $0.item?.proof) },
            DocumentColumn("customer_ref") { IndexValue($0.customer) },
            DocumentColumn(later: "service_address_ref"),
            DocumentColumn(later: "premise_ref"),
            DocumentColumn("bill_id") { IndexValue($0.destination.bill) },
            DocumentColumn("due_date") { IndexValue(exact: $0.dueDate) },
            DocumentColumn("amount_captured") { IndexValue(exact: $0.item?.amount) },
            DocumentColumn("amount_posted") { IndexValue(exact: $0.destination.posted) },
            DocumentColumn("currency") { IndexValue($0.item?.currency) },
            DocumentColumn("payment_id") { IndexValue(exact: $0.payment) },
            DocumentColumn("posting_id") { IndexValue($0.destination.entry) },
            DocumentColumn("posting_batch") { IndexValue($0.destination.postingBatch) },
            DocumentColumn("deposit_id") { .exact(PaymentID(key: $0.deposit).description) },
            DocumentColumn("check_no") { IndexValue($0.item?.checkNumber) },
            DocumentColumn("bank_aba_last4") { IndexValue(lastFour($0.item?.routing)) },
            DocumentColumn("bank_acct_last4") { IndexValue(lastFour($0.item?.bankAccount)) },
            DocumentColumn("bank_key") { IndexValue($0.item?.payerKey) },
            DocumentColumn(later: "check_date"),
            DocumentColumn("payer_name_masked") { IndexValue(initials($0.item?.payer)) },
            DocumentColumn("postmark_date") { IndexValue(exact: $0.item?.postmark) },
            DocumentColumn("remittance_channel") { IndexValue(channel($0.format)) },
        ]
    }

    private static var standingColumns: [DocumentColumn] {
        [
            DocumentColumn("status") { .exact($0.status) },
            DocumentColumn("exception_id") { IndexValue(exact: $0.exceptions.first(where: \.isOpen)?.id) },
            DocumentColumn("reasons") { record in
                IndexValue(Set(record.exceptions.map(\.reason)).sorted(by: precedes).joined(separator: ";"))
            },
            DocumentColumn("duplicate_of") { IndexValue(exact: $0.item?.twin) },
            DocumentColumn("class") { IndexValue(DocumentType(rawValue: $0.type)?.retentionClass ?? "UNK") },
            DocumentColumn(later: "schedule_version"),
            DocumentColumn(later: "trigger_event"),
            DocumentColumn(later: "trigger_date"),
            DocumentColumn(later: "dispose_after"),
            DocumentColumn(later: "holds"),
            DocumentColumn("access") { IndexValue(DocumentType(rawValue: $0.type)?.access ?? "restricted") },
        ]
    }

    /// `sha256` to `path` are those of the first page that has come; `pages.csv` has all.
    private static var fileColumns: [DocumentColumn] {
        [
            DocumentColumn("sha256") { IndexValue(exact: firstPage($0)?.sha256) },
            DocumentColumn("bytes") { IndexValue(firstPage($0)?.bytes) },
            DocumentColumn("mime") { IndexValue(exact: firstPage($0)?.path.map(FilingScheme.mime)) },
            DocumentColumn("path") { IndexValue(exact: firstPage($0)?.path) },
            DocumentColumn(later: "renditions"),
            DocumentColumn(later: "ocr_engine"),
            DocumentColumn(later: "ocr_confidence"),
            DocumentColumn(later: "language"),
            DocumentColumn("source_file_sha256") { .exact($0.sourceDigest) },
            DocumentColumn("intake_id") { .number($0.intake) },
            DocumentColumn(previousDigest: "prev_index_hash"),
            DocumentColumn("created_by") { _ in .exact("sluice") },
            DocumentColumn("created_at") { .exact($0.createdAt) },
            DocumentColumn("index_version") { _ in .exact(version) },
        ]
    }

    /// The columns of `pages.csv`, in order.
    static var pageColumns: [PageColumn] {
        [
            PageColumn("doc_id") { document, _ in .exact(document.document) },
            PageColumn("page") { .number($1.page) },
            PageColumn("side") { .exact($1.side) },
            PageColumn("path") { IndexValue(exact: $1.path) },
            PageColumn("sha256") { IndexValue(exact: $1.sha256) },
            PageColumn("bytes") { IndexValue($1.bytes) },
            PageColumn("width") { IndexValue($1.width) },
            PageColumn("height") { IndexValue($1.height) },
            PageColumn("dpi_x") { IndexValue($1.dpiX) },
            PageColumn("dpi_y") { IndexValue($1.dpiY) },
            PageColumn("compression") { IndexValue($1.compression) },
            PageColumn("photometric") { IndexValue($1.photometric) },
            PageColumn("tiff_check") { tiffCheck($1) },
            PageColumn(later: "blank"),
            PageColumn(later: "barcode_values"),
            PageColumn(later: "patch"),
            PageColumn(later: "redactions"),
        ]
    }

    private static func firstPage(_ record: DocumentRecord) -> PageRecord? { record.pages.first { $0.path != nil } }

    /// `ok` or what is wrong with the image; nothing where it has not come.
    private static func tiffCheck(_ page: PageRecord) -> IndexValue {
        page.path == nil ? .none : IndexValue(page.fault ?? "ok")
    }

    /// The last four characters of a number; nothing where that would be all of it.
    private static func lastFour(_ number: String?) -> String? {
        number.flatMap { $0.utf8.count > 4 ? String($0.suffix(4)) : nil }
    }

    /// A payer's initials, as `J.L.`: enough to tell two rows apart, not to know who it is.
    private static func initials(_ name: String?) -> String? {
        name?.split(separator: " ").compactMap { $0.first { $0.isLetter || $0.isNumber } }.map { "\($0)." }.joined()
    }

    /// The way the paper came, as far as the format of the file tells.
    private static func channel(_ format: String?) -> String? {
        guard let format else { return nil }
        return format.hasPrefix("lockbox") ? "lockbox" : format == "mail-batch" ? "mail" : nil
    }
}
