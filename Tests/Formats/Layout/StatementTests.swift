import Model
import Testing

@testable import Formats

/// Statements and processors' files: which way money went, what a row is, what was kept of it.
struct StatementTests {
    /// A layout of a statement; `more` are keys at its top, `fields` what its rows hold beside day.
    static func layout(_ fields: String, more: String = "", money: String = "signed: false") throws -> Layout {
        try Layout(
            yaml: """
                layout: mine
                format: bank-csv
                delimited: {separator: ";", quote: '"', header: true}
                recognise: {columns: [day]}
                money: {decimal-mark: ".", \(money)}
                constants: {currency: USD, lockbox: MINE}
                \(more)
                records:
                  - is: payment
                    fields: {deposit-date: day, \(fields)}
                """, file: "mine.yaml")
    }

    static func read(_ rows: String, _ header: String, _ layout: Layout) -> LayoutReading {
        let rows = rows.split(separator: "\n").map { "2026-03-02;\($0)\n" }.joined()
        return LayoutTesting.read("day;\(header)\n" + rows, layout)
    }

    static func amounts(_ reading: LayoutReading) -> [Int64?] {
        reading.items.map { item in item.amount.map { item.direction == .credit ? $0.rawValue : -$0.rawValue } }
    }

    /// What stands in the columns debit and credit, the cents read, or nil where the file is refused.
    static let columns: [(String, Int64?)] = [
        (";5.00", 500), ("5.00;", -500), ("0.00;5.00", 500), ("5.00;0.00", -500), ("-5.00;", -500), (";-5.00", nil),
        ("5.00;5.00", nil), (";", nil), (" ; ", nil), ("x;", nil), ("5.00;x", nil), ("0.001;5.00", nil),
        ("0.00;0.00", 0),
    ]

    @Test(arguments: columns)
    func `guesses no amount out of two columns`(text: String, cents: Int64?) throws {
        let layout = try Self.layout("debit: out, credit: in", money: "signed: true")
        let reading = Self.read(text, "out;in", layout)
        #expect(reading.isRefused == (cents == nil))
        if let cents { #expect(Self.amounts(reading) == [cents]) }
    }

    @Test func `takes no word for a sign that the layout does not know`() throws {
        let layout = try Self.layout("amount: sum, sign: dc", more: "sign: {credit: [C, ''], debit: [D]}")
        #expect(Self.amounts(Self.read("1.00;C\n2.00;D\n3.00;", "sum;dc", layout)) == [100, -200, 300])
        for word in ["c", "X", "CD"] {
            #expect(Self.read("1.00;\(word)", "sum;dc", layout).refusal == .fieldInvalid)
        }
        #expect(Self.read("-1.00;C", "sum;dc", layout).refusal == .amountNotNumeric)
    }

    @Test func `reads no bracket as a credit`() throws {
        let layout = try Self.layout("amount: sum", money: "signed: true")
        #expect(Self.amounts(Self.read("(1.00)\n-2.00\n3.00-\n4.00", "sum", layout)) == [-100, -200, -300, 400])
        #expect(Self.read("(-1.00)", "sum", layout).refusal == .amountNotNumeric)
        let unsigned = try Self.layout("amount: sum")
        #expect(Self.read("(1.00)", "sum", unsigned).refusal == .amountNotNumeric)
    }

    @Test func `takes no row for a payment that may be something else`() throws {
        let layout = try Self.layout(
            "amount: sum, kind: type, original-trace: first, original-code: code, original-text: why",
            more: "kind: {usual: payment, names: {Sale: payment, Chargeback: returned, Fee: fee, Settlement: sum}}")
        let header = "sum;type;first;code;why"
        let reading = Self.read(
            "1.00;Sale;;;\n2.00;Chargeback;T-1;10.4;fraud\n3.00;Fee;;;\n4.00;Settlement;;;\n5.00;;;;", header, layout)
        #expect(reading.items.map(\.kind) == [.payment, .returned, .fee, .sum, .payment])
        #expect(Self.amounts(reading) == [100, -200, -300, 400, 500])
        #expect(reading.items[1].original?.trace == "T-1")
        #expect(reading.items[1].original?.code == "10.4")
        #expect(reading.items[1].original?.text == "fraud")
        #expect(reading.items[0].original == nil)
        #expect(Self.read("1.00;Reversal;;;", header, layout).refusal == .fieldInvalid)
    }

    @Test func `gross, fee and net never disagree unseen`() throws {
        let layout = try Self.layout("amount: gross, fee: fee, net: net", money: "signed: true")
        let reading = Self.read("100.00;2.90;97.10\n50.00;;50.00\n-20.00;-0.50;-19.50", "gross;fee;net", layout)
        #expect(reading.refusal == nil)
        #expect(Self.amounts(reading) == [10000, -290, 5000, -2000, 50])
        #expect(reading.items.map(\.kind) == [.payment, .fee, .payment, .payment, .fee])
        #expect(reading.items[1].position == reading.items[0].position)
        for row in ["100.00;2.90;97.11", "100.00;2.90;102.90", "100.00;;97.10", "-20.00;0.50;-19.50"] {
            #expect(Self.read(row, "gross;fee;net", layout).refusal == .itemOutOfBalance, "\(row)")
        }
    }

    @Test func `no batch of ours holds money of both directions or two currencies`() throws {
        let layout = try Self.layout("amount: sum, currency: ccy", money: "signed: true")
        let reading = Self.read("1.00;USD\n2.00;USD\n-3.00;USD\n4.00;USD\n5.00;EUR", "sum;ccy", layout)
        var batches: [[String]] = []
        for event in reading.events {
            if case .batchBegins = event { batches.append([]) }
            if case .item(let item) = event { batches[batches.count - 1].append("\(item.direction) \(item.currency)") }
        }
        #expect(batches.map { Set($0).count } == [1, 1, 1, 1])
        #expect(batches.map(\.count) == [2, 1, 1, 1])
    }

    @Test func `no two accounts of ours share a deposit`() throws {
        let layout = try Self.layout("amount: sum, our-account: ours")
        let reading = Self.read("1.00;111\n2.00;111\n3.00;222", "sum;ours", layout)
        let accounts = reading.events.compactMap { event in
            if case .depositBegins(let deposit) = event { deposit.bankAccount } else { nil }
        }
        #expect(accounts == ["111", "222"])
    }

    @Test func `passes over no row but those that the layout excludes`() throws {
        let layout = try Self.layout(
            "amount: sum", more: "exclude: [{column: state, text: PENDING}, {column: note, holds: filled}]")
        let reading = Self.read("1.00;BOOKED;\nx;PENDING;\n3.00;BOOKED;void\n4.00;pending;", "sum;state;note", layout)
        #expect(Self.amounts(reading) == [100, 400])
        #expect(Self.read("1.00", "sum", layout).refusal == .columnMissing)
    }

    @Test func `passes over no row that is cut`() throws {
        let layout = try Self.layout("amount: sum", more: "exclude: [{column: state, text: PENDING}]")
        #expect(Self.read("1.00;PENDING", "sum;state;note", layout).refusal == .recordMalformed)
        #expect(Self.read("1.00;x;y;PENDING", "sum;more;state", layout).refusal == .recordMalformed)
    }

    @Test func `takes no sum or return for a payment that says so in words`() throws {
        let layout = try Self.layout(
            "credit: in, debit: out, trace: number",
            more: """
                kinds:
                  - {column: text, contains: Lockbox Deposit, kind: sum}
                  - {column: text, contains: RETURNED, kind: returned}
                  - {column: text, text: FEE, kind: fee}
                """)
        let reading = Self.read(
            """
            1.00;;LOCKBOX DEPOSIT 7001;N1
            2.00;;lockbox deposit;N2
            3.00;;LOCKBOX  DEPOSIT;N3
            ;4.00;ITEM RETURNED NSF;N4
            ;5.00;FEE;N5
            ;6.00;FEES;N6
            7.00;;;N7
            """, "in;out;text;number", layout)
        #expect(reading.items.map(\.kind) == [.sum, .sum, .payment, .returned, .fee, .payment, .payment])
        #expect(Self.amounts(reading) == [100, 200, 300, -400, -500, -600, 700])
        #expect(reading.items.map { $0.original?.trace } == [nil, nil, nil, "N4", nil, nil, nil])
        #expect(reading.events.allSatisfy { if case .fault = $0 { false } else { true } })
        #expect(Self.read("1.00;;N1", "in;out;number", layout).refusal == .columnMissing)
    }

    @Test func `lets no sign turn what a rule says goes out`() throws {
        let layout = try Self.layout(
            "amount: sum, kind: type",
            more: """
                kind: {names: {Sale: payment, Refund: returned}}
                kinds: [{column: type, text: Refund, kind: returned, direction: debit}]
                """, money: "signed: true")
        let reading = Self.read("1.00;Sale\n2.00;Refund\n-3.00;Refund\n-4.00;Sale", "sum;type", layout)
        #expect(Self.amounts(reading) == [100, -200, -300, -400])
        #expect(reading.items.map(\.kind) == [.payment, .returned, .returned, .payment])
    }

    /// Fields, more keys, money, the key that the message names.
    static let invalid: [(String, String, String, String)] = [
        ("amount: a, credit: b", "", "signed: false", "records[0].fields"),
        ("payer: a", "", "signed: false", "records[0].fields"),
        ("amount: a, net: n", "", "signed: false", "records[0].fields.net"),
        ("amount: a, sign: s", "", "signed: false", "sign"),
        ("amount: a", "sign: {credit: [C], debit: [D]}", "signed: false", "sign"),
        ("amount: a, sign: s", "sign: {credit: [C], debit: [C]}", "signed: false", "sign"),
        ("amount: a, sign: s", "sign: {credit: [C], debit: [D]}", "signed: true", "money.signed"),
        ("amount: a, kind: k", "kind: {names: {X: refund}}", "signed: false", "kind.names.X"),
        ("amount: a, kind: k", "kind: {usual: payment}", "signed: false", "kind.names"),
        ("amount: a", "exclude: [{columns: 1-2, text: x}]", "signed: false", "exclude[0]"),
        ("amount: a", "exclude: [{column: b}]", "signed: false", "exclude[0]"),
        ("amount: a", "exclude: [{column: b, text: x, unless: y}]", "signed: false", "exclude[0]"),
        ("amount: a", "kinds: [{column: b, kind: sum}]", "signed: false", "kinds[0]"),
        ("amount: a", "kinds: [{column: b, text: x, contains: xyz, kind: sum}]", "signed: false", "kinds[0]"),
        ("amount: a", "kinds: [{column: b, contains: x, kind: sum}]", "signed: false", "kinds[0].contains"),
        ("amount: a", "kinds: [{column: b, text: x, kind: refund}]", "signed: false", "kinds[0].kind"),
        (
            "amount: a", "kinds: [{column: b, text: x, kind: sum, direction: out}]", "signed: false",
            "kinds[0].direction"
        ),
        ("amount: a", "tolerates: [anything]", "signed: false", "tolerates[0]"),
        ("credit: a, debit: {at: b, optional: true}", "", "signed: false", "records[0].fields.debit.optional"),
        ("amount: a, batch: b, fee: f", "", "signed: false", "records"),
    ]

    @Test(arguments: invalid)
    func `refuses a layout that could be read in two ways`(
        fields: String, more: String, money: String, key: String
    ) throws {
        let refused = #expect(throws: FileRefused.self) { try Self.layout(fields, more: more, money: money) }
        #expect(refused?.fault.reason == .layoutInvalid)
        #expect(refused?.fault.field == key)
    }
}
