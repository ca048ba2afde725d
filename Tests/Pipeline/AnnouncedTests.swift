import Ledger
import Model
import Pipeline
import Review
import Testing

/// What brings no money is not shown as money, and a collection that nobody named does not pass without a word.
struct AnnouncedTests {
    private let amount = AccountBook.amount(1)

    private func collection(of company: String) -> String {
        var file = ACHFile(
            .init(collecting: amount, trace: "121042880000001"), .init(collecting: amount, trace: "121042880000002"))
        file.company = company
        return file.text
    }

    @Test func `never passes over debits of a company that nobody named`() throws {
        let office = try TemporaryHome()
        try office.drop("own.ach", collection(of: "1234567890"))
        try office.run()
        #expect(try office.queue == ["1-e1 collection-not-configured"])
        let exception = try office.exception("1-e1")
        #expect(exception.amount == amount + amount)
        #expect(exception.what.contains("2 debits") && exception.what.contains("company 1234567890"))
        #expect(exception.whyNotPosted.contains("config/sluice.yaml"))
        #expect(try office.decide("1-e1", "note") == nil)
        #expect(try office.queue == [] && office.ledger == [] && office.breaches == [])
    }

    @Test func `never asks about a company that is ours`() throws {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite(
                "config/sluice.yaml", in: $0, "collections: {}", with: "collections:\n  companies: [\"1234567890\"]")
        })
        try office.drop("own.ach", collection(of: "1234567890"))
        try office.run()
        #expect(try office.queue == [])
    }

    @Test func `never shows as credits what brings no money`() throws {
        let office = try TemporaryHome()
        try office.drop(
            "a.edi", "ST*820*1~\nBPR*I*51.37*C*ACH*CTX***********20260302~\nRMR*IV*W20001**51.37~\nSE*4*1~\n")
        try office.drop("b.ach", ACHFile(.init(paying: amount, trace: "071000500000007")).text)
        let report = try office.run()
        #expect(report.intakes.map(\.result.credits) == [.zero, amount])
    }
}
