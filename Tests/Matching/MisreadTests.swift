import Matching
import Model
import Testing

/// Random books and random damage: nothing may reach a wrong account on a damaged number alone.
struct MisreadTests {
    private static func book(seed: UInt64, isSequential: Bool) -> (MemoryBook, [String]) {
        var random = SeededNumbers(seed: seed)
        let start = Int.random(in: 100_000_000...800_000_000, using: &random)
        let bodies = (0..<1_000).map { place in
            isSequential ? start + place : Int.random(in: 100_000_000...999_999_999, using: &random)
        }
        let numbers = Set(bodies).sorted().map { Office.number(String($0)) }
        let accounts = numbers.enumerated().map { place, number in
            let owed = Cents(.random(in: 1_000...30_000, using: &random))
            let bill = OpenBill(number: "B\(place)", amount: owed, open: owed)
            return AccountFacts(number: number, customer: "C\(place)", name: "", bills: [bill])
        }
        return (MemoryBook(accounts), numbers)
    }

    @Test(
        "No substitution or swap posts to another account without a second key",
        arguments: [UInt64(1)], [false, true]
    )
    func oneError(seed: UInt64, isSequential: Bool) throws {
        let (book, numbers) = Self.book(seed: seed, isSequential: isSequential)
        // Neighbours in sequence have many repairs each: fewer of them try as much.
        for number in numbers.prefix(isSequential ? 150 : 1_000) {
            for read in Self.substitutionsAndSwaps(of: number) {
                // An amount that nobody owes: there is no second key.
                let verdict = try Office.decide(77, in: book) { ($0.account, $0.tender) = (read, .achCredit) }
                #expect(verdict.shares.isEmpty, "seed \(seed): \(number) read as \(read): \(verdict.why)")
            }
        }
    }

    @Test("No unreadable digit posts to another account", arguments: [UInt64(1), 2], [false, true])
    func unreadable(seed: UInt64, isSequential: Bool) throws {
        let (book, numbers) = Self.book(seed: seed, isSequential: isSequential)
        for number in numbers.prefix(60) {
            for place in 0..<10 {
                let read = number.prefix(place) + "?" + number.dropFirst(place + 1)
                let verdict = try Office.decide(77, in: book) { $0.account = String(read) }
                #expect(verdict.shares.allSatisfy { $0.account == number }, "seed \(seed): \(read)")
            }
        }
    }

    @Test("No random memo posts anything", arguments: [UInt64(1), 2, 3])
    func memos(seed: UInt64) throws {
        let (book, _) = Self.book(seed: seed, isSequential: false)
        var random = SeededNumbers(seed: seed &+ 100)
        let letters = Array("0123456789 -./#?ABC\u{e9}")
        for _ in 0..<500 {
            let count = Int.random(in: 0...60, using: &random)
            let memo = String((0..<count).map { _ in letters.randomElement(using: &random)! })
            let verdict = try Office.decide(77, in: book) { $0.memo = memo }
            #expect(verdict.shares.isEmpty, "seed \(seed): \(memo)")
        }
    }

    /// Each place wrong once, by how much differs from number to number, and every swap.
    private static func substitutionsAndSwaps(of number: String) -> [String] {
        let digits = Array(number.utf8)
        var found: [[UInt8]] = []
        for place in digits.indices {
            var changed = digits
            changed[place] = 48 + (digits[place] - 48 + 1 + digits[9] % 9) % 10
            if changed != digits { found.append(changed) }
            guard place + 1 < digits.count, digits[place] != digits[place + 1] else { continue }
            var swapped = digits
            swapped.swapAt(place, place + 1)
            // The swap that the check digit cannot see is another account's number read clean, if there is one.
            if !CheckDigit.luhn.accepts(String(decoding: swapped, as: UTF8.self)) { found.append(swapped) }
        }
        return found.map { String(decoding: $0, as: UTF8.self) }
    }
}
