import Model
import Testing

@testable import Formats

struct PlainLineTests {
    private func line(_ bytes: [UInt8], at start: Int = 0, most: Int = 40) -> (range: Range<Int>, next: Int)? {
        bytes.withUnsafeBytes { PlainLine($0, at: start, most: most).map { ($0.range, $0.next) } }
    }

    @Test
    func `no line is plain that holds any other byte`() {
        for length in 1...33 {
            for place in 0..<length {
                for byte in UInt8.min...UInt8.max {
                    var bytes = Array(repeating: UInt8(ascii: "x"), count: length) + [0x0A] + Array("next line".utf8)
                    bytes[place] = byte
                    let found = line(bytes)
                    switch byte {
                    case 0x20...0x7E: #expect(found?.range == 0..<length && found?.next == length + 1)
                    case 0x0A where place > 0: #expect(found?.range == 0..<place && found?.next == place + 1)
                    case 0x0D where place > 0 && place == length - 1:
                        #expect(found?.range == 0..<place && found?.next == place + 2)
                    default: #expect(found == nil)
                    }
                }
            }
        }
    }

    @Test
    func `no line is plain that is longer, or whose end is not there`() {
        let bytes = Array("..0123456789\r\nabcdefgh".utf8)
        #expect(line(bytes, at: 2, most: 10)?.range == 2..<12)
        #expect(line(bytes, at: 2, most: 10)?.next == 14)
        #expect(line(bytes, at: 2, most: 9) == nil)
        #expect(line(bytes, at: 14) == nil)
        #expect(line(bytes, at: bytes.count) == nil)
        #expect(line(bytes, at: -1) == nil)
        #expect(line([]) == nil)
        for count in 0..<14 { #expect(line(Array(bytes[..<count]), at: 2) == nil) }
    }

    @Test
    func `no routing number passes by another sum than that of the standard`() {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<20_000 {
            var digits = (0..<9).map { _ in UInt8.random(in: 0x30...0x39, using: &random) }
            if Int.random(in: 0..<10, using: &random) == 0 { digits[Int.random(in: 0..<9, using: &random)] = 0x3A }
            let isNumber = digits.allSatisfy { $0 < 0x3A }
            let sum = zip(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
            let number = digits.withUnsafeBytes { ACHRouting.number($0, at: 0) }
            #expect((number != nil) == (isNumber && sum % 10 == 0))
            if let number { #expect(number == Int(String(decoding: digits[..<8], as: UTF8.self))) }
            #expect(ACHRouting.isValid(digits.span) == (number != nil))
        }
    }

    @Test
    func `no amount is read otherwise eight bytes at a time`() {
        var random = SeededGenerator(seed: 10)
        let bytes = Array("0123456789..,,- ".utf8)
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...20, using: &random)
            let isDamaged = Bool.random(using: &random)
            var text = (0..<length).map { _ in bytes[Int.random(in: 0..<(isDamaged ? 16 : 10), using: &random)] }
            if length > 3, Bool.random(using: &random) { text[length - 3] = UInt8(ascii: ".") }
            for style in [MoneyStyle.plain, .impliedCents] {
                let read = text.withUnsafeBytes { $0.usualCents(0..<length, style) }
                #expect(read == Cents(usual: text.span, style: style))
            }
        }
    }
}
