import Model
import Testing

struct CurrencyCodeTests {
    @Test(arguments: ["", "USD", "EUR", "US", "ABCDEFGH", "€uro"])
    func `no text that fits is told as another`(_ text: String) {
        let code = CurrencyCode(text)
        #expect(code.text == text && !code.isLong)
        #expect(code != CurrencyCode(text + "x"))
    }

    @Test(arguments: ["ABCDEFGHI", "US Dollars and cents", "US\0", "€€€"])
    func `no text that does not fit is cut`(_ text: String) {
        #expect(CurrencyCode(text).isLong && CurrencyCode(text).text.isEmpty)
    }
}
