import Testing

@testable import Formats

/// A file whose payments of 1.01, 1.02 and so on follow each other in one batch, in lines of one length.
struct RunFile: Sendable, CustomTestStringConvertible {
    var name: String
    /// Its layout; nil where it is a NACHA file.
    var layout: @Sendable () throws -> Layout?
    var head: [String]
    var lines: [String]
    var tail: [String]
    /// Records that may come between.
    var others: [String]

    var testDescription: String { name }

    /// Where the first payment begins, where lines end with two bytes.
    var start: Int { head.reduce(0) { $0 + $1.utf8.count + 2 } }

    func bytes(end: String) -> [UInt8] { Array(((head + lines + tail).joined(separator: end) + end).utf8) }

    func makeReader() throws -> () -> any FormatReader {
        guard let layout = try layout() else { return { NACHAReader() } }
        return { layout.makeReader() }
    }
}

// BAI lockboxes, by the layouts that ship.
extension RunFile {
    static let lockboxes = ["a", "b", "c"].map { dialect in
        RunFile(
            name: "BAI \(dialect)", layout: { try LayoutTesting.layout("bai-lockbox-\(dialect)") },
            head: ["100WATER     01210003582603020615", "2WATER     0121000358", "50010000007001260302"].map(wide),
            lines: (1...6).map { payment($0, dialect) },
            tail: [
                "700100000070012603020060000000621",
                "80000000007001260302" + (dialect == "b" ? "006" : "0006") + "0000000621", "900000012",
            ].map(wide),
            others: [
                "40010026010B-1                10000", "40010029010B-1       00000001009", "50020000007001260302",
                payment(1, dialect).replacing("6001", with: "6002"), "3",
            ].map(wide))
    }

    private static func payment(_ number: Int, _ dialect: String) -> String {
        let amount = "000000010\(number)"
        let line =
            switch dialect {
            case "a": "600100\(number)\(amount)12104288200000000550000001001030226Ada Albergard"
            case "b":
                "600100\(number)00070012603020000012345" + "1210428821\(amount)12104288000000005500000000100\(number)"
            default: "600100\(number)0007001260302121042886451572450\(amount)0000000000323291139600001001"
            }
        return wide(line)
    }

    private static func wide(_ line: String) -> String {
        line + String(repeating: " ", count: max(0, 80 - line.utf8.count))
    }
}

// A layout that has all that a payment of a run may have.
extension RunFile {
    static let dated = RunFile(
        name: "dated", layout: { try Layout(yaml: yaml, file: "dated.yaml") }, head: ["H", "500126030200001"],
        lines: (1...6).map { dated($0, $0 < 4 ? "2026-03-02" : "2026-03-0\($0)") }, tail: ["7001006   6.21", "9"],
        others: [
            "4001MEMO", "500226030200001", dated(1, "          "), dated(1, "2026-02-30"),
            dated(1, "2026-03-02").replacing("2026030", with: "       "),
            dated(1, "2026-03-02").replacing("      5", with: "x     5"),
        ])

    private static func dated(_ number: Int, _ day: String) -> String {
        "600100\(number)0001.0\(number)\(day)20260303030226" + "      55 ADA ALBERGARD"
    }

    private static let yaml = """
        layout: dated
        format: lockbox-bai
        bank: Fixed columns with days
        encoding: ascii
        fixed: {type-columns: 1-1, length: 1-60}
        recognise: {starts: [H, "5"]}
        money: {decimal-mark: "."}
        dates: yyyy-mm-dd
        constants: {currency: USD}
        records:
          - {type: H, is: file-header}
          - type: "5"
            is: batch-header
            fields: {batch: 2-4, deposit-date: {at: 5-10, date: yymmdd}, lockbox: 11-15}
          - type: "6"
            is: payment
            fields:
              batch: 2-4
              item: 5-7
              amount: 8-14
              value-date: 15-24
              booking-date: {at: 25-32, date: yyyymmdd}
              check-date: {at: 33-38, date: mmddyy}
              filler: 39-44
              payer: 45-60
          - {type: "4", is: line, fields: {batch: 2-4, memo: 5-60}}
          - {type: "7", is: batch-trailer, required: true, fields: {batch: 2-4, items: 5-7, total: 8-14}}
          - {type: "9", is: file-trailer, required: true, fields: {}}
        """
}

// A layout whose payments name their batch, and may go on in another line.
extension RunFile {
    static let unheaded = RunFile(
        name: "unheaded", layout: { try Layout(yaml: unheadedYAML, file: "unheaded.yaml") }, head: ["H"],
        lines: (1...6).map { unheaded($0, 1) }, tail: ["9"],
        others: [
            unheaded(1, 2), unheaded(1, 1, "0002.00"), unheaded(1, 1).replacing("A-1", with: "A-2"),
            unheaded(1, 1).replacing("2026", with: "2025"),
        ])

    private static func unheaded(_ number: Int, _ batch: Int, _ amount: String? = nil) -> String {
        "600\(batch)00\(number)" + (amount ?? "0001.0\(number)") + "2026-03-02A-1  0001.00"
    }

    private static let unheadedYAML = """
        layout: unheaded
        format: lockbox-bai
        bank: Fixed columns without batch headers
        encoding: ascii
        fixed: {type-columns: 1-1, length: 1-60}
        recognise: {starts: [H, "6"]}
        money: {decimal-mark: "."}
        dates: yyyy-mm-dd
        constants: {currency: USD}
        records:
          - {type: H, is: file-header}
          - type: "6"
            is: payment
            fields: {batch: 2-4, item: 5-7, amount: 8-14, deposit-date: 15-24, bill: 25-29}
          - {type: "9", is: file-trailer, required: true, fields: {}}
        """
}

// NACHA entries, by the batch header's columns from 2 on and a transaction code.
extension RunFile {
    static let entries = nacha("NACHA", "200", "PPDWATER BILL", "22")
    static let entryBatches = [
        nacha("NACHA credits", "220", "PPDWATER BILL", "22"), nacha("NACHA debits", "225", "WEBWATER BILL", "27"),
        nacha("NACHA reversal", "200", "PPDREVERSAL  ", "22"), nacha("NACHA with counts", "200", "CTXWATER BILL", "22"),
        nacha("NACHA without names", "200", "TRCWATER BILL", "22"),
    ]

    private static func nacha(_ name: String, _ service: String, _ batch: String, _ code: String) -> RunFile {
        let company = "1990011223"
        return RunFile(
            name: name, layout: { nil },
            head: [
                "101 121042882 0510000172603020930A094101HARBOR TRUST BANK      LAKE CLEARING BANK     TEST0001",
                "5\(service)OAK BILL PAY                        \(company)\(batch)2603022603030621051000010000001",
            ], lines: (1...6).map { entry($0, code) },
            tail: [
                "8\(service)0000060045840750"
                    + (code == "22" ? "000000000000000000000621" : "000000000621000000000000")
                    + company + "                         051000010000001",
                "9000001000001000000060045840750"
                    + (code == "22" ? "000000000000000000000621" : "000000000621000000000000")
                    + String(repeating: " ", count: 39),
            ],
            others: [
                "705ACCOUNT 204417 MARCH                                                            00010000003",
                entry(3, "22"), entry(3, "27"), entry(3, "23"), entry(3, "21"), entry(3, "55"), entry(9, "22"),
                entry(3, "22").replacing("ROSA ALDEN", with: "0000000000"),
                "799R03051000010000102      03130001ASK BRANCH                                  051000010000002",
            ])
    }

    private static func entry(_ number: Int, _ code: String) -> String {
        "6\(code)076401251700100200        000000010\(number)ACCT-204417    "
            + "ROSA ALDEN              005100001000000\(number)"
    }
}
