import Matching
import Model
import Testing

/// The trace number of an ACH payment is no account's, whatever digits it has.
struct TraceTextTests {
    @Test(arguments: [
        ("TRN*1*4012345775*1555666777~", "~"), ("TRN*1*4012345775", ""),
        ("pay TRN|1|4012345775\\ ACCT 12", "pay \\ ACCT 12"),
        ("TRNSFER 4012345775", "TRNSFER 4012345775"), ("TRN 4012345775", "TRN 4012345775"), ("", ""),
    ])
    func `never reads it as an account number`(memo: String, text: String) {
        var item = Item()
        item.memo = memo
        item.tender = .achCredit
        #expect(item.memoWithoutTrace == text)
    }
}
