import Model
import Testing

@testable import Pipeline

struct CurrencySumTests {
    /// Items of one batch, some told by their figures alone.
    @Test
    func `no sum is another currency's, however the items are told`() {
        var tally = Tally()
        tally.take(.depositBegins(Deposit()))
        for batch in 0..<2 {
            tally.take(.batchBegins(Batch()))
            for (place, currency) in ["USD", "WATERPOINTS", "USD", "EUR", "EUR", "WATERPOINTS", "USD"].enumerated() {
                var item = Item()
                item.amount = Cents(Int64(100 + place))
                item.currency = currency
                let isTold = item.figures.currency.isLong || (place + batch).isMultiple(of: 2)
                tally.take(isTold ? .item(item) : .figures(item.figures))
            }
            tally.take(.batchEnds(Declared()))
        }
        let sums = tally.currencies.map { "\($0.currency) \($0.items) \($0.credits)" }
        #expect(sums == ["USD 6 6.16", "WATERPOINTS 4 4.12", "EUR 4 4.14"])
        #expect(tally.batches.map(\.currency) == ["USD", "USD"])
    }
}
