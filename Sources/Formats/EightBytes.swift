import Model

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

    /// The digits that stand there, eight at most, with zeros before them; nil where the bytes around them are too few
    /// to be looked at together.
    @inline(__always) init?(_ bytes: UnsafeRawBufferPointer, digits range: Range<Int>) {
        let missing = UInt64(truncatingIfNeeded: 8 &- range.count) &* 8
        let zeros = (Self.ones &* 0x30) & ~(~0 &<< missing)
        if range.upperBound >= 8 {
            let eight = EightBytes(bytes.baseAddress!, at: range.upperBound &- 8)
            bits = eight.bits & (~0 &<< missing) | zeros
        } else if range.lowerBound &+ 8 <= bytes.count {
            bits = EightBytes(bytes.baseAddress!, at: range.lowerBound).bits &<< missing | zeros
        } else {
            return nil
        }
    }

    /// One and the same byte, eight times.
    init(repeating byte: UInt8) { bits = Self.ones * UInt64(byte) }

    /// Marks the control characters, line ends among them.
    @inline(__always) var controls: UInt64 { Self.zeros(bits & Self.printing) }

    /// Marks control characters, DEL and the bytes that are not ASCII: all that a plain line has not.
    @inline(__always) var unprintable: UInt64 {
        let low = bits & ~Self.highest
        return (~(low &+ Self.ones &* 0x60) | (low &+ Self.ones) | bits) & Self.highest
    }

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

    /// The bits that stand before the lowest mark; all where there is none.
    @inline(__always) static func before(_ marks: UInt64) -> UInt64 { (marks & (0 &- marks)) &- 1 }

    @inline(__always) private static func zeros(_ bits: UInt64) -> UInt64 {
        ~((bits & ~highest) &+ ~highest | bits) & highest
    }
}

extension UnsafeRawBufferPointer {
    /// The number that the ASCII digits there write, 18 of them at most; nil where one of them is none.
    ///
    /// The room below has the same for any collection, which is not specialised across rooms.
    @inline(__always) func decimal(_ range: Range<Int>) -> Int? {
        guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
        switch range.count {
        case 1...8: return eightDigits(range)
        case 9...16:
            let split = range.upperBound &- 8
            guard let upper = eightDigits(range.lowerBound..<split), let lower = eightDigits(split..<range.upperBound)
            else { return nil }
            return upper &* 100_000_000 &+ lower
        case 17, 18: return manyDigits(range)
        default: return nil
        }
    }

    /// As `decimal`, of eight digits at most.
    @inline(__always) private func eightDigits(_ range: Range<Int>) -> Int? {
        if let eight = EightBytes(self, digits: range) { return eight.number }
        return manyDigits(range)
    }

    /// As `decimal`, one by one.
    private func manyDigits(_ range: Range<Int>) -> Int? {
        var value = 0
        for index in range {
            let digit = self[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }

    /// As `Cents(usual:style:)`, eight bytes at a time: digits with two decimals or implied cents; nil of all else.
    @inline(__always) func usualCents(_ range: Range<Int>, _ style: MoneyStyle) -> Cents? {
        guard (4...18).contains(range.count) else { return nil }
        guard let mark = style.decimalMark else { return decimal(range).map { Cents(Int64($0)) } }
        guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
        let place = range.upperBound &- 3
        guard self[place] == mark, let whole = decimal(range.lowerBound..<place),
            let part = decimal(place &+ 1..<range.upperBound)
        else { return nil }
        return Cents(Int64(whole &* 100 &+ part))
    }

    /// Whether so many bytes there are those of the other there; all must be there.
    @inline(__always) func repeats(_ start: Int, of other: UnsafeRawBufferPointer, _ place: Int, count: Int) -> Bool {
        precondition(start >= 0 && place >= 0 && start + count <= self.count && place + count <= other.count)
        if count == 0 { return true }
        var index = 0
        while index &+ 8 <= count {
            let own = EightBytes(baseAddress!, at: start &+ index)
            guard own.bits == EightBytes(other.baseAddress!, at: place &+ index).bits else { return false }
            index &+= 8
        }
        if index < count, start &+ index &+ 8 <= self.count, place &+ index &+ 8 <= other.count {
            let own = EightBytes(baseAddress!, at: start &+ index).bits
            let unlike = own ^ EightBytes(other.baseAddress!, at: place &+ index).bits
            return unlike & ~(~0 &<< (UInt64(truncatingIfNeeded: count &- index) &* 8)) == 0
        }
        while index < count {
            guard self[start &+ index] == other[place &+ index] else { return false }
            index &+= 1
        }
        return true
    }
}
