import Testing

@testable import Model

/// Check digits of structured references: a right one is seen as right, every changed digit as wrong.
struct CreditorReferenceTests {
    static let right: [(String, CreditorReference.Kind)] = [
        ("RF18539007547034", .iso11649), ("RF18 5390 0754 7034", .iso11649), ("rf18539007547034", .iso11649),
        ("210000000003139471430009017", .swiss), ("21 00000 00003 13947 14300 09017", .swiss),
        ("1234561", .finnish), ("BILL-1", .other), ("", .other), ("RF", .other), ("RFXX5390", .other), ("123", .other),
    ]

    @Test(arguments: right)
    func `calls no right reference wrong`(text: String, kind: CreditorReference.Kind) {
        let reference = CreditorReference(text)
        #expect(reference.kind == kind)
        #expect(reference.isValid)
    }

    @Test(arguments: ["RF18539007547034", "210000000003139471430009017"])
    func `calls no reference with one other digit right`(text: String) {
        for place in text.indices.dropFirst(2) {
            for digit in "0123456789" where digit != text[place] {
                let other = text.replacingCharacters(in: place...place, with: String(digit))
                #expect(!CreditorReference(other).isValid, "\(other)")
            }
        }
    }

    @Test func `calls no other number a viitenumero`() {
        #expect(CreditorReference("1234562").kind == .other)
        #expect(CreditorReference("123456123456123456123").kind == .other)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: ClosedRange<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[index(after: range.upperBound)...])
    }
}
