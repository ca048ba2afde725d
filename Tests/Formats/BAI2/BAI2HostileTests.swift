import Model
import Testing

@testable import Formats

/// What circulates as BAI2, rebuilt small: each deviation with what must come of it.
struct BAI2HostileTests {
    private func item(_ line: String, _ total: Int) throws -> Item {
        let reading = BAI2Testing.read(BAI2Testing.file(line, total: total))
        #expect(reading.isSpotless, "\(reading.camtText)")
        return try #require(reading.items.first)
    }

    // Text and continuations.

    @Test func `no slash or comma in a text ends it`() throws {
        let item = try item("16,195,500,,B,C,A/B, \"C\", 2/3 /X\n88,/MEXICO ;\n88,KEY: V, W/", 500)
        #expect(item.memo == "A/B, \"C\", 2/3 /X /MEXICO ; KEY: V, W")
    }

    @Test func `no text that only begins on a continuation becomes a field`() throws {
        for (line, memo) in [
            ("16,174,500,Z,,50848,/\n88,SAMPLE TEXT,/", "SAMPLE TEXT"), ("16,142,500,,172629,/\n88,/\n88,T", "T"),
            ("16,142,500,,172629/\n88,CUST/\n88,T", "T"),
        ] {
            #expect(try item(line, 500).memo == memo)
        }
    }

    @Test func `no field is left out of place where others are missing`() throws {
        for line in ["16,142,500/", "16,142,500", "16,142,500,/", "16,142,500,,,,/", "16,142,500,Z,,,  /"] {
            let item = try item(line, 500)
            #expect(item.memo == "" && item.trace == "" && item.reference == "")
            #expect(item.amount == Cents(500))
        }
    }

    @Test func `no field may be split over a continuation`() {
        #expect(BAI2Testing.read(BAI2Testing.file("16,142,50/\n88,0,,,,T", total: 500)).refusal == nil)
        #expect(!BAI2Testing.read(BAI2Testing.file("16,142,50/\n88,0,,,,T", total: 500)).balances)
        #expect(
            BAI2Testing.read(BAI2Testing.file("16,142,500/\n88,TEXT", total: 500)).refusal == .recordMalformed)
    }

    @Test func `no text that looks like a record hides money`() {
        for text in ["PAID 1/ 16,142,700 AND MORE", "PAID 1/ 16,142,700,,,,MORE", "PAID 1/ 49,500,3/"] {
            let reading = BAI2Testing.read(BAI2Testing.file("16,142,500,,,,\(text)", total: 500))
            #expect(reading.isRefused || !reading.balances, "whichever of the two it is, it does not post")
        }
        let harmless = BAI2Testing.file("16,142,500,,,,PAID 1/ 16,000 UNITS / 49,- /16,142,7", total: 500)
        #expect(BAI2Testing.read(harmless).isSpotless)
    }

    @Test func `no cut moves the place of what stands behind the end of the file`() {
        let bytes = Array((BAI2Testing.file("16,142,500,,,,T", total: 500) + "\u{1A}  X").utf8)
        let whole = BAI2Testing.read(bytes)
        #expect(whole.refused?.fault.position.byte == bytes.count - 1)
        #expect(BAI2Testing.read(bytes, cuts: Array(1..<bytes.count)) == whole)
    }

    @Test func `no stray line is taken as text where fields are still to come`() {
        #expect(BAI2Testing.read(BAI2Testing.file("16,142,5\n0,,,,T", total: 50)).refusal == .recordMalformed)
        #expect(BAI2Testing.read(BAI2Testing.file("16,142,50\n00,,,,T", total: 5000)).refusal == .recordUnknown)
        #expect(BAI2Testing.read(BAI2Testing.file("16,142,5,,,,A/\nB", total: 5)).refusal == .recordMalformed)
        #expect(BAI2Testing.read(BAI2Testing.file("16,142,5,,,,A\n15,B", total: 5)).refusal == .recordUnknown)
    }

    // Balances of an account.

    @Test func `no default field too many shifts a balance`() {
        for line in [
            "03,77,USD,010,100,,,015,200,,,/\n88,040,300,,,,,,,045,400,,/", "03,77,,,,,,010,1000,,/",
            "03,77,USD,,,/\n88,010,1000,,/", "03,77,USD,010,1000,,,/\n88,/\n88,072,000,,/", "03,77,,100,1000/",
            "03,77,USD,010,400,,V,260301,,015,600,2,D,2,0,100,1,500,/", "03,77,USD,010,400,,S,1,2,3,015,600,,Z/",
            "03,77,USD,010,-500,,,015,+1500,,/",
        ] {
            let reading = BAI2Testing.read(BAI2Testing.file("16,142,5,,,,/", account: line, total: 1005))
            #expect(reading.isSpotless, "\(line)\n\(reading.camtText)")
        }
    }

    @Test func `no currency but that of the account, the group or USD is taken`() throws {
        for (account, group, expected) in [
            ("03,77,EUR/", "CAD", "EUR"), ("03,77/", "CAD", "CAD"), ("03,77,,/", "", "USD"), ("03,77,/", "", "USD"),
        ] {
            let text = BAI2Testing.file(
                "16,142,5,,,,/", account: account, total: 5, group: "02,A,B,1,260301,,\(group),/")
            #expect(try #require(BAI2Testing.read(text).items.first).currency == expected)
        }
    }

    @Test func `no amount is scaled but by its currency`() throws {
        for (currency, cents, isCut) in [("USD", 1234, false), ("JPY", 123_400, false), ("KWD", 123, true)] {
            let text = BAI2Testing.file("16,142,1234,,,,/", account: "03,77,\(currency)/", total: 1234)
            let item = try #require(BAI2Testing.read(text).items.first)
            #expect(item.amount == Cents(Int64(cents)))
            #expect(item.fractionOfCent == isCut)
        }
    }

    // Groups.

    @Test func `no group but an update posts`() throws {
        for (status, severity) in [("2", "fault"), ("3", "fault"), ("4", "note")] {
            let text = BAI2Testing.file("16,142,5,,,,/", total: 5, group: "02,A,B,\(status),260301,,,/")
            let reading = BAI2Testing.read(text)
            #expect(reading.remarks == ["group-not-update \(severity)"])
            #expect(reading.deposits.map(\.isCopy) == [true])
        }
        #expect(BAI2Testing.read(BAI2Testing.file("16,142,5,,,,/", total: 5)).deposits.map(\.isCopy) == [false])
    }

    @Test func `no time but the end of the day stands above 23-59`() {
        for (time, remarks) in [
            ("2400", []), ("9999", []), ("", []), ("23:59:00", []), ("0000", []), ("2401", ["field-invalid fault"]),
            ("12", ["field-invalid fault"]), ("1260", ["field-invalid fault"]),
        ] {
            let group = "02,A,B,1,260301,\(time),USD,2/"
            #expect(BAI2Testing.read(BAI2Testing.file("16,142,5,,,,/", total: 5, group: group)).remarks == remarks)
        }
    }

    @Test func `no day but the group's refuses a file`() throws {
        let wrong = BAI2Testing.read(BAI2Testing.file("16,142,5,V,261301,,,,/", total: 5))
        #expect(wrong.remarks == ["date-invalid fault"] && wrong.refusal == nil)
        #expect(wrong.items.map(\.valueDate) == [CivilDate(packed: 20_260_301)])
        let dated = try item("16,142,5,V,991231,2400,B,C,T/", 5)
        #expect(dated.valueDate == CivilDate(packed: 19_991_231) && dated.memo == "T")
        #expect(dated.bookingDate == CivilDate(packed: 20_260_301))
    }

    // Type codes.

    @Test func `no type code is read as another kind of money`() throws {
        for (code, direction, kind, tender) in [
            ("115", Direction.credit, ItemKind.sum, Tender.check), ("116", .credit, .sum, .check),
            ("142", .credit, .payment, .achCredit), ("147", .credit, .sum, .card), ("166", .credit, .sum, .achCredit),
            ("172", .credit, .correction, .check), ("174", .credit, .payment, .check),
            ("195", .credit, .payment, .achCredit), ("257", .credit, .returned, .achCredit),
            ("301", .credit, .payment, .check), ("366", .credit, .payment, .cash),
            ("451", .debit, .payment, .achDebit), ("475", .debit, .payment, .check),
            ("552", .debit, .returned, .achDebit), ("555", .debit, .returned, .check),
            ("557", .debit, .returned, .achDebit), ("566", .debit, .returned, .check), ("567", .debit, .fee, .achDebit),
            ("695", .debit, .correction, .check), ("698", .debit, .fee, .achDebit), ("550", .debit, .returned, .check),
            ("722", .credit, .payment, .achCredit), ("110", .credit, .sum, .check),
        ] {
            let item = try item("16,\(code),500,,,,/", 500)
            #expect(item.direction == direction && item.kind == kind && item.tender == tender, "\(code)")
        }
    }

    @Test(arguments: [("1", true), ("2", false), ("3", true), ("4", false), ("", false)])
    func `no item of an interim report counts as booked`(modifier: String, isInterim: Bool) {
        let group = "02,A,B,1,260301,2400,USD,\(modifier)/"
        let read = BAI2Testing.read(BAI2Testing.file("16,142,5,,,,/", total: 5, group: group))
        #expect(read.items.map(\.booking) == [isInterim ? .pending : .booked])
        #expect(read.remarks == (isInterim ? ["not-booked note"] : []))
    }

    @Test func `no money is dropped because its code is that of a sum`() throws {
        for code in ["140", "168", "169", "190", "310"] {
            #expect(try item("16,\(code),777700,,,,/", 777_700).kind == .payment, "\(code)")
        }
    }

    @Test func `no type code stands in two lists that exclude each other`() {
        let lists = [
            Array(BAI2TypeCode.kinds.values), Array(BAI2TypeCode.tenders.values),
            [BAI2TypeCode.summaries, BAI2TypeCode.details],
        ]
        for sets in lists { #expect(sets.map(\.count).reduce(0, +) == sets.reduce(Set()) { $0.union($1) }.count) }
        let named = lists[0].reduce(BAI2TypeCode.checks) { $0.union($1) }
        #expect(named.isSubset(of: BAI2TypeCode.details))
        #expect(lists[1].allSatisfy { $0.isSubset(of: BAI2TypeCode.details.union(BAI2TypeCode.summaries)) })
        for code in BAI2TypeCode.details.union(BAI2TypeCode.summaries) { #expect(BAI2TypeCode.detail(code) != nil) }
    }

    @Test func `no text in another encoding hides or refuses money`() throws {
        let file = BAI2Testing.file("16,142,500,,B,C,CAF@ 1/", total: 500)
        let latin = BAI2Testing.read(file.utf8.map { $0 == UInt8(ascii: "@") ? 0xE9 : $0 })
        #expect(latin.remarks == ["encoding-invalid fault"] && latin.balances)
        #expect(latin.items.map(\.memo) == ["CAF\u{FFFD} 1"])
        #expect(BAI2Testing.read(file.replacing("@", with: "\u{E9}")).isSpotless)
    }

    @Test func `no notice carries money`() throws {
        let notice = try item("16,890,,,,,A NOTICE/", 0)
        #expect(notice.kind == .notice && notice.amount == .zero)
        #expect(BAI2Testing.read(BAI2Testing.file("16,890,500,,,,/", total: 500)).refusal == .fieldInvalid)
    }

    @Test func `no check number or trace is made of anything else`() throws {
        #expect(try item("16,475,5,,0099,0001042,/", 5).checkNumber == "1042")
        #expect(try item("16,475,5,,0099,AB12,/", 5).checkNumber == "")
        #expect(try item("16,115,5,,0099,5520,/", 5).checkNumber == "", "a lockbox")
        #expect(try item("16,142,5,,0000,000,/", 5).trace == "")
        let returned = try item("16,555,5,,8812,1042,NSF/", 5)
        #expect(returned.original?.trace == "8812" && returned.original?.text == "NSF")
    }

    @Test func `no detail without type code or amount balances`() {
        for line in ["16,,500,,,,/", "16,142,,,,,/"] {
            let reading = BAI2Testing.read(BAI2Testing.file(line, total: 500))
            #expect(reading.items.map(\.amount) == [nil])
            #expect(reading.remarks == ["field-missing fault"])
            #expect(!reading.balances)
        }
    }
}

extension LayoutReading {
    var deposits: [Deposit] { events.compactMap { if case .depositBegins(let deposit) = $0 { deposit } else { nil } } }
}
