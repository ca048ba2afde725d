import MatchingWorkload
import Model
import Testing

@testable import Matching

/// What is told without looking at all of it: a short way must never say other than the long one.
struct ShortcutTests {
    private static let names = [
        "Zoe Alder", "ALDER, ZOE JR", "Z. Adler", "Alder", "Alderson Zoe", "O'Neil LLC", "Oneil & Sons Co", "Li",
        "L Li",
        "Ann Lee", "Ana Le", "Lea Ann", "Jörg Müller", "Jorg Muller", "MR II", "", "Zoee Aldr", "Alder Z",
        "Moss 12 Inc",
    ]

    @Test func `a name that can fit is never told apart by letters`() {
        for payer in Self.names.map(PersonName.init) where !payer.isEmpty {
            let letters = NameLetters(payer)
            for holder in Self.names where nameFit(payer, PersonName(holder)) != .differs {
                #expect(letters.mayFit(holder), "\(payer.last) and \(holder)")
            }
        }
        #expect(!NameLetters(PersonName("Zoe Alder")).mayFit("Jim Bruck"))
    }

    @Test func `an amount is swapped exactly where two neighbouring digits of its text are`() {
        for left in Int64(1)..<1_300 {
            for right in [left + 9, left + 90, left - 9, left * 10, left / 10, 1_324, 21, 12, 10, 1] where right > 0 {
                #expect(isSwapped(Cents(left), Cents(right)) == Self.isSwappedText(left, right), "\(left) \(right)")
            }
        }
    }

    private static func isSwappedText(_ left: Int64, _ right: Int64) -> Bool {
        let (digits, wanted) = (Array(String(left)), Array(String(right)))
        return digits.indices.dropLast().contains { place in
            var swapped = digits
            swapped.swapAt(place, place + 1)
            return swapped != digits && swapped == wanted
        }
    }

    @Test func `an address that a text names is never told apart by its house number`() {
        let addresses = [
            "12 Oak St", "12b Oak Street", "#12 Oak", "Oak 12", "1234567 Oak", "12", "  7 Elm Ave Apt 3", "",
        ]
        for text in addresses + ["for 12 OAK st, and 7 Elm Avenue Apt 3", "12B oak ST"] {
            let memo = StreetAddress(text)
            for address in addresses where memo.names(StreetAddress(address)) {
                let number = StreetAddress.houseNumber(address)
                #expect(number.map(memo.houseNumbers.contains) == true, "\(text) and \(address)")
            }
        }
    }
}
