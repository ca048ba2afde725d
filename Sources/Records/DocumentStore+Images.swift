internal import Files
package import Ledger
package import Model

/// What became of the images of a delivery, or of those a bank file found waiting.
package struct ImageReport: Hashable, Sendable {
    /// How many pages got their image.
    package var pages = 0
    /// The images that no page has taken yet.
    package var loose: [String] = []
    /// The pages whose image cannot be read: a reviewer must ask for it again.
    package var unreadable: [UnreadablePage] = []
}

/// A page whose image is damaged or is no image. It is filed as it came.
package struct UnreadablePage: Hashable, Sendable {
    package var document: String
    package var payment: PaymentID?
    package var name: String
    package var fault: String
}

extension Transaction {
    /// Gives the images of a delivery to the pages that await them; what no page awaits stays loose.
    ///
    /// A name is compared exactly, then without case, then without folders and case. A page never loses the image
    /// it has. Of several bank files that await one name, the one named as the delivery is comes first, then the
    /// oldest; all its pages of that name get the image (two checks may share an envelope).
    @discardableResult
    package func deliver(_ images: ImageSet, of intake: IntakeID) throws -> ImageReport {
        var report = ImageReport()
        var waiting = WaitingImage.all(images, of: intake)
        let names = try intakeStems()
        for agreement in NameAgreement.allCases {
            try waiting.removeAll { image in
                let pages = try awaitedPages(image, agreement)
                return try file(image, as: WaitingImage.choose(pages, for: intake, names), &report)
            }
        }
        for image in waiting {
            try insertLoose(image)
            report.loose.append(image.member.name)
        }
        return report
    }

    /// Gives the pages that a bank file has just named the images that came before it.
    ///
    /// Of several deliveries that hold one name, the one named as the bank file is comes first, then the oldest.
    @discardableResult
    package func claimLooseImages(for intake: IntakeID) throws -> ImageReport {
        var report = ImageReport()
        var loose = try looseImages(wantedBy: intake)
        guard !loose.isEmpty else { return report }
        let names = try intakeStems()
        func order(_ image: WaitingImage) -> (Int, IntakeID) {
            (names.agree(image.intake, intake) ? 0 : 1, image.intake)
        }
        loose.sort { order($0) != order($1) ? order($0) < order($1) : precedes($0.member.name, $1.member.name) }
        for agreement in NameAgreement.allCases {
            try loose.removeAll { image in
                let pages = try awaitedPages(image, agreement).filter { $0.intake == intake }
                guard try file(image, as: WaitingImage.unambiguous(pages), &report) else { return false }
                try run(
                    "DELETE FROM loose_images WHERE intake = ? AND image_name = ?",
                    .int(image.intake), .text(image.member.name))
                return true
            }
        }
        report.loose = loose.map(\.member.name)
        return report
    }
}

/// How well a name in a bank file agrees with the name of an image; the best is tried first.
enum NameAgreement: CaseIterable {
    case exact
    case exceptCase
    case exceptFolders

    func holds(_ left: String, _ right: String) -> Bool {
        switch self {
        // Compared as bytes: a String would take two spellings of one accent for the same name.
        case .exact: left.utf8.elementsEqual(right.utf8)
        case .exceptCase: left.lowercased() == right.lowercased()
        case .exceptFolders: ImageNames.key(left) == ImageNames.key(right)
        }
    }
}

/// An image that has come and looks for its page.
struct WaitingImage {
    let intake: IntakeID
    let member: ImageMember
    /// How many images of its delivery have its name but for folders and case, itself included.
    let alike: Int

    var key: String { ImageNames.key(member.name) }

    static func all(_ images: ImageSet, of intake: IntakeID) -> [WaitingImage] {
        var alike: [String: Int] = [:]
        for member in images.members { alike[ImageNames.key(member.name), default: 0] += 1 }
        return images.members.map {
            WaitingImage(intake: intake, member: $0, alike: alike[ImageNames.key($0.name)] ?? 1)
        }
    }

    /// The pages of the one bank file that an image is for; none where names do not tell which page is meant.
    static func choose(_ pages: [AwaitedPage], for delivery: IntakeID, _ names: IntakeStems) -> [AwaitedPage] {
        let intakes = pages.map(\.intake)
        let named = intakes.filter { names.agree(delivery, $0) }.min()
        guard let chosen = named ?? intakes.min() else { return [] }
        return unambiguous(pages.filter { $0.intake == chosen })
    }

    /// The pages, unless a name that agrees only in part could mean two of them.
    static func unambiguous(_ pages: [AwaitedPage]) -> [AwaitedPage] {
        guard let first = pages.first else { return [] }
        return pages.allSatisfy { $0.name.utf8.elementsEqual(first.name.utf8) } ? pages : []
    }
}

/// A page that a bank file names and whose image has not come.
struct AwaitedPage {
    let document: Int64
    let page: Int64
    let side: String
    let name: String

    var intake: IntakeID { PaymentID(key: document).intake }
}

/// The names of intakes, by which a delivery of images is known to belong to a bank file.
struct IntakeStems {
    fileprivate var names: [IntakeID: String] = [:]

    /// Whether two intakes are called the same but for suffix, folder and case: `a.csv` and `a.zip`, or a folder `a`.
    func agree(_ left: IntakeID, _ right: IntakeID) -> Bool {
        guard let left = names[left], let right = names[right] else { return false }
        let (leftWhole, rightWhole) = (Folder.lastName(of: left).lowercased(), Folder.lastName(of: right).lowercased())
        let (leftStem, rightStem) = (ImageNames.stem(left), ImageNames.stem(right))
        return leftStem == rightStem || leftWhole == rightStem || leftStem == rightWhole
    }
}

extension Transaction {
    private func intakeStems() throws -> IntakeStems {
        var stems = IntakeStems()
        try query("SELECT intake, name FROM intakes") { stems.names[$0.int(0)] = $0.text(1) }
        return stems
    }

    /// The awaited pages whose name agrees with an image's, oldest first.
    private func awaitedPages(_ image: WaitingImage, _ agreement: NameAgreement) throws -> [AwaitedPage] {
        if agreement == .exceptFolders, image.alike > 1 { return [] }
        return try all(
            """
            SELECT document, page, side, image_name FROM pages WHERE image_key = ? AND path IS NULL
            ORDER BY document, page, side DESC
            """, .text(image.key)
        ) { AwaitedPage(document: $0.int(0), page: $0.int(1), side: $0.text(2), name: $0.text(3)) }
        .filter { agreement.holds($0.name, image.member.name) }
    }

    /// Files an image as some pages; false where there is none.
    private func file(_ image: WaitingImage, as pages: [AwaitedPage], _ report: inout ImageReport) throws -> Bool {
        for page in pages {
            try file(image, as: page, &report)
            report.pages += 1
        }
        return !pages.isEmpty
    }

    private func file(_ image: WaitingImage, as page: AwaitedPage, _ report: inout ImageReport) throws {
        let (head, payment) = try documentHead(page.document)
        let member = image.member
        let path = FilingScheme.pagePath(
            head, page: page.page, side: page.side, suffix: FilingScheme.suffix(of: member))
        let changed = try run(
            """
            UPDATE pages SET path = ?, sha256 = ?, bytes = ?, width = ?, height = ?, dpi_x = ?, dpi_y = ?,
            compression = ?, photometric = ?, fault = ?
            WHERE document = ? AND page = ? AND side = ? AND path IS NULL
            """,
            with: [.text(path)] + facts(of: member)
                + [.int(page.document), .int(page.page), .text(page.side)])
        precondition(changed == 1, "a page is filed once")
        try makeDue(Projection(path: path, kind: "page", subject: "\(image.intake)/\(member.name)"))
        try run(
            """
            UPDATE documents SET status = CASE
                WHEN EXISTS (SELECT 1 FROM pages p WHERE p.document = documents.document AND p.fault IS NOT NULL)
                THEN 'review' ELSE 'indexed' END
            WHERE document = ? AND status = 'awaited'
            AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.document = documents.document AND p.path IS NULL)
            """, .int(page.document))
        if let fault = member.fault {
            report.unreadable.append(
                UnreadablePage(document: head.documentID, payment: payment, name: page.name, fault: fault))
        }
    }

    /// The columns that pages and loose images share, from `sha256` to `fault`.
    private func facts(of member: ImageMember) -> [Value] {
        let header = member.header
        return [
            .text(member.sha256), .int(member.bytes), Value(header?.width), Value(header?.height),
            Value(header?.dpiX), Value(header?.dpiY), Value(header?.compression), Value(header?.photometric),
            Value(member.fault),
        ]
    }

    private func documentHead(_ document: Int64) throws -> (head: DocumentHead, payment: PaymentID?) {
        let found = try first(
            "SELECT doc_id, doc_type, intake, business_on, payment FROM documents WHERE document = ?", .int(document)
        ) {
            let head = DocumentHead(
                documentID: $0.text(0), type: $0.text(1), intake: $0.int(2), businessDate: $0.date(3))
            return (head, $0.intOrNil(4).map(PaymentID.init(key:)))
        }
        guard let found else { throw RecordsFault("a page has no document \(document)") }
        return found
    }

    private func insertLoose(_ image: WaitingImage) throws {
        try run(
            """
            INSERT INTO loose_images (intake, image_name, image_key, alike, format, sha256, bytes, width, height,
            dpi_x, dpi_y, compression, photometric, fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            with: [
                .int(image.intake), .text(image.member.name), .text(image.key), .int(Int64(image.alike)),
                Value(image.member.header?.kind.rawValue),
            ] + facts(of: image.member))
    }

    /// The loose images of other deliveries whose key a page of this intake awaits.
    private func looseImages(wantedBy intake: IntakeID) throws -> [WaitingImage] {
        let pages = (from: PaymentID(intake: intake, place: 1).key, to: PaymentID(intake: intake + 1, place: 0).key)
        return try all(
            """
            SELECT l.intake, l.image_name, l.alike, l.format, l.sha256, l.bytes, l.width, l.height, l.dpi_x, l.dpi_y,
            l.compression, l.photometric, l.fault
            FROM loose_images l
            WHERE EXISTS (SELECT 1 FROM pages p WHERE p.image_key = l.image_key
                AND p.path IS NULL AND p.document BETWEEN ? AND ?)
            """, .int(pages.from), .int(pages.to - 1)
        ) { row in
            let header = row.textOrNil(3).flatMap(ImageHeader.Kind.init(rawValue:)).map { kind in
                ImageHeader(
                    kind: kind, width: row.intOrNil(6).map(Int.init), height: row.intOrNil(7).map(Int.init),
                    dpiX: row.intOrNil(8).map(Int.init), dpiY: row.intOrNil(9).map(Int.init),
                    compression: row.textOrNil(10), photometric: row.textOrNil(11))
            }
            return WaitingImage(
                intake: row.int(0),
                member: ImageMember(
                    name: row.text(1), sha256: row.text(4), bytes: row.int(5), header: header,
                    fault: row.textOrNil(12)),
                alike: Int(row.int(2)))
        }
    }
}
