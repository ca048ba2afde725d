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

    /// The number that they write in ASCII digits; nil where one of them is none.
    ///
    /// Neighbours are put together, three times: digits to pairs, pairs to fours, fours to eight.
    @inline(__always) var number: Int? {
        // The upper half of a digit's byte is 3, and stays so where 6 is added: of what stands behind 9 it does not.
        let halves: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        let threes: UInt64 = 0x3333_3333_3333_3333
        guard bits & halves | ((bits &+ 0x0606_0606_0606_0606) & halves) >> 4 == threes else { return nil }
        let digits = bits & ~halves
        let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
        return Int((fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF)
    }

    @inline(__always) private static func zeros(_ bits: UInt64) -> UInt64 {
        ~((bits & ~highest) &+ ~highest | bits) & highest
    }
}
