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
                #expect(eight(bytes).high == (byte >= 0x80 ? mark : 0))
                let same = eight(bytes).same(as: EightBytes(repeating: byte))
                #expect(same & mark != 0)
                #expect(eight(bytes).byte(at: mark) == byte && EightBytes.place(mark) == place)
            }
        }
    }
}
