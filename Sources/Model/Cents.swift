/// An amount of money in the smallest unit of its currency, held exactly.
///
/// Arithmetic that could leave 64 bits traps (a programmer's error) unless it is
/// asked for with `adding`, which readers use for sums that come from outside. Public, and not `package`: only what
/// is public is put into its callers in other rooms, and these few instructions stand in every loop.
@frozen
public struct Cents: Hashable, Comparable, Sendable {
    /// The amount in cents; negative for a debit or a difference that is short.
    public let rawValue: Int64

    /// So many cents.
    @inlinable public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// No money.
    @inlinable public static var zero: Cents { Cents(0) }

    /// Whether the left amount is less.
    @inlinable public static func < (left: Cents, right: Cents) -> Bool { left.rawValue < right.rawValue }
    /// The sum; traps where it does not fit 64 bits.
    @inlinable public static func + (left: Cents, right: Cents) -> Cents { Cents(left.rawValue + right.rawValue) }
    /// The difference; traps where it does not fit 64 bits.
    @inlinable public static func - (left: Cents, right: Cents) -> Cents { Cents(left.rawValue - right.rawValue) }
    /// Adds; traps where the sum does not fit 64 bits.
    @inlinable public static func += (left: inout Cents, right: Cents) { left = left + right }
    /// Subtracts; traps where the difference does not fit 64 bits.
    @inlinable public static func -= (left: inout Cents, right: Cents) { left = left - right }
    /// The amount with the other sign.
    @inlinable public static prefix func - (value: Cents) -> Cents { Cents(-value.rawValue) }

    /// The sum, or nil where it does not fit 64 bits.
    @inlinable public func adding(_ other: Cents) -> Cents? {
        let (sum, overflow) = rawValue.addingReportingOverflow(other.rawValue)
        return overflow ? nil : Cents(sum)
    }

    /// The amount without its sign.
    @inlinable public var magnitude: Cents { Cents(abs(rawValue)) }
}

extension Cents: CustomStringConvertible {
    /// The amount as a decimal string with two places and no separators, such as `-1234.50`.
    public var description: String {
        let magnitude = rawValue.magnitude
        let (whole, part) = magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(rawValue < 0 ? "-" : "")\(whole).\(part < 10 ? "0" : "")\(part)"
    }
}

extension Sequence<Cents> {
    /// The sum of all amounts; traps where it does not fit 64 bits.
    package var sum: Cents { reduce(.zero, +) }
}
