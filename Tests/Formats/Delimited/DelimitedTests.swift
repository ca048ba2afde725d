import Model
import Testing

@testable import Formats

/// Rules of delimited files, told on the default layout.
struct DelimitedTests {
    static let header = "record,lockbox,deposit_date,batch,item,amount,check_number,bank_account,memo,scanline\n"

    private func read(_ rows: String, header: String = header) throws -> LayoutReading {
        LayoutTesting.read(header + rows, try LayoutTesting.layout("default"))
    }

    private func one(amount: String = "5.00", memo: String = "", scanline: String = "") throws -> LayoutReading {
        try read("P,7001,2026-03-02,1,1,\(amount),1,99887766,\(memo),\(scanline)\nT,,,1,1,5.00,,,,\n")
    }

    /// reliability.md F61: what is written, the cents it is in the default style, or nil.
    static let amounts: [(String, Int64?)] = [
        ("5", 500), ("5.0", 500), ("5.00", 500), ("5.000", 500), ("0", 0), ("0.01", 1), ("92233720368547758.07", .max),
        ("\"5.00\"", 500), ("\"1,234.56\"", nil), ("\"1.234,56\"", nil), ("$1", nil), ("(5.00)", nil), ("5.00-", nil),
        ("-5.00", nil), (".5", nil), ("5.", nil), ("1e3", nil), ("+5", nil), ("NaN", nil), ("٣", nil), (" 5", nil),
        ("5 ", nil), ("\u{A0}5", nil), ("5\u{A0}", nil), ("1 000", nil), ("0000123{", nil), ("", nil), ("1O.00", nil),
        ("9223372036854775807", nil), ("1000000000000000000000000000000", nil), ("５", nil), ("0x10", nil),
    ]

    @Test(arguments: amounts)
    func `guesses no amount`(text: String, cents: Int64?) throws {
        let reading = try one(amount: text)
        let item = try #require(reading.items.first)
        #expect(item.amount?.rawValue == cents)
        #expect(reading.isRefused == (cents == nil))
        if cents == nil {
            #expect([.amountNotNumeric, .amountTooLarge].contains(reading.refusal))
            #expect(reading.faults.first?.position == Position(line: 2, record: 2, byte: 86))
            #expect(reading.faults.first?.field == "amount")
        }
    }

    @Test func `a fraction of a cent is never rounded away unseen`() throws {
        let item = try #require(try one(amount: "5.001").items.first)
        #expect(item.fractionOfCent)
        #expect(item.amountText == "5.001")
    }

    /// What stands in the memo's place, the memo read, or nil where the file is refused.
    static let quotes: [(String, String?)] = [
        ("\"a, b\"", "a, b"), ("\"a \"\"b\"\"\"", "a \"b\""), ("\"\"", ""), ("\"a\nb\"", "a\nb"),
        ("\"a\r\nb\"", "a\r\nb"), ("\"\"\"\"", "\""), (" a ", "a"), ("a\"b", nil), ("\"a\"b", nil), ("\"a", nil),
        (" \"a\"", nil), ("\"a\" ", nil), ("a\u{0}", nil), ("\"\u{0}\"", nil), ("é", "é"),
    ]

    @Test(arguments: quotes)
    func `lets no quote end up in the wrong field`(text: String, memo: String?) throws {
        let reading = try one(memo: text)
        #expect(reading.isRefused == (memo == nil))
        if let memo { #expect(reading.items.first?.memo == memo) }
    }

    /// Rows behind the header, the reason for which they are refused.
    static let refused: [(String, Reason)] = [
        ("P,7001,2026-03-02,1,1,5.00,1,,\nT,,,1,1,5.00,,,,\n", .recordMalformed),
        ("P,7001,2026-03-02,1,1,5.00,1,,,,\nT,,,1,1,5.00,,,,\n", .recordMalformed),
        ("X,7001,2026-03-02,1,1,5.00,1,,,\nT,,,1,1,5.00,,,,\n", .recordUnknown),
        ("P,7001,2026-03-02,1,1,5.00,1,,,\n", .fileTruncated),
        ("P,7001,2026-02-30,1,1,5.00,1,,,\nT,,,1,1,5.00,,,,\n", .dateInvalid),
        ("P,7001,,1,1,5.00,1,,,\nT,,,1,1,5.00,,,,\n", .fieldMissing),
        ("P,7001,2026-03-02,,1,5.00,1,,,\nT,,,1,1,5.00,,,,\n", .fieldMissing),
        ("T,,,0,0,0.00,,,,\nP,7001,2026-03-02,1,1,5.00,1,,,\n", .recordOutOfOrder),
        ("P,7001,2026-03-02,1,1,5.00,1,,,\nB,7001,2026-03-02,2,1,5.00,,,,\nT,,,1,1,5.00,,,,\n", .recordOutOfOrder),
        ("P,7001,2026-03-02,1,1,5.00,1,,,\nB,7001,2026-03-03,1,1,5.00,,,,\nT,,,1,1,5.00,,,,\n", .recordOutOfOrder),
        ("P,7001,2026-03-02,1,1,5.00,1,,,\nT,,,1,1,5.0O,,,,\n", .amountNotNumeric),
        ("P,7001,2026-03-02,1,1,5.00,1,,,\nT,,,1,x,5.00,,,,\n", .fieldInvalid),
        ("T,,,0,0,0.00,,,,\n\u{1A}P", .recordMalformed),
    ]

    @Test(arguments: refused)
    func `refuses what is not as the layout says`(rows: String, reason: Reason) throws {
        #expect(try read(rows).refusal == reason)
    }

    @Test func `refuses a header with a column twice, and one without a column that is needed`() throws {
        #expect(try read("", header: "record,lockbox,amount,amount\n").refusal == .recordMalformed)
        let missing = try read("", header: "record,lockbox,deposit_date,batch,item\n")
        #expect(missing.refusal == .columnMissing)
        #expect(missing.refused?.fault.field == "amount")
        #expect(try read("", header: "").refusal == .fileTruncated)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `no line end changes what is read`(end: String) throws {
        let text = Self.header + "P,7001,2026-03-02,1,1,5.00,1,,,\n\nP,7001,2026-03-02,1,2,6.00,1,,,\nT,,,1,2,11.00,,,,"
        let reading = LayoutTesting.read(
            "\u{FEFF}" + text.replacing("\n", with: end), try LayoutTesting.layout("default"))
        #expect(reading.refusal == nil)
        #expect(reading.items.map(\.position.line) == [2, 4])
        #expect(reading.items.map(\.position.record) == [2, 3])
        #expect(reading.sum == Cents(1100))
    }

    @Test(
        arguments: [[0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xC3, 0x2C, 0xA9], [0xFE, 0xFF]] as [[UInt8]])
    func `refuses bytes that are not UTF-8`(bytes: [UInt8]) throws {
        let text = Array((Self.header + "P,7001,2026-03-02,1,1,5.00,1,").utf8) + bytes + Array(",,\n".utf8)
        let reading = LayoutTesting.read(text, try LayoutTesting.layout("default"))
        #expect(reading.refusal == .encodingInvalid)
        #expect(reading.refused?.fault.position.line == 2)
    }

    @Test func `reads no field without end`() throws {
        let long = String(repeating: "x", count: 70_000)
        #expect(try one(memo: long).refusal == .fieldTooLong)
        #expect(try one(memo: "\"" + long).refusal == .fieldTooLong)
        #expect(try one(memo: String(repeating: ",", count: 5000)).refusal == .recordMalformed)
        #expect(try one(memo: String(repeating: "x", count: 65_536)).refusal == nil)
    }

    @Test func `tells a thousand faults and no more`() throws {
        let rows = (1...1500).map { "P,7001,2026-03-02,1,\($0),x,1,,,\n" }.joined()
        let reading = try read(rows)
        #expect(reading.faults.count == 1000)
        #expect(reading.refused?.fault.reason == .amountNotNumeric)
    }

    @Test func `shows no bank account in clear`() throws {
        let rows =
            "P,7001,2026-03-02,1,1,5.00,1,99887766,,\nP,7001,2026-03-02,1,1,5.00,1,99887755,,\nT,,,1,1,5.00,,,,\n"
        let fault = try #require(try read(rows).faults.first)
        #expect(fault.reason == .recordMalformed)
        #expect(fault.position.line == 3)
        #expect(fault.message.contains("****7755"))
        #expect(!fault.message.contains("99887755"))
    }

    /// Scan line, account cut, amount due in cents.
    static let scanlines: [(String, String, Int64?)] = [
        ("6451572454000010612", "6451572454", 10612), ("64515?2454000010612", "64515?2454", 10612),
        ("6451572454000?10612", "6451572454", nil), ("645157245400001061", "", nil), ("64515724540000106122", "", nil),
        ("645157245A000010612", "", nil), ("", "", nil),
    ]

    @Test(arguments: scanlines)
    func `cuts no scan line at an unsure place`(line: String, account: String, due: Int64?) throws {
        let reading = try one(scanline: line)
        let item = try #require(reading.items.first)
        #expect(item.scanline == line)
        #expect(item.scanlineAccount == account)
        #expect(item.scanlineDue?.rawValue == due)
        #expect(reading.refusal == nil)
    }
}
