import Model
import Testing

@testable import Formats

/// Bytes that nobody wrote: read to an end, alike however cut.
struct NACHARandomTests {
    @Test func `no random bytes stop the reader`() {
        var random = SeededGenerator(seed: CamtTesting.seed("random bytes as NACHA"))
        for _ in 0..<300 {
            let count = Int.random(in: 0...600, using: &random)
            check((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }, &random)
        }
    }

    @Test func `no random records stop the reader`() {
        var random = SeededGenerator(seed: CamtTesting.seed("random records as NACHA"))
        let starts = ["101 ", "5220", "5200", "622", "627", "705", "710", "717", "798", "799", "8220", "9", "999"]
        let letters = Array("0123456789 0000ABR*~\\".utf8) + [0xA6, 0xC2]
        for _ in 0..<300 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                var line = Array((starts.randomElement(using: &random) ?? "").utf8)
                while line.count < 94 { line.append(letters.randomElement(using: &random) ?? 0x20) }
                bytes += line + [0x0A]
            }
            check(bytes, &random)
        }
    }

    @Test func `no damage to a file stops the reader`() throws {
        var random = SeededGenerator(seed: CamtTesting.seed("damaged NACHA files"))
        for file in NACHATesting.files {
            let whole = try NACHATesting.bytes(file)
            for _ in 0..<20 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...5, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0...2, using: &random) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                    case 1: bytes.remove(at: place)
                    default: bytes.insert(UInt8.random(in: 0x20...0x39, using: &random), at: place)
                    }
                }
                check(bytes, &random)
            }
        }
    }

    private func check(_ bytes: [UInt8], _ random: inout SeededGenerator) {
        let cut = Int.random(in: 0...bytes.count, using: &random)
        #expect(NACHATesting.read(bytes, cuts: [cut]) == NACHATesting.read(bytes))
        _ = nacha.recognise(bytes)
    }
}
