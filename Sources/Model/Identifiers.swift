/// The number of one intake: without gaps, in the order files were taken in.
package typealias IntakeID = Int64

/// One item's identity in Sluice: its intake and its place in that file, from 1.
///
/// It needs no sequence, so it is the same on every database and after any crash.
@frozen
package struct PaymentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let intake: IntakeID
    package let place: Int64

    /// The most items one file may hold: places above it name units of the file, not items.
    package static let placesMax: Int64 = 900_000_000

    @inlinable package init(intake: IntakeID, place: Int64) {
        self.intake = intake
        self.place = place
    }

    /// The ledger's key: `intake * 1,000,000,000 + place`, still readable by a person.
    @inlinable package init(key: Int64) {
        self.init(intake: key / 1_000_000_000, place: key % 1_000_000_000)
    }

    @inlinable package var key: Int64 { intake * 1_000_000_000 + place }

    /// `<intake>-<place>`.
    package var description: String { "\(intake)-\(place)" }

    /// Reads `<intake>-<place>`, or nil where the text is anything else.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, let intake = Int64(decimal: parts[0]), let place = Int64(decimal: parts[1]) else {
            return nil
        }
        guard intake > 0, place > 0, place < 1_000_000_000, intake < 9_000_000_000 else { return nil }
        self.init(intake: intake, place: place)
    }

    @inlinable package static func < (left: PaymentID, right: PaymentID) -> Bool { left.key < right.key }
}

/// The name of an exception: `<intake or payment>-e<n>`, n from 1 for each subject.
package struct ExceptionID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ text: String) { description = text }

    /// The n-th exception about a whole intake or a unit of it.
    package init(intake: IntakeID, number: Int) { description = "\(intake)-e\(number)" }

    /// The n-th exception about one payment.
    package init(payment: PaymentID, number: Int) { description = "\(payment)-e\(number)" }
}

extension Int64 {
    /// Reads ASCII digits only: no sign, no blank, at most 18 digits.
    package init?(decimal bytes: some Collection<UInt8>) {
        guard (1...18).contains(bytes.count) else { return nil }
        var value: Int64 = 0
        for byte in bytes {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        self = value
    }
}
