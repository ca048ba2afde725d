import Foundation
import Model
import Testing

@testable import Formats

/// What a layout's own text may not say.
struct LayoutTextTests {
    @Test(arguments: LayoutTesting.names)
    func `no layout that ships is invalid`(name: String) throws {
        let layout = try LayoutTesting.layout(name)
        #expect(layout.name == name)
        #expect(!layout.bank.isEmpty)
    }

    /// Text in the default layout, what it becomes, the key that the message names.
    static let faults = [
        ("separator: \",\"", "seperator: \",\"", "delimited.seperator"),
        ("header: true", "header: perhaps", "delimited.header"),
        ("record-column: record", "record-column: record\n  typo: 1", "delimited.typo"),
        ("      amount: amount\n", "", "records[0].fields"),
        ("      amount: amount\n", "      amount: amount\n      amuont: amount\n", "records[0].fields.amuont"),
        ("is: payment", "is: paiment", "records[0].is"),
        ("is: payment", "is: payment\n    colour: red", "records[0].colour"),
        (
            "routing: {at: routing, optional: true}", "routing: {at: routing, optionl: true}",
            "records[0].fields.routing.optionl"
        ),
        ("batches: batch,", "payer: batch,", "records[2].fields.payer"),
        ("dates: yyyy-mm-dd", "dates: yyyy-mm", "dates"),
        ("dates: yyyy-mm-dd", "dates: dd.dd.yyyy", "dates"),
        ("account: 1-10", "account: 1-20", "scanline.account"),
        ("account: 1-10", "account: 0-10", "scanline.account"),
        ("usual: check", "usual: cheque", "tender.usual"),
        ("decimal-mark: \".\"", "decimal-mark: \"..\"", "money.decimal-mark"),
        ("decimal-mark: \".\"", "decimal-mark: \"5\"", "money.decimal-mark"),
        ("decimal-mark: \".\"", "decimal-mark: \".\", group-mark: \".\"", "money.group-mark"),
        ("encoding: utf-8", "encoding: ebcdic", "encoding"),
        ("format: lockbox-csv", "format: lockbox", "format"),
        ("layout: default", "layout: default\nlayouts: more", "layouts"),
        ("layout: default", "", "layout"),
        ("columns: [record, lockbox", "kolumns: [record, lockbox", "recognise.kolumns"),
        ("quote: '\"'", "quote: \",\"", "delimited.quote"),
    ]

    @Test(arguments: faults)
    func `refuses a layout by the path of the key that is wrong`(text: String, becomes: String, key: String) throws {
        let yaml = try LayoutTesting.yaml("default").replacing(text, with: becomes, maxReplacements: 1)
        let refused = #expect(throws: FileRefused.self) { try Layout(yaml: yaml, file: "mine.yaml") }
        #expect(refused?.fault.reason == .layoutInvalid)
        #expect(refused?.fault.field == key)
        #expect(refused?.fault.message.hasPrefix("mine.yaml: \(key): ") == true, "\(refused?.fault.message ?? "")")
    }

    @Test(arguments: ["", "just a text", "a: [1", "layout: x\nlayout: y", "- 1\n- 2"])
    func `refuses what is no layout at all`(yaml: String) {
        let refused = #expect(throws: FileRefused.self) { try Layout(yaml: yaml, file: "mine.yaml") }
        #expect(refused?.fault.reason == .layoutInvalid)
    }

    /// Pattern, text, the day as `yyyymmdd` or nil.
    static let days: [(String, String, Int32?)] = [
        ("yyyy-mm-dd", "2026-03-02", 2026_03_02), ("yyyy-mm-dd", "2026-3-2", nil), ("yyyy-mm-dd", "2026/03/02", nil),
        ("yyyy-mm-dd", "2026-02-29", nil), ("yyyy-mm-dd", "2024-02-29", 2024_02_29), ("yyyy-mm-dd", "", nil),
        ("yyyy-mm-dd", "2026-03-02T", nil), ("yyyy-mm-dd", "０026-03-02", nil), ("mm/dd/yyyy", "03/02/2026", 2026_03_02),
        ("mm/dd/yyyy", "13/02/2026", nil), ("dd.mm.yyyy", "13.02.2026", 2026_02_13), ("mmddyy", "051616", 2016_05_16),
        ("yymmdd", "690101", 2069_01_01), ("yymmdd", "700101", 1970_01_01), ("yymmdd", "26030", nil),
        ("yyyymmdd", "20260302", 2026_03_02), ("yyyymmdd", "2026 302", nil), ("yyyymmdd", "00000000", nil),
    ]

    @Test(arguments: days)
    func `reads no day in another order than the pattern's`(pattern: String, text: String, day: Int32?) throws {
        let bytes = Array(text.utf8)
        #expect(try #require(DatePattern(pattern, pivot: 70)).read(bytes.span)?.packed == day)
    }

    @Test(arguments: ["", "yyyy", "yyy-mm-dd", "d/m/yyyy", "yyyymmddyy", "ymd", "hh-mm-dd"])
    func `refuses a date pattern that does not name year, month and day once`(pattern: String) {
        #expect(DatePattern(pattern, pivot: 70) == nil)
    }

    @Test func `needs no quotes around column numbers`() throws {
        let yaml = try LayoutTesting.yaml("riverbend").replacing("\"2\"", with: "2").replacing("\"1\"", with: "1")
        let layout = try Layout(yaml: yaml, file: "mine.yaml")
        let file = try LayoutTesting.bytes(LayoutTesting.fixtures.appending(path: "layouts/riverbend.txt"))
        #expect(LayoutTesting.read(file, layout) == LayoutTesting.read(file, try LayoutTesting.layout("riverbend")))
    }

    @Test func `reads no line of head or foot as a record`() throws {
        let yaml = try LayoutTesting.yaml("default")
            .replacing("header: true", with: "header: true\n  skip-head: 2\n  skip-foot: 1")
        let text =
            "a \"letter\r\nhead\r\nrecord,lockbox,deposit_date,batch,item,amount\r\n"
            + "P,7001,2026-03-02,1,1,5.00\r\nT,,,1,1,5.00\r\nprinted on Monday\r\n"
        let reading = LayoutTesting.read(text, try Layout(yaml: yaml, file: "mine.yaml"))
        #expect(reading.refusal == nil)
        #expect(reading.items.map(\.position) == [Position(line: 4, record: 2, byte: 64)])
        #expect(reading.sum == Cents(500))
    }
}
