internal import Files
package import Ledger
package import Model

/// Documents as bank files name them. The ledger's rows are the truth; the files under `documents/` follow them.
extension Transaction {
    /// Names the documents of one payment: a check with its front and back, each coupon, each envelope.
    ///
    /// They are awaited until their images come. The payment must be in the ledger already. `place` is the place
    /// of the last document named in this intake (0 before the first), so that the same file gives the same ids
    /// on every database and after any crash.
    package func nameDocuments(
        for payment: PaymentID, item: Item, deposit: Int64, businessDate: CivilDate, site: String, at: String,
        place: inout Int64
    ) throws {
        if item.images.isEmpty { return }
        guard let site = Site(site) else {
            throw RecordsFault("the site \(shown(site)) is not three capital letters or digits")
        }
        for draft in DraftDocument.drafts(of: item.images) {
            place += 1
            let key = PaymentID(intake: payment.intake, place: place).key
            let id = FilingScheme.documentID(
                site: site, businessDate: businessDate, intake: payment.intake, place: place)
            try run(
                """
                INSERT INTO documents (document, doc_id, intake, deposit, payment, doc_type, status, business_on,
                created_at) VALUES (?, ?, ?, ?, ?, ?, 'awaited', ?, ?)
                """,
                .int(key), .text(id), .int(payment.intake), .int(deposit), .int(payment.key),
                .text(draft.type.rawValue), Value(businessDate), .text(at))
            for (side, name) in draft.pages {
                try run(
                    "INSERT INTO pages (document, page, side, image_name, image_key) VALUES (?, 1, ?, ?, ?)",
                    .int(key), .text(side.rawValue), .text(name), .text(ImageNames.key(name)))
            }
        }
    }

    /// Whether there is any document.
    package func hasDocuments() throws -> Bool { try first("SELECT 1 FROM documents LIMIT 1") { _ in true } ?? false }

    /// Deposits whose images have been awaited for longer than the grace, and of which no exception ever said so.
    ///
    /// The days count from the day the bank file was received: `graceDays` whole days may pass.
    package func depositsWithOverdueImages(today: CivilDate, graceDays: Int) throws -> [OverdueImages] {
        let firstDayInTime = today.advanced(by: -graceDays)
        var overdue = try all(
            """
            SELECT d.deposit, d.intake FROM deposits d JOIN intakes n ON n.intake = d.intake
            WHERE substr(n.received_at, 1, 10) < ?
            AND EXISTS (SELECT 1 FROM documents x WHERE x.deposit = d.deposit AND x.status = 'awaited')
            AND d.deposit NOT IN
                (SELECT e.deposit FROM exceptions e WHERE e.reason = ? AND e.deposit IS NOT NULL)
            ORDER BY d.deposit
            """, .text(firstDayInTime.description), .text(Reason.imagesMissing.rawValue)
        ) { OverdueImages(deposit: $0.int(0), intake: $0.int(1), missing: 0, names: []) }
        for index in overdue.indices { try countMissing(&overdue[index]) }
        return overdue
    }

    /// Image deliveries that hold images no bank file has named within the grace, and of which no exception
    /// ever said so.
    package func deliveriesWithUnnamedImages(today: CivilDate, graceDays: Int) throws -> [UnnamedImages] {
        let firstDayInTime = today.advanced(by: -graceDays)
        var unnamed = try all(
            """
            SELECT n.intake, count(*) FROM intakes n JOIN loose_images l ON l.intake = n.intake
            WHERE substr(n.received_at, 1, 10) < ? AND NOT EXISTS
                (SELECT 1 FROM exceptions e WHERE e.reason = ? AND e.intake = n.intake)
            GROUP BY n.intake ORDER BY n.intake
            """, .text(firstDayInTime.description), .text(Reason.imageNotNamed.rawValue)
        ) { UnnamedImages(intake: $0.int(0), count: Int($0.int(1)), names: []) }
        for index in unnamed.indices {
            unnamed[index].names = try all(
                "SELECT image_name FROM loose_images WHERE intake = ? ORDER BY image_name LIMIT 5",
                .int(unnamed[index].intake)
            ) { $0.text(0) }
        }
        return unnamed
    }

    private func countMissing(_ overdue: inout OverdueImages) throws {
        let awaited = """
            FROM documents x JOIN pages p ON p.document = x.document
            WHERE x.deposit = ? AND x.status = 'awaited' AND p.path IS NULL
            """
        overdue.missing = Int(try number("SELECT count(*) \(awaited)", .int(overdue.deposit)))
        overdue.names = try all(
            "SELECT p.image_name \(awaited) ORDER BY p.document, p.page, p.side DESC LIMIT 5", .int(overdue.deposit)
        ) { $0.text(0) }
    }

    /// Says that the three index files must be written again after the commit.
    package func makeDocumentIndexDue() throws {
        for kind in DocumentIndex.Kind.allCases {
            try makeDue(Projection(path: kind.path, kind: kind.rawValue, subject: ""))
        }
    }
}

/// Says that the three index files must be written again after the commit.
package func makeIndexDue(_ transaction: Transaction) throws { try transaction.makeDocumentIndexDue() }

/// A deposit whose images did not come in time: one exception.
package struct OverdueImages: Hashable, Sendable {
    package var deposit: Int64
    package var intake: IntakeID
    /// How many images are missing.
    package var missing: Int
    /// The names of the first of them.
    package var names: [String]
}

/// A document that a payment's images make up, before it has a number.
private struct DraftDocument {
    let type: DocumentType
    let pages: [(side: PageSide, name: String)]

    /// The nth front and the nth back of a check are one sheet; every other image is a paper of its own.
    static func drafts(of images: [ImageName]) -> [DraftDocument] {
        func names(_ view: ImageName.View) -> [String] {
            images.filter { $0.view == view && !$0.name.isEmpty }.map(\.name)
        }
        let (fronts, backs) = (names(.checkFront), names(.checkBack))
        var drafts: [DraftDocument] = []
        for index in 0..<max(fronts.count, backs.count) {
            var pages: [(PageSide, String)] = []
            if index < fronts.count { pages.append((.front, fronts[index])) }
            if index < backs.count { pages.append((.back, backs[index])) }
            drafts.append(DraftDocument(type: .check, pages: pages))
        }
        drafts += names(.coupon).map { DraftDocument(type: .coupon, pages: [(.single, $0)]) }
        drafts += names(.envelope).map { DraftDocument(type: .envelope, pages: [(.single, $0)]) }
        return drafts
    }
}

/// A delivery with images that belong to nothing yet.
package struct UnnamedImages: Hashable, Sendable {
    package var intake: IntakeID
    package var count: Int
    /// Some of their names.
    package var names: [String]
}
