/// A currency as figures have it: a text of up to eight bytes, as every code of ISO 4217 is, in one integer.
///
/// It is moved without being counted, as a `String` is not. A text that is longer is `long`; the item has it.
@frozen
package struct CurrencyCode: Hashable, Sendable {
    /// The text's bytes, the first of them lowest; zero where there are no more.
    private let packed: UInt64

    /// Stands for every text that does not fit: no text has these bytes.
    package static let long = CurrencyCode(packed: .max)
    package static let none = CurrencyCode(packed: 0)

    private init(packed: UInt64) { self.packed = packed }

    package init(_ text: String) {
        var packed: UInt64 = 0
        var bits: UInt64 = 0
        for byte in text.utf8 {
            guard bits < 64, byte != 0 else {
                self = .long
                return
            }
            packed |= UInt64(byte) &<< bits
            bits += 8
        }
        self.packed = packed
    }

    /// Whether the text does not fit.
    package var isLong: Bool { self == .long }

    /// The text; empty where it does not fit.
    package var text: String {
        guard !isLong else { return "" }
        return withUnsafeBytes(of: packed.littleEndian) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
