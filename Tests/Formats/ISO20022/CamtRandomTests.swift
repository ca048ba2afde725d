import Foundation
import Model
import Testing

@testable import Formats

/// Messages written at random whose items are known, and a message with each some of its bytes changed.
struct CamtRandomTests {
    @Test func `no random message gives other items than were written`() throws {
        var random = SeededGenerator(seed: CamtTesting.seed("random messages"))
        for number in 1...300 {
            let message = RandomCamt(using: &random)
            let bytes = Array(message.text.utf8)
            let reading = LayoutTesting.read(bytes, among: [iso20022])
            let told = reading.items.map(RandomCamt.line)
            guard reading.refusal == nil, told == message.items, CamtSums(reading.events).balances else {
                Issue.record("message \(number): \(reading.refusal?.rawValue ?? "")\n\(told)\n\(message.text)")
                return
            }
            let cuts = (0..<5).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
            #expect(CamtTesting.read(bytes, cuts: cuts) == reading, "message \(number) cut at \(cuts)")
        }
    }

    @Test func `no changed byte gives another amount that balances`() throws {
        let original = try CamtTesting.bytes("notification-08.xml")
        let amounts = CamtTesting.read(original).amounts
        var random = SeededGenerator(seed: CamtTesting.seed("single-byte mutations"))
        var refused = 0
        var held = 0
        for number in 1...2000 {
            var bytes = original
            let place = Int.random(in: original.indices, using: &random)
            let value: UInt8 =
                switch number % 4 {
                case 0: .random(in: 0...255, using: &random)
                case 1: .random(in: 0x30...0x39, using: &random)
                case 2: [0x20, 0x0A, 0x26, 0x3C, 0x3E, 0x2E, 0x2D, 0x2F].randomElement(using: &random)!
                default: original[place] ^ (1 << UInt8.random(in: 0...7, using: &random))
                }
            bytes[place] = value
            let reading = CamtTesting.read(bytes)
            if reading.refusal != nil { refused += 1 } else if !reading.isSound { held += 1 }
            if reading.isSound, reading.amounts != amounts {
                Issue.record("byte \(place) as \(value) gives other amounts that balance: \(reading.amounts)")
            }
        }
        #expect(refused > 500 && held > 0, "the changes do not bite: \(refused) refused, \(held) held")
    }

    /// The digits of amounts and totals, each by every other digit.
    @Test func `no changed digit of an amount balances`() throws {
        let text = try CamtTesting.text("notification-08.xml")
        var changed = 0
        for match in text.matches(of: /<(Amt Ccy="USD"|Sum)>([0-9.]+)</) {
            for index in text[match.output.2.startIndex..<match.output.2.endIndex].indices where text[index] != "." {
                for digit in "0123456789" where digit != text[index] {
                    let other = text.replacingCharacters(in: index...index, with: String(digit))
                    #expect(!CamtTesting.read(other).isSound, "\(match.output.0) with \(digit)")
                    changed += 1
                }
            }
        }
        #expect(changed > 200)
    }

    /// Words that steer money: none is guessed when it is damaged.
    static let words: [(String, String)] = [
        ("<CdtDbtInd>CRDT", "<CdtDbtInd>CRD"), ("<CdtDbtInd>CRDT", "<CdtDbtInd>"),
        ("<CdtDbtInd>CRDT", "<CdtDbtInd>crdt"),
        ("<Id>N-77</Id>", "<Id>N-77</Id><CpyDplctInd>DUPX</CpyDplctInd>"),
        ("<CdtDbtInd>DBIT</CdtDbtInd>", "<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>trve</RvslInd>"),
    ]

    @Test(arguments: words)
    func `guesses no damaged word that steers money`(word: String, damaged: String) throws {
        let text = try CamtTesting.text("notification-08.xml")
        #expect(text.contains(word))
        #expect(CamtTesting.read(text.replacing(word, with: damaged, maxReplacements: 1)).refusal == .fieldInvalid)
    }

    @Test func `drops no date that the calendar has not`() throws {
        let text = try CamtTesting.text("notification-08.xml").replacing("<Dt>2026-03-02", with: "<Dt>2026-02-30")
        let reading = CamtTesting.read(text)
        #expect(reading.refusal == nil)
        #expect(reading.faults.map(\.reason) == [.dateInvalid])
        #expect(reading.items.first?.bookingDate == nil)
    }

    @Test func `takes no garbled amount of a bill for none`() {
        let strd = "<RmtInf><Strd><RfrdDocInf><Nb>B</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt>5,00</RmtdAmt></RfrdDocAmt>"
        let text = CamtTesting.entry("5.00", "<TxDtls>\(strd)</Strd></RmtInf></TxDtls>")
        #expect(CamtTesting.read(CamtTesting.notification(text)).refusal == .amountNotNumeric)
    }
}
