import Model
import Testing

struct StreetAddressTests {
    @Test(
        "A text names an address whole or not at all",
        arguments: [
            // text, address, whether it names it
            ("12 OAK ST", "12 Oak St", true), ("pay for 12 Oak Street, thanks", "12 Oak St", true),
            ("12 OAK ST APT 3", "12 Oak St Apt 3", true), ("12 OAK STREET APARTMENT 3", "12 Oak St Apt 3", true),
            ("12 OAK ST APT 3", "12 Oak St", false), ("12 OAK ST", "12 Oak St Apt 3", false),
            ("112 OAK ST", "12 Oak St", false), ("12 OAK AVE", "12 Oak St", false), ("12", "12 Oak St", false),
            ("OAK ST", "12 Oak St", false), ("12 12 OAK ST", "12 Oak St", true), ("", "12 Oak St", false),
            ("OAK ST", "Oak St", false), ("12 OAK ST", "", false),
        ])
    func names(text: String, address: String, expected: Bool) {
        #expect(StreetAddress(text).names(StreetAddress(address)) == expected)
    }

    @Test("What is no house number brings up no street")
    func streets() {
        #expect(StreetAddress("ACCT 1234567871 12 Oak St 03 02 2026").streets == ["12 OAK"])
        #expect(StreetAddress("12B N. Oak St").street == "12B N")
        #expect(StreetAddress("Lot 5").street == nil && StreetAddress("12").street == nil)
    }
}
