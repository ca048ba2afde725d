import Model
import Testing

@testable import Formats

/// What entries mean to a payment office, by class and addenda.
struct NACHAMeaningTests {
    private func items(_ file: String) throws -> [Item] { try NACHATesting.read(fixture: file).items }

    @Test func `no credit shows our own account as the payer's`() throws {
        for item in try items("lines-lf.ach") {
            #expect(item.payer == "OAK BILL PAY")
            #expect(item.bankAccount.isEmpty && item.routing.isEmpty)
        }
    }

    @Test func `no debit loses its payer`() throws {
        let item = try #require(try items("web-tel-debits.ach").first)
        #expect(item.direction == .debit && item.tender == .achDebit)
        #expect(item.payer == "ROSA ALDEN" && item.routing == "121042882" && item.bankAccount == "4410022331")
        #expect(item.reference == "204417")
    }

    @Test func `no return passes as a payment`() throws {
        let items = try items("returns.ach")
        #expect(items.allSatisfy { $0.kind == .returned })
        #expect(items.map { $0.original?.code } == ["R01", "R03"])
        #expect(items.map { $0.original?.trace } == ["051000010000101", "051000010000102"])
        #expect(items.map { $0.original?.isDisputed } == [false, false])
    }

    @Test func `no dishonoured or contested return passes as a plain one`() throws {
        let items = try items("disputed-returns.ach")
        #expect(items.map { $0.original?.isDisputed } == [true, true])
        #expect(items.map { $0.original?.date } == [nil, CivilDate(year: 2026, month: 2, day: 27)])
    }

    @Test func `no notice of change carries money`() throws {
        let items = try items("changes.ach")
        #expect(items.allSatisfy { $0.kind == .notice && $0.amount == .zero })
        #expect(items.map { $0.original?.code } == ["C01", "C02"])
        #expect(items.map { $0.original?.text } == ["account ****2332", "routing 091012984"])
    }

    @Test func `no notice of change shows an account number, of IAT neither`() throws {
        let items = try items("iat-changes.ach")
        #expect(items.map { $0.original?.change?.what } == ["account number", "routing number"])
        #expect(items.map { $0.original?.change?.bankAccount } == ["****5123", ""])
        #expect(items.map { $0.original?.change?.routing } == ["", "121042882"])
        #expect(items.map { $0.original?.change?.record } == [4, 6])
        #expect(items.map(\.bankAccount) == ["88100223", "88100224"])
    }

    @Test func `no check made an entry loses its number`() throws {
        let items = try items("checks.ach")
        #expect(items.map(\.checkNumber) == ["1001", "1002", "1003", "1004"])
        #expect(items.allSatisfy { $0.tender == .check && $0.reference.isEmpty })
    }

    @Test func `no card number stands in clear as a payer`() throws {
        #expect(try items("cards.ach").map(\.payer) == ["LENA OSTROW", "****1234"])
    }

    @Test func `no customer of a bill service is taken for the service`() throws {
        let item = try #require(try items("cie.ach").first)
        #expect(item.payer == "ROSA ALDEN" && item.account == "204417")
    }

    @Test func `no line of an 820 is lost where its addenda cut it`() throws {
        let item = try #require(try items("ctx-820.ach").first)
        #expect(
            item.lines == [
                RemittanceLine(bill: "INV-20417", amount: Cents(125_075)),
                RemittanceLine(bill: "INV-20418", amount: Cents(25)),
                RemittanceLine(account: "118200", amount: Cents(24_900)),
            ])
        #expect(item.lines.compactMap(\.amount).sum == item.amount)
        #expect(item.memo == "PR PINE STREET BAKERY AC 204417 MARCH AND APRIL")
    }

    @Test func `no amount of a line is guessed`() throws {
        let reading = try NACHATesting.read(fixture: "ctx-bad-amount.ach")
        #expect(reading.items.first?.lines.map(\.amount) == [nil, Cents(-300)])
        #expect(reading.faults.map(\.reason) == [.amountNotNumeric])
    }

    @Test func `no text that is not X12 is cut into segments`() {
        for text in ["REF-1-2.", "INV 12", "PAY*ME", "RMR*IV*1*PI*2", "", "rmr*a~", "RMR*IV*1~stray", "REF/1/2/"] {
            #expect(RemittanceSegments(text) == nil, "\(text)")
        }
    }

    @Test func `no settlement day falls into another year than its batch`() {
        let newYear = CivilDate(year: 2026, month: 1, day: 2)!
        #expect(ACHDates.julian(365, near: newYear) == CivilDate(year: 2025, month: 12, day: 31))
        #expect(ACHDates.julian(2, near: newYear) == newYear)
        #expect(ACHDates.julian(366, near: CivilDate(year: 2025, month: 6, day: 1)!) == CivilDate(packed: 2024_12_31))
        #expect(ACHDates.julian(367, near: newYear) == nil)
        #expect(ACHDates.julian(0, near: newYear) == nil)
    }

    @Test(arguments: ["REVERSAL  ", "RECLAIM   ", "reversal  "])
    func `no entry of a reversal counts as a payment`(description: String) throws {
        var lines = try NACHATesting.lines("lines-lf.ach")
        lines[1] = NACHATesting.edit(lines[1], 54, description)
        let read = NACHATesting.read(lines)
        #expect(!read.items.isEmpty && read.items.allSatisfy { $0.kind == .returned })
    }

    @Test func `no prenote counts as booked, whatever its amount`() throws {
        var lines = try NACHATesting.lines("prenotes.ach")
        lines[2] = NACHATesting.edit(lines[2], 30, "0000005000")
        #expect(NACHATesting.read(lines).items.map(\.booking) == [.pending, .pending])
    }
}
