internal import Ledger
internal import Model

/// One image of a payment's papers.
struct PageImage: Sendable {
    let document: String
    let type: String
    let page: Int64
    let side: String
    /// Under the home.
    let path: String

    /// What it shows, for a person: `check, back`.
    var title: String {
        let paper = ["CHK": "Check", "CPN": "Coupon", "ENV": "Envelope"][type] ?? type
        let side = ["F": "front", "B": "back"][side]
        return (side.map { "\(paper) \($0)" } ?? paper) + (page > 1 ? ", page \(page)" : "")
    }

    /// Where the page has it.
    var address: String { "/image/\(document)/\(page)/\(side)" }
}

/// All SQL of images. Only what the ledger names can be asked for.
extension Transaction {
    /// The images of a payment's papers, the check first, fronts before backs.
    func pageImages(of payment: PaymentID) throws -> [PageImage] {
        try all(
            """
            SELECT d.doc_id, d.doc_type, p.page, p.side, p.path FROM documents d JOIN pages p USING (document)
            WHERE d.payment = ? AND p.path IS NOT NULL AND d.status NOT IN ('redacted', 'destroyed')
            ORDER BY d.doc_type <> 'CHK', d.document, p.page, p.side = 'B'
            """, .int(payment.key), map: Self.pageImage)
    }

    /// One image by the id of its document.
    func pageImage(document: String, page: Int64, side: String) throws -> PageImage? {
        try first(
            """
            SELECT d.doc_id, d.doc_type, p.page, p.side, p.path FROM documents d JOIN pages p USING (document)
            WHERE d.doc_id = ? AND p.page = ? AND p.side = ? AND p.path IS NOT NULL
                AND d.status NOT IN ('redacted', 'destroyed')
            """, .text(document), .int(page), .text(side), map: Self.pageImage)
    }

    private static func pageImage(_ row: Row) -> PageImage {
        PageImage(
            document: row.text(0), type: row.text(1), page: row.int(2), side: row.text(3), path: row.text(4))
    }
}
