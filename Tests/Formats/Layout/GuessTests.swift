import Foundation
import Model
import Testing

@testable import Formats

/// A draft reads the file it was drafted from, says where it guessed, and mends nothing.
struct GuessTests {
    static let samples = LayoutTesting.shared.appending(path: "samples/csv")
    static let hasSamples = FileManager.default.fileExists(atPath: samples.path)

    private func guess(_ bytes: [UInt8]) throws -> (LayoutGuess, LayoutReading) {
        let guess = try LayoutGuess(of: bytes, name: "drafted")
        let layout = try Layout(yaml: guess.yaml, file: "drafted.yaml")
        let head = Array(bytes.prefix(Format.headSize))
        #expect(layout.format.recognise(head) != nil)
        return (guess, LayoutTesting.read(bytes, layout))
    }

    private func guess(_ text: String) throws -> (LayoutGuess, LayoutReading) { try guess(Array(text.utf8)) }

    static let fixtures = LayoutGoldenTests.sound.filter { $0.hasSuffix(".csv") }

    @Test(arguments: fixtures)
    func `no draft of a shipped file reads other amounts than its own layout`(file: String) throws {
        let bytes = try LayoutTesting.bytes(LayoutTesting.fixtures.appending(path: file))
        let (guess, reading) = try guess(bytes)
        let own = LayoutTesting.read(bytes, among: try LayoutTesting.formats())
        #expect(reading.refusal == nil)
        #expect(guess.yaml.contains("# check this"))
        #expect(StatementTests.amounts(reading) == StatementTests.amounts(own))
        #expect(reading.items.map(\.depositDate) == own.items.map(\.depositDate))
        // No draft knows by which words a bank tells what a row is, where it has no column for it.
        if !file.hasSuffix("bank-statement.csv") { #expect(reading.items.map(\.kind) == own.items.map(\.kind)) }
        #expect(reading.items.map(\.account) == own.items.map(\.account))
        #expect(reading.items.map(\.payer) == own.items.map(\.payer))
    }

    /// A sample, the cents read of it, or the reason for which it is refused: by the draft or by the reader.
    static let sampled: [(String, [Int64], Reason?)] = [
        ("golden_csv_european_decimals", [-123_456, 350_000, -450], nil),
        ("golden_csv_garbled_amount", [], .amountNotNumeric), ("camt_file", [], .formatUnknown),
        ("pain_file", [], .formatUnknown),
    ]

    @Test(.enabled(if: hasSamples, "SKIPPED: shared/samples is not here"), arguments: sampled)
    func `guesses no sample's garbled amount or missing day away`(
        name: String, cents: [Int64], reason: Reason?
    ) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.samples.path)
        let file = try #require(files.first { $0.hasSuffix("-\(name).csv") })
        let bytes = try LayoutTesting.bytes(Self.samples.appending(path: file))
        do {
            let (_, reading) = try guess(bytes)
            #expect(reading.refusal == reason)
            if reason == nil { #expect(StatementTests.amounts(reading) == cents) }
        } catch let refused as FileRefused {
            #expect(refused.fault.reason == reason)
        }
    }

    /// Header and row in four languages, the cents read.
    static let languages: [(String, Int64)] = [
        ("Posting Date,Description,Amount\n2026-03-02,Water,\"1,234.56\"\n", 123_456),
        ("Buchungstag;Verwendungszweck;Soll;Haben\n02.03.2026;Wasser;;1.234,56\n", 123_456),
        ("Date opération;Libellé;Débit;Crédit\n22/03/2026;Eau;50,00;\n", -5000),
        ("Fecha;Concepto;Importe;Divisa\n22/03/2026;Agua;-50,00;EUR\n", -5000),
        ("date\tname\tamount\tdr/cr\n2026-03-02\tJ Ortega\t5.00\tDR\n", -500),
    ]

    @Test(arguments: languages)
    func `needs no English`(text: String, cents: Int64) throws {
        let (_, reading) = try guess(text)
        #expect(reading.refusal == nil)
        #expect(StatementTests.amounts(reading) == [cents])
        #expect(reading.items.first.map { $0.memo + $0.payer }?.isEmpty == false)
    }

    @Test func `says what it cannot tell`() throws {
        let (days, _) = try guess("Date,Amount\n03/02/2026,5.00\n")
        #expect(days.doubts.contains { $0.contains("mm/dd/yyyy and dd/mm/yyyy") })
        let (marks, _) = try guess("Date,Amount\n2026-03-02,5\n")
        #expect(marks.doubts.contains { $0.contains("decimal mark") })
        let (columns, _) = try guess("2026-03-02,Water,5.00\n2026-03-03,Water,6.00\n")
        #expect(columns.doubts.contains { $0.contains("by its values") })
        let (foot, reading) = try guess("Date,Memo,Amount\n2026-03-02,a,5.00\n2026-03-03,b,6.00\nTotal,11.00\n")
        #expect(foot.doubts.contains { $0.contains("1 rows at the end") })
        #expect(reading.sum == Cents(1100))
        let (open, _) = try guess("Date,Memo,Amount\n2026-03-02,a,5.00")
        #expect(open.yaml.contains("tolerates: [missing-last-newline]"))
    }

    @Test(arguments: ["", "a", "a\nb\n", "a,b\n1,2\n", "Date,Memo\n2026-03-02,x\n", "Amount,Memo\n5.00,x\n", "\"a,b\n"])
    func `drafts nothing where day or amount is missing`(text: String) {
        #expect(throws: FileRefused.self) { try LayoutGuess(of: Array(text.utf8), name: "x") }
    }

    @Test func `no damaged file gives a draft that cannot be used`() throws {
        var random = SeededGenerator(seed: 20_260_302)
        for file in Self.fixtures {
            let original = try LayoutTesting.bytes(LayoutTesting.fixtures.appending(path: file))
            for _ in 0..<60 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                bytes = Array(bytes.prefix(Int.random(in: 1...bytes.count, using: &random)))
                do throws(FileRefused) {
                    let guess = try LayoutGuess(of: bytes, name: "damaged: \"x\"")
                    _ = try Layout(yaml: guess.yaml, file: "damaged.yaml")
                } catch {
                    #expect(error.fault.reason != .layoutInvalid, "\(file): \(error.fault.message)")
                }
            }
        }
    }

    @Test func `no name in a file ends up as YAML of its own`() throws {
        let (guess, reading) = try guess("Date;\"a: [1\n# x\";Amount;\"{b}\"\n2026-03-02;x;5.00;y\n")
        #expect(reading.refusal == nil)
        #expect(guess.doubts.contains { $0.contains("{b}") })
    }

    @Test func `claims no row without header that has no day or amount`() throws {
        let (_, reading) = try guess("2026-03-02;Water;5.00\n2026-03-03;Water;6.00\n")
        #expect(reading.sum == Cents(1100))
        let guess = try LayoutGuess(of: Array("2026-03-02;Water;5.00\n".utf8), name: "x")
        let format = try Layout(yaml: guess.yaml, file: "x").format
        for text in ["2026-03-02;Water;x\n", "02.03.2026;Water;5.00\n", "2026-03-02;5.00\n", "2026-03-02;Water;\n"] {
            #expect(format.recognise(Array(text.utf8)) == nil, "\(text)")
        }
    }
}
