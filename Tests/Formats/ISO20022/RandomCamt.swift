import Model

@testable import Formats

/// A message written at random in one of the dialects that circulate, with the items it holds.
struct RandomCamt {
    private(set) var text = ""
    /// One line an item, as `line` renders them.
    private(set) var items: [String] = []

    // The dialect.
    private let prefix: String
    private let isOld: Bool
    private let quote: String
    private let lineEnd: String
    private let currency: String

    init(using random: inout SeededGenerator) {
        isOld = .random(using: &random)
        prefix = Int.random(in: 0..<4, using: &random) == 0 ? "n:" : ""
        quote = .random(using: &random) ? "\"" : "'"
        lineEnd = ["", "\n", "\r\n", "\r", "\n  "].randomElement(using: &random)!
        currency = ["USD", "EUR", "CHF"].randomElement(using: &random)!
        let (message, unit) = [
            ("BkToCstmrDbtCdtNtfctn", "Ntfctn"), ("BkToCstmrStmt", "Stmt"), ("BkToCstmrAcctRpt", "Rpt"),
        ].randomElement(using: &random)!
        var units = ""
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            var entries = tag("Id", "U")
            for _ in 0..<Int.random(in: 0...4, using: &random) { entries += entry(&random) }
            units += tag(unit, entries)
        }
        let space = isOld ? "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02" : "urn:any:other"
        let named = prefix.isEmpty ? "xmlns" : "xmlns:n"
        text =
            "<\(prefix)Document \(named)=\(quote)\(space)\(quote)>\(tag(message, units))</\(prefix)Document>\(lineEnd)"
    }

    /// What is compared: amount, direction, booking, payer, memo, end-to-end id.
    static func line(_ item: Item) -> String {
        line(
            item.amount?.rawValue ?? -1, item.direction, item.booking, item.currency,
            [item.payer, item.memo, item.endToEnd])
    }

    private static func line(
        _ cents: Int64, _ direction: Direction, _ booking: Booking, _ currency: String, _ texts: [String]
    ) -> String {
        "\(cents) \(direction.rawValue) \(booking.rawValue) \(currency) \(texts.joined(separator: "|"))"
    }

    private func tag(_ name: String, _ inside: String) -> String {
        "<\(prefix)\(name)>\(inside)</\(prefix)\(name)>\(lineEnd)"
    }

    private func amount(_ cents: Int64, _ random: inout SeededGenerator) -> String {
        var written = Cents(cents).description
        switch Int.random(in: 0..<4, using: &random) {
        case 0: written += "000"
        case 1 where cents % 100 == 0: written.removeLast(3)
        case 2 where cents % 10 == 0: written.removeLast()
        default: break
        }
        return "<\(prefix)Amt Ccy=\(quote)\(currency)\(quote)>\(written)</\(prefix)Amt>"
    }

    private mutating func entry(_ random: inout SeededGenerator) -> String {
        let count = [0, 1, 1, 2, 5].randomElement(using: &random)!
        let direction: Direction = .random(using: &random) ? .credit : .debit
        let booking = [Booking.booked, .booked, .pending].randomElement(using: &random)!
        let amounts = (0..<max(count, 1)).map { _ in
            Int64.random(in: 0...(Bool.random(using: &random) ? 500 : 9_999_999_99), using: &random)
        }
        let status = booking == .booked ? "BOOK" : "PDNG"
        var inside = amount(amounts.reduce(0, +), &random)
        inside += tag("CdtDbtInd", direction == .credit ? "CRDT" : "DBIT")
        inside += tag("Sts", isOld ? status : tag("Cd", status))
        let leavesAmount = count == 1 && Bool.random(using: &random)
        var details = ""
        for cents in amounts {
            let (text, texts) = detail(cents, leavesAmount: leavesAmount, &random)
            if count > 0 { details += text }
            items.append(Self.line(cents, direction, booking, currency, count > 0 ? texts : ["", "", ""]))
        }
        return tag("Ntry", inside + (count > 0 ? tag("NtryDtls", details) : ""))
    }

    private func detail(
        _ cents: Int64, leavesAmount: Bool, _ random: inout SeededGenerator
    ) -> (String, [String]) {
        let names = [
            ("A. Moor", "A. Moor"), ("B &amp; Co", "B & Co"), ("<![CDATA[<C>]]>", "<C>"), ("Zoë&#32;日", "Zoë 日"),
        ]
        let name = names.randomElement(using: &random)!
        let memos = (0..<Int.random(in: 0...3, using: &random)).map { "memo \($0)" }
        let number = "E\(Int.random(in: 1...99_999, using: &random))"
        var inside = tag("Refs", tag("EndToEndId", number))
        if !leavesAmount {
            let written = amount(cents, &random)
            inside += isOld ? tag("AmtDtls", tag("TxAmt", written)) : written
        }
        inside += tag("RltdPties", tag("Dbtr", isOld ? tag("Nm", name.0) : tag("Pty", tag("Nm", name.0))))
        if !memos.isEmpty { inside += tag("RmtInf", memos.map { tag("Ustrd", $0) }.joined()) }
        return (tag("TxDtls", inside), [name.1, memos.joined(separator: " "), number])
    }
}
