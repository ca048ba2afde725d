/// Eight bytes of text looked at together, in one integer whose lowest bits are the first of them.
///
/// What is found is told as marks: an integer that has the highest bit of each byte that is meant, and no other bit.
struct EightBytes {
    let bits: UInt64
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highest: UInt64 = ones << 7
    /// The bits of which a control character has none.
    private static let printing: UInt64 = ones * 0xE0

    /// The bytes from there on; all eight must be there.
    @inline(__always) init(_ base: UnsafeRawPointer, at place: Int) {
        bits = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// One and the same byte, eight times.
    init(repeating byte: UInt8) { bits = Self.ones * UInt64(byte) }

    /// Marks the control characters, line ends among them.
    @inline(__always) var controls: UInt64 { Self.zeros(bits & Self.printing) }

    /// Marks the bytes that are not ASCII.
    @inline(__always) var high: UInt64 { bits & Self.highest }

    /// Marks the bytes that are those of the pattern.
    @inline(__always) func same(as pattern: EightBytes) -> UInt64 { Self.zeros(bits ^ pattern.bits) }

    /// The byte that the lowest mark means.
    @inline(__always) func byte(at marks: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: bits >> UInt64(marks.trailingZeroBitCount - 7))
    }

    /// Which of the eight the lowest mark means.
    @inline(__always) static func place(_ marks: UInt64) -> Int { marks.trailingZeroBitCount / 8 }

    @inline(__always) private static func zeros(_ bits: UInt64) -> UInt64 {
        ~((bits & ~highest) &+ ~highest | bits) & highest
    }
}
