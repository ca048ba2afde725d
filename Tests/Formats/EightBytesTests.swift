import Testing

@testable import Formats

struct EightBytesTests {
    private func eight(_ bytes: [UInt8]) -> EightBytes { bytes.withUnsafeBytes { EightBytes($0.baseAddress!, at: 0) } }

    @Test
    func `no byte in any place is taken for a digit, a control character or another`() {
        for place in 0..<8 {
            for byte in UInt8.min...UInt8.max {
                var bytes = Array("12345678".utf8)
                bytes[place] = byte
                let digits = bytes.allSatisfy { $0 &- 48 < 10 }
                #expect(eight(bytes).number == (digits ? Int(String(decoding: bytes, as: UTF8.self)) : nil))
                let mark = UInt64(0x80) << UInt64(8 * place)
                #expect(eight(bytes).controls == (byte < 0x20 ? mark : 0))
                #expect(eight(bytes).unprintable == (byte < 0x20 || byte >= 0x7F ? mark : 0))
                #expect(eight(bytes).high == (byte >= 0x80 ? mark : 0))
                let same = eight(bytes).same(as: EightBytes(repeating: byte))
                #expect(same & mark != 0)
                #expect(eight(bytes).byte(at: mark) == byte && EightBytes.place(mark) == place)
            }
        }
    }

    @Test
    func `no number is another for where it stands or for what stands beside it`() {
        let digits = Array("987654321012345678".utf8)
        for size in 1...18 {
            for place in 0...10 {
                for behind in [0, 1, 9] {
                    var bytes = [UInt8](repeating: 0x35, count: place) + digits.prefix(size)
                    bytes += [UInt8](repeating: 0x36, count: behind)
                    func read() -> Int? { bytes.withUnsafeBytes { $0.decimal(place..<place + size) } }
                    #expect(read() == Int(String(decoding: digits.prefix(size), as: UTF8.self)))
                    for wrong in place..<place + size {
                        bytes[wrong] = 0x3A
                        #expect(read() == nil)
                        bytes[wrong] = 0x31
                    }
                }
            }
        }
        #expect(Array(repeating: UInt8(0x31), count: 19).withUnsafeBytes { $0.decimal(0..<19) } == nil)
        #expect(digits.withUnsafeBytes { $0.decimal(4..<4) ?? $0.decimal(10..<19) } == nil)
    }

    @Test
    func `no bytes that differ anywhere repeat others`() {
        let text = Array("0123456789abcdefghi".utf8)
        for size in 0...16 {
            for place in 0..<size {
                var other = Array(text[3..<3 + size])
                func repeats() -> Bool {
                    text.withUnsafeBytes { own in other.withUnsafeBytes { own.repeats(3, of: $0, 0, count: size) } }
                }
                #expect(repeats())
                // What stands behind is looked at together with them, and is not of them.
                other += Array("????????".utf8)
                #expect(repeats())
                other[place] ^= 1
                #expect(!repeats())
                other.removeLast(8)
                #expect(!repeats())
            }
        }
    }
}
