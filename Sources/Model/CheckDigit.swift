/// A check digit scheme for account numbers and scan lines, as data.
///
/// Sides, weights, moduli and digit-splitting differ from utility to utility
/// (numbers in use: Luhn; 1-3; 1-3-7; modulus 11 with weights 1 to 9), so all are configuration.
package struct CheckDigit: Hashable, Sendable {
    /// Weights of the digits before the check digit, repeated as often as needed.
    package var weights: [Int]
    package var modulus: Int
    /// Where the weights begin: at the digit beside the check digit (true) or at the first digit.
    package var fromRight: Bool
    /// Whether the digits of a product are added (Luhn) instead of the product itself.
    package var addsDigitsOfProducts: Bool

    package init(weights: [Int], modulus: Int, fromRight: Bool = true, addsDigitsOfProducts: Bool = false) {
        precondition(!weights.isEmpty && modulus > 1, "a check digit needs weights and a modulus above 1")
        self.weights = weights
        self.modulus = modulus
        self.fromRight = fromRight
        self.addsDigitsOfProducts = addsDigitsOfProducts
    }

    /// ISO/IEC 7812-1 annex B.
    package static let luhn = CheckDigit(weights: [2, 1], modulus: 10, addsDigitsOfProducts: true)

    /// The check digit that belongs behind these digits; nil where they are not all digits
    /// or where the scheme gives a number above 9 (such a number is never issued).
    package func digit(for body: some BidirectionalCollection<UInt8>) -> UInt8? {
        var sum = 0
        var weight = 0
        func add(_ byte: UInt8) -> Bool {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return false }
            var product = Int(digit) * weights[weight]
            if addsDigitsOfProducts { product = product / 10 + product % 10 }
            sum += product
            weight = weight + 1 == weights.count ? 0 : weight + 1
            return true
        }
        if fromRight {
            for byte in body.reversed() where !add(byte) { return nil }
        } else {
            for byte in body where !add(byte) { return nil }
        }
        let check = (modulus - sum % modulus) % modulus
        return !body.isEmpty && check < 10 ? UInt8(check) + UInt8(ascii: "0") : nil
    }

    /// Whether a number is all digits and its last digit is right.
    package func accepts(_ number: String) -> Bool {
        let bytes = number.utf8
        guard bytes.count > 1, let last = bytes.last else { return false }
        return digit(for: bytes.dropLast()) == last
    }

    /// What a digit adds to the sum of a number of so many digits, its check digit included: only where the modulus
    /// divides the sum can the number be right.
    package func share(of digit: Int, at place: Int, in count: Int) -> Int {
        guard place < count - 1 else { return digit }
        let product = digit * weights[(fromRight ? count - 2 - place : place) % weights.count]
        return addsDigitsOfProducts ? product / 10 + product % 10 : product
    }

    /// The same of a number's bytes.
    package func accepts(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 1, let last = bytes.last else { return false }
        return digit(for: bytes.dropLast()) == last
    }
}
