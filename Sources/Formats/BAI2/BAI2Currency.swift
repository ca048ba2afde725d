internal import Model

/// A currency of ISO 4217, or CNH as banks call yuan held abroad, and how many decimals its amounts imply in BAI2.
struct BAI2Currency {
    let code: String
    private let decimals: Int

    /// What an account is kept in where neither it nor its group names a currency.
    static let usual = BAI2Currency("USD")!

    /// Nil where ISO 4217 has no such code: then nobody knows where the decimal point stands.
    init?(_ code: String) {
        if BAI2Currency.withoutDecimals.contains(code) {
            decimals = 0
        } else if BAI2Currency.withThreeDecimals.contains(code) {
            decimals = 3
        } else if BAI2Currency.withTwoDecimals.contains(code) {
            decimals = 2
        } else {
            return nil
        }
        self.code = code
    }

    /// An amount in hundredths; `isCut` where it had more decimals that were not zero. Nil where it does not fit.
    func cents(_ units: Int64) -> (cents: Cents, isCut: Bool)? {
        switch decimals {
        case 0:
            let (cents, overflow) = units.multipliedReportingOverflow(by: 100)
            return overflow ? nil : (Cents(cents), false)
        case 3: return (Cents(units / 10), units % 10 != 0)
        default: return (Cents(units), false)
        }
    }

    private static func list(_ codes: String) -> Set<String> { Set(codes.split(separator: " ").map(String.init)) }

    private static let withoutDecimals = list("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")
    private static let withThreeDecimals = list("BHD IQD JOD KWD LYD OMR TND")
    private static let withTwoDecimals = list(
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNH "
            + "CNY "
            + "COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF "
            + "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
            + "MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD "
            + "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR "
            + "ZMW ZWG")
}
