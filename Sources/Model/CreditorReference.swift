/// A structured creditor reference as it stands in a payment (ISO 20022 `CdtrRefInf/Ref`), and whether its check digits
/// are right.
///
/// Evidence only: dummies circulate with wrong digits, and a number that looks like none of these is no error.
package struct CreditorReference: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// `RF`, two check digits, at most 21 letters and digits.
        case iso11649 = "ISO 11649"
        /// 27 digits: the Swiss QR reference, before it ISR (ESR).
        case swiss = "QRR"
        /// The Finnish viitenumero, 4 to 20 digits. No shape tells it from other numbers: only right digits do.
        case finnish = "viitenumero"
        case other
    }

    package let kind: Kind
    /// False where the kind has check digits and these are wrong.
    package let isValid: Bool

    /// Blanks between blocks of digits, as it is printed, do not count.
    package init(_ text: String) {
        let digits = text.utf8.filter { $0 != UInt8(ascii: " ") }.map { $0 &- 97 < 26 ? $0 - 32 : $0 }
        if CreditorReference.isShapedISO11649(digits) {
            kind = .iso11649
            isValid = CreditorReference.remainder97(digits[4...] + digits[..<4]) == 1
        } else if digits.count == 27, digits.allSatisfy({ $0 &- 48 < 10 }) {
            kind = .swiss
            isValid = CreditorReference.recursiveDigit(digits.dropLast()) == digits.last
        } else {
            let isFinnish = (4...20).contains(digits.count) && CreditorReference.sevenThreeOne.accepts(digits)
            kind = isFinnish ? .finnish : .other
            isValid = true
        }
    }

    private static func isShapedISO11649(_ digits: [UInt8]) -> Bool {
        (5...25).contains(digits.count) && digits.starts(with: "RF".utf8) && digits[2...3].allSatisfy { $0 &- 48 < 10 }
            && digits[4...].allSatisfy { $0 &- 48 < 10 || $0 &- 65 < 26 }
    }

    /// ISO 7064 MOD 97-10: a letter counts as two digits, A as 10.
    private static func remainder97(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { rest, digit in
            digit &- 48 < 10 ? (rest * 10 + Int(digit - 48)) % 97 : (rest * 100 + Int(digit - 55)) % 97
        }
    }

    /// Modulo 10, recursive (Swiss Implementation Guidelines QR-bill, annex B).
    private static func recursiveDigit(_ digits: ArraySlice<UInt8>) -> UInt8 {
        let table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]
        let carry = digits.reduce(0) { carry, digit in table[(carry + Int(digit - 48)) % 10] }
        return UInt8((10 - carry) % 10) + 48
    }

    /// Weights 7, 3, 1 from the right (Finance Finland, viitenumero).
    private static let sevenThreeOne = CheckDigit(weights: [7, 3, 1], modulus: 10)
}
