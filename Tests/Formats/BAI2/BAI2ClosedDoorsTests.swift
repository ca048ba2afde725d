import Model
import Testing

@testable import Formats

/// Files that must be refused, each with the code that names the true cause.
struct BAI2ClosedDoorsTests {
    private static let whole = BAI2Testing.file("16,142,500,,,,TEXT/", total: 500)

    private func refusal(replacing old: String, with new: String) -> Reason? {
        #expect(Self.whole.contains(old))
        return BAI2Testing.read(Self.whole.replacing(old, with: new)).refusal
    }

    @Test(arguments: [
        ("16,142,500", "16,142,5.00", Reason.amountNotNumeric), ("16,142,500", "16,142,-500", .amountNotNumeric),
        ("16,142,500,", "16,,142,500,", .recordMalformed),
        ("16,142,500", "16,142,1234567890123456789", .amountTooLarge), ("16,142", "16,14", .recordMalformed),
        ("16,142", "16,015", .fieldInvalid), ("16,142", "16,745", .fieldInvalid), ("16,142", "16,000", .fieldInvalid),
        ("16,142,500,", "16,142,500,Q", .recordMalformed), ("16,142,500,", "16,142,500,D,1,x,", .recordMalformed),
        ("16,142,500,", "16,142,500,S,1,x,2", .amountNotNumeric), ("16,142,500,", "16,142,500,D,x", .recordMalformed),
        ("16,142,500,", "16,142,500,D,2000", .recordMalformed), ("\n16,", "\n17,", .recordUnknown),
        ("\n16,", "\nX6,", .recordMalformed), ("260301", "260230", .dateInvalid), (",260301,", ",,", .fieldMissing),
        (",1,260301", ",21,0250525", .fieldInvalid), (",1,260301", ",,260301", .fieldInvalid),
        ("2400,USD", "2400,USX", .fieldInvalid), ("2400,USD,2/", "2400,USD,2,,7/", .recordMalformed),
        ("03,4001234567", "03,", .fieldMissing), ("USD,,,,/", "USD,,500,,/", .recordMalformed),
        ("USD,,,,/", "USD,100,-500,,/", .amountNotNumeric), ("USD,,,,/", "USD,100,500,x,/", .fieldInvalid),
        ("USD,,,,/", "USD,10,500,,/", .recordMalformed), ("49,500,3/", "49,500,3/ X", .recordMalformed),
        ("49,500,3/", "49,5x0,3/", .amountNotNumeric), ("49,500,3/\n", "", .recordOutOfOrder),
        ("98,500,1,5/\n", "", .recordOutOfOrder), ("99,500,1,7/\n", "", .fileTruncated),
        ("99,500,1,7/\n", "99,501,1,7/\n", .controlTotalWrong), ("98,500", "98,501", .controlTotalWrong),
        ("99,500,1,7/\n", "99,500,1,7/\n16,142,5,,,,/\n", .recordOutOfOrder), ("TEXT/", "TE\u{0}T/", .encodingInvalid),
        ("01,PINE", "88,X\n01,PINE", .recordOutOfOrder), ("01,PINEBANK", "01,A/01,PINEBANK", .recordOutOfOrder),
        ("03,4001234567,USD,,,,/\n", "", .recordOutOfOrder),
        ("99,500,1,7/\n", "99,500,1,7/\n\u{1A}X", .recordMalformed),
    ])
    func `no broken structure is refused for another cause`(old: String, new: String, reason: Reason) {
        #expect(refusal(replacing: old, with: new) == reason)
    }

    @Test func `no wrong count refuses, and none is passed over`() {
        let counts = [("49,500,3/", "49,500,4/"), ("98,500,1,5/", "98,500,2,5/"), ("99,500,1,7/", "99,500,1,8/")]
        for (old, new) in counts {
            let reading = BAI2Testing.read(Self.whole.replacing(old, with: new))
            #expect(reading.remarks == ["count-wrong fault"])
            #expect(reading.balances)
        }
        #expect(
            BAI2Testing.read(Self.whole.replacing("98,500,1,5/", with: "98,500,1")).remarks == ["field-missing fault"])
    }

    @Test func `no total that is left out is compared with anything`() {
        let cases = [
            ("49,500,3/", "49,,3/", 1), ("98,500,1,5/", "98,,1,5/", 1), ("99,500,1,7/", "99,,1,7/", 1),
            ("49,500,3/\n98,500,1,5/\n99,500", "49,,3/\n98,,1,5/\n99,700", 2),
        ]
        for (old, new, count) in cases {
            let reading = BAI2Testing.read(Self.whole.replacing(old, with: new))
            #expect(reading.remarks == Array(repeating: "field-missing fault", count: count))
        }
        #expect(refusal(replacing: "98,500,1,5/\n99,500", with: "98,,1,5/\n99,501") == .controlTotalWrong)
    }

    @Test func `no sum leaves 64 bits`() {
        let line = "16,142,999999999999999999,,,,/"
        let balance = ",010,999999999999999999,,"
        let account = "03,77,USD" + String(repeating: balance, count: 10) + "/"
        #expect(BAI2Testing.read(BAI2Testing.file(line, account: account, total: 5)).refusal == .sumTooLarge)
    }

    @Test func `no record or line grows without end`() {
        let long = String(repeating: "X", count: 70_000)
        #expect(BAI2Testing.read(BAI2Testing.file("16,142,5,,,,\(long)", total: 5)).refusal == .fieldTooLong)
        let many = String(repeating: "\n88,TEXT", count: 15_000)
        #expect(BAI2Testing.read(BAI2Testing.file("16,142,5,,,,\(many)", total: 5)).refusal == .fieldTooLong)
        let stray = String(repeating: "\nX", count: 60_000)
        #expect(BAI2Testing.read(BAI2Testing.file("16,142,5,,,,T\(stray)", total: 5)).refusal == .fieldTooLong)
    }

    @Test func `no account number stands in a message`() {
        for (old, new) in [("49,500,3/", "49,501,9/"), ("USD,,,,/", "USD,,500,,/"), ("03,", "03,\u{E9}")] {
            let reading = BAI2Testing.read(Self.whole.replacing(old, with: new))
            #expect(reading.isRefused || !reading.faults.isEmpty)
            let faults = reading.faults + (reading.refused.map { [$0.fault] } ?? [])
            #expect(faults.allSatisfy { !$0.message.contains("4001234567") })
        }
    }

    @Test(arguments: [
        "02,HARBOR,PINEBANK,1,260301,2400,USD,2/", "01,A,B,260301,0700,1,,,1/", "01,A,B,260301,0700,1,,/", "01,",
        "01,,2",
        "0", "go test fuzz v1\nstring(\"01,A\")", "01,A,B,260301,0700,1,,,2,3/", "101 091000019",
    ])
    func `no file without a header of version 2 is claimed`(head: String) {
        #expect(bai2.recognise(Array(head.utf8)) == nil)
    }

    @Test(arguments: ["", "\u{FEFF}", "\n  ", "\r\n"])
    func `no mark or blank line before the header keeps a file from being read`(before: String) throws {
        let bytes = Array((before + Self.whole).utf8)
        #expect(LayoutTesting.read(bytes, among: [bai2]).isSpotless)
    }

    @Test func `no cut of what is refused changes what is told`() {
        for (old, new) in [
            ("TEXT/", "TEXT\nX/"), ("49,500,3/", "49,500,3/ X"), ("TEXT/", "TE\u{1}"), ("16,142", "16,1"),
        ] {
            let bytes = Array(Self.whole.replacing(old, with: new).utf8)
            let whole = BAI2Testing.read(bytes)
            #expect(BAI2Testing.read(bytes, cuts: Array(1..<bytes.count)) == whole)
        }
    }
}
