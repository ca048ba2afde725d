import Ledger
import Model
import Testing

/// References as the office's policy writes them, from the file to the books.
struct ReferenceFormatTests {
    private static func posted(_ office: TemporaryHome) throws -> [String] {
        var check = Check(Cents(1_200), number: "4711", payer: "A Stranger")
        check.memo = "Ref 7001\(AccountBook.account(3))"
        try office.take("a.csv", Lockbox(batches: [[check]]))
        return try office.payments.flatMap { $0.allocations.map(\.account) }
    }

    @Test func `a reference is never read otherwise than the policy says`() throws {
        #expect(try Self.posted(TemporaryHome()) == [])
        let office = try TemporaryHome {
            try TemporaryHome.rewrite(
                "config/policy.yaml", in: $0, "  references: []\n", with: "  references: [\"7001{account}\"]\n")
        }
        #expect(try Self.posted(office) == [AccountBook.account(3)])
        #expect(try office.breaches == [])
    }
}
