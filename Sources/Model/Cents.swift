/// An amount of money in the smallest unit of its currency, held exactly.
///
/// Arithmetic that could leave 64 bits traps (a programmer's error) unless it is
/// asked for with `adding`, which readers use for sums that come from outside.
@frozen
package struct Cents: Hashable, Comparable, Sendable {
    /// The amount in cents; negative for a debit or a difference that is short.
    package let rawValue: Int64

    @inlinable package init(_ rawValue: Int64) { self.rawValue = rawValue }

    package static let zero = Cents(0)

    @inlinable package static func < (left: Cents, right: Cents) -> Bool { left.rawValue < right.rawValue }
    @inlinable package static func + (left: Cents, right: Cents) -> Cents { Cents(left.rawValue + right.rawValue) }
    @inlinable package static func - (left: Cents, right: Cents) -> Cents { Cents(left.rawValue - right.rawValue) }
    @inlinable package static func += (left: inout Cents, right: Cents) { left = left + right }
    @inlinable package static func -= (left: inout Cents, right: Cents) { left = left - right }
    @inlinable package static prefix func - (value: Cents) -> Cents { Cents(-value.rawValue) }

    /// The sum, or nil where it does not fit 64 bits.
    @inlinable package func adding(_ other: Cents) -> Cents? {
        let (sum, overflow) = rawValue.addingReportingOverflow(other.rawValue)
        return overflow ? nil : Cents(sum)
    }

    /// The amount without its sign.
    @inlinable package var magnitude: Cents { Cents(abs(rawValue)) }
}

extension Cents: CustomStringConvertible {
    /// The amount as a decimal string with two places and no separators, such as `-1234.50`.
    package var description: String {
        let magnitude = rawValue.magnitude
        let (whole, part) = magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(rawValue < 0 ? "-" : "")\(whole).\(part < 10 ? "0" : "")\(part)"
    }
}

extension Sequence<Cents> {
    /// The sum of all amounts; traps where it does not fit 64 bits.
    package var sum: Cents { reduce(.zero, +) }
}
