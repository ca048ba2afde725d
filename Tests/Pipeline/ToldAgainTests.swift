import Ledger
import Model
import Testing

/// A check that two files tell, the second time with another bank account.
struct ToldAgainTests {
    @Test func `never posts a check again that comes with another bank account, nor a copy of that`() throws {
        let office = try TemporaryHome()
        let name = AccountBook().accounts[0].name
        for (day, bank) in [("2026-03-02", "11112222"), ("2026-03-03", "33334444"), ("2026-03-04", "33334444")] {
            let check = Check(
                AccountBook.amount(1), account: AccountBook.account(1), number: "1044", bankAccount: bank, payer: name)
            var file = Lockbox([check])
            file.date = day
            try office.take("\(day).csv", file)
        }
        #expect(try office.payments.map(\.status) == ["posted", "duplicate", "duplicate"])
        #expect(try office.breaches == [])
    }
}
