import Model
import Testing

struct CentsTests {
    @Test(arguments: [
        ("0", 0), ("5", 500), ("5.0", 500), ("5.00", 500), ("5.000", 500), ("0.01", 1), ("1234.56", 123_456),
        ("92233720368547758.07", Int64.max),
    ])
    func `reads an amount exactly`(text: String, cents: Int64) throws {
        #expect(try Cents(text).rawValue == cents)
    }

    @Test(arguments: [
        "", " ", "+5", "-5", "1e3", "12,34", "1,234.56", "$1", ".5", "5.", "12..34", "1.2.3", "12abc", "NaN", "५",
        "(5)",
        "5 ", "0x10", "--5", "5-",
    ])
    func `refuses what is not an amount`(text: String) {
        #expect(throws: MoneyFault.self) { try Cents(text) }
    }

    @Test func `the short way reads nothing otherwise than the long one`() {
        var random = SystemRandomNumberGenerator()
        let styles = [
            MoneyStyle.plain, .signed, .impliedCents,
            MoneyStyle(decimalMark: UInt8(ascii: ","), groupMark: UInt8(ascii: "."), signed: true),
        ]
        var usual = 0
        for round in 0..<200_000 {
            // Nearly amounts: digits, a mark near the end, and now and then another byte.
            let length = Int.random(in: 1...20, using: &random)
            var bytes = (0..<length).map { _ in UInt8.random(in: 48...57, using: &random) }
            if round % 3 > 0, bytes.count > 3 { bytes[bytes.count - Int.random(in: 2...4, using: &random)] = 46 }
            if round % 5 == 0 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255) }
            let style = styles[round % styles.count]
            guard let short = Cents(usual: bytes.span, style: style) else { continue }
            usual += 1
            let long = try? Cents(scanning: bytes.span, style: style)
            #expect(short == long, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(usual > 10_000)
    }

    @Test func `never lets an amount wrap round`() {
        #expect(throws: MoneyFault.tooLarge) { try Cents("92233720368547758.08") }
        #expect(throws: MoneyFault.tooLarge) { try Cents("99999999999999999999999999") }
    }

    @Test func `never drops a fraction of a cent in silence`() {
        #expect(throws: MoneyFault.fractionOfCent(Cents(1234))) { try Cents("12.345") }
    }

    @Test func `reads what a layout states and nothing else`() throws {
        let european = MoneyStyle(decimalMark: UInt8(ascii: ","), groupMark: UInt8(ascii: "."), signed: true)
        #expect(try Cents("1.234,50", style: european) == Cents(123_450))
        #expect(try Cents("-1.234,50", style: european) == Cents(-123_450))
        #expect(try Cents("(5,00)", style: european) == Cents(-500))
        #expect(try Cents("5,00-", style: european) == Cents(-500))
        #expect(throws: MoneyFault.self) { try Cents("12.34,50", style: european) }
        #expect(throws: MoneyFault.self) { try Cents("1.2345", style: european) }
        #expect(try Cents("0000123450", style: .impliedCents) == Cents(123_450))
        #expect(throws: MoneyFault.self) { try Cents("00001O0000", style: .impliedCents) }
    }

    @Test(arguments: [(0, "0.00"), (-5, "-0.05"), (123_456, "1234.56"), (Int64.min, "-92233720368547758.08")])
    func `writes two places always`(cents: Int64, text: String) {
        #expect(Cents(cents).description == text)
    }
}
