import Ledger
import Model
import Testing

@testable import Records

struct ImageDeliveryTests {
    private static let check: [[ImageName]] = [
        [ImageName(.checkFront, "1F.tif"), ImageName(.checkBack, "1B.tif"), ImageName(.coupon, "1C.tif")],
        [ImageName(.checkFront, "2F.tif"), ImageName(.envelope, "2E.tif")],
    ]
    private static let images = ["1B.tif", "1C.tif", "1F.tif", "2E.tif", "2F.tif"].map { image($0) }

    @Test func `the order in which bank file and images arrive never changes a page`() throws {
        let (early, late) = (try Office(), try Office())
        try early.lockbox(1, "lockbox/a.csv", Self.check)
        try early.delivery(2, "lockbox/a", Self.images)
        try late.intake(1, "other.csv")
        try late.delivery(2, "lockbox/a", Self.images)
        #expect(try late.loose().count == 5)
        _ = try late.ledger.write { try $0.run("DELETE FROM intakes WHERE intake = 1") }
        try late.lockbox(1, "lockbox/a.csv", Self.check)
        #expect(try early.pages() == late.pages())
        #expect(try early.statuses() == ["indexed", "indexed", "indexed", "indexed"])
        #expect(try late.statuses() == early.statuses())
        #expect(try late.loose().isEmpty)
        #expect(
            try early.pages().first?.hasPrefix(
                "1000000001 F 1F.tif documents/records/2026/03/02/LB1-0001/LB1-20260302-0001-00001_CHK_001F.tif ")
                == true)
    }

    @Test func `a delivery never overwrites a page`() throws {
        let office = try Office()
        try office.lockbox(1, "a.csv", Self.check)
        try office.delivery(2, "a.zip", Self.images)
        let before = try office.pages()
        let report = try office.delivery(3, "a-again.zip", Self.images.map { image($0.name, mark: "other") })
        #expect(try office.pages() == before)
        #expect(report.pages == 0 && report.loose.count == 5)
        #expect(try office.loose().count == 5)
    }

    @Test func `a document is never indexed while a page is missing`() throws {
        let office = try Office()
        try office.lockbox(1, "a.csv", Self.check)
        try office.delivery(2, "a.zip", [image("1F.tif"), image("1C.tif")])
        #expect(try office.statuses() == ["awaited", "indexed", "awaited", "awaited"])
        try office.delivery(3, "b.zip", [image("1B.tif")])
        #expect(try office.statuses() == ["indexed", "indexed", "awaited", "awaited"])
    }

    @Test func `an image that cannot be read is never indexed without a person`() throws {
        let office = try Office()
        try office.lockbox(1, "a.csv", Self.check)
        let report = try office.delivery(2, "a.zip", [image("1C.tif", fault: "the file is empty")])
        #expect(try office.statuses()[1] == "review")
        #expect(
            report.unreadable == [
                UnreadablePage(
                    document: "LB1-20260302-0001-00002", payment: PaymentID(intake: 1, place: 1), name: "1C.tif",
                    fault: "the file is empty")
            ])
    }

    @Test(arguments: [
        ("1C.tif", "1C.tif", true), ("1C.TIF", "1c.tif", true), ("images\\1C.tif", "1C.tif", true),
        ("/bank/out/1C.tif", "day/1c.TIF", true), ("1C.tif", "1C.tiff", false), ("1C.tif", "11C.tif", false),
    ])
    func `a name differs in case and folders at most`(named: String, came: String, isMatch: Bool) throws {
        let office = try Office()
        try office.lockbox(1, "a.csv", [[ImageName(.coupon, named)]])
        try office.delivery(2, "z.zip", [image(came)])
        #expect(try office.statuses() == [isMatch ? "indexed" : "awaited"])
    }

    @Test func `a name that could mean two images is never guessed`() throws {
        let office = try Office()
        try office.lockbox(1, "a.csv", [[ImageName(.coupon, "1.tif")]])
        try office.delivery(2, "a.zip", [image("back/1.tif"), image("front/1.tif")])
        #expect(try office.statuses() == ["awaited"])
        try office.lockbox(3, "b.csv", [[ImageName(.checkFront, "x/7.tif"), ImageName(.checkBack, "y/7.tif")]])
        try office.delivery(4, "b.zip", [image("7.tif")])
        #expect(try office.statuses() == ["awaited", "awaited"])
        #expect(try office.loose() == ["2/back/1.tif", "2/front/1.tif", "4/7.tif"])
    }

    @Test func `an image goes to the bank file of its own name before an older one`() throws {
        let office = try Office()
        try office.lockbox(1, "lockbox/monday.csv", [[ImageName(.coupon, "1.tif")]])
        try office.lockbox(2, "lockbox/tuesday.csv", [[ImageName(.coupon, "1.tif")]])
        try office.delivery(3, "images/Tuesday.zip", [image("1.tif")])
        #expect(try office.statuses() == ["awaited", "indexed"])
        try office.delivery(4, "images/late.zip", [image("1.tif")])
        #expect(try office.statuses() == ["indexed", "indexed"])
    }

    @Test func `two checks of one envelope never leave its image awaited`() throws {
        let office = try Office()
        try office.lockbox(1, "a.csv", [[ImageName(.envelope, "E.tif")], [ImageName(.envelope, "E.tif")]])
        let report = try office.delivery(2, "a.zip", [image("E.tif")])
        #expect(report.pages == 2)
        #expect(try office.statuses() == ["indexed", "indexed"])
    }

    @Test func `missing images are no exception before the grace is over, and one only after it`() throws {
        let office = try Office()
        try office.lockbox(1, "a.csv", Self.check)
        func overdue(_ day: Int32) throws -> [OverdueImages] {
            try office.ledger.read {
                try $0.depositsWithOverdueImages(today: CivilDate(packed: 20_260_300 + day)!, graceDays: 2)
            }
        }
        #expect(try overdue(2).isEmpty && overdue(4).isEmpty)
        #expect(
            try overdue(5) == [
                OverdueImages(
                    deposit: 1_900_000_001, intake: 1, missing: 5,
                    names: ["1F.tif", "1B.tif", "1C.tif", "2F.tif", "2E.tif"])
            ])
        _ = try office.ledger.write {
            try $0.run(
                """
                INSERT INTO exceptions (exception, intake, deposit, reason, severity, what, why_not_posted, opened_at,
                closed_at) VALUES ('1-e1', 1, 1900000001, 'images-missing', 'note', '', '', '', '')
                """)
        }
        #expect(try overdue(9).isEmpty)
        try office.lockbox(2, "b.csv", Self.check)
        try office.delivery(3, "b.zip", Self.images)
        #expect(try overdue(9).isEmpty)
    }

    @Test func `a site that could change a path is refused`() throws {
        let office = try Office()
        var item = Item()
        item.images = [ImageName(.coupon, "1.tif")]
        #expect(throws: RecordsFault.self) {
            try office.ledger.write {
                var place: Int64 = 0
                try $0.nameDocuments(
                    for: PaymentID(intake: 1, place: 1), item: item, deposit: 1,
                    businessDate: CivilDate(packed: 20_260_302)!, site: "../", at: "", place: &place)
            }
        }
    }
}
