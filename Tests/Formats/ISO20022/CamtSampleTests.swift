import Foundation
import Model
import Testing

@testable import Formats

/// Messages of real banks, compared with what a script without any reader says of them.
struct CamtSampleTests {
    private static let script = LayoutTesting.shared.appending(path: "bench/expected.py")

    /// Every message among the samples; empty where they are not here.
    private static let files: [URL] = ["camt052", "camt053", "camt054"].flatMap { folder in
        let url = LayoutTesting.shared.appending(path: "samples/" + folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.filter { $0.hasSuffix(".xml") }.sorted().map { url.appending(path: $0) }
    }

    private static let areHere = !files.isEmpty && FileManager.default.fileExists(atPath: script.path)

    /// What the script says of one file.
    private struct Expected: Decodable {
        struct Sums: Decodable {
            let credits: String
            let debits: String
            let pending: String
        }
        let file: String
        let items: Int?
        let totals: [String: Sums]?
    }

    @Test func `no sample is skipped unseen`() {
        if Self.areHere { return print("samples: \(Self.files.count) messages are compared") }
        print("SKIPPED: the samples or the script that counts them are not here; 0 of \(Self.files.count) are compared")
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no message of a real bank gives other items or sums than counted by hand`() throws {
        let expected = try expected(Self.files)
        #expect(expected.count == Self.files.count)
        for (url, expected) in zip(Self.files, expected) {
            let name = url.lastPathComponent
            #expect(expected.file == url.path)
            let reading = LayoutTesting.read(try LayoutTesting.bytes(url), among: [iso20022])
            if try #require(expected.items, "\(name)") == 0 {
                #expect(reading.items.isEmpty, "\(name)")
                #expect(reading.refusal == nil || reading.refusal == .messageEmpty, "\(name)")
                continue
            }
            let sums = CamtSums(reading.events)
            #expect(sums.items == expected.items, "\(name)")
            #expect(sums.money == (try money(expected)), "\(name)")
            #expect((reading.refusal != nil) == name.contains("garbled"), "\(name): \(reading.camtText)")
        }
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no cut of a real message changes an event`() throws {
        for url in Self.files {
            let bytes = try LayoutTesting.bytes(url)
            let whole = CamtTesting.read(bytes)
            for size in [1, 5, 4096] {
                let cuts = Array(stride(from: size, to: bytes.count, by: size))
                #expect(CamtTesting.read(bytes, cuts: cuts) == whole, "\(url.lastPathComponent) in \(size)")
            }
        }
    }

    private func money(_ expected: Expected) throws -> [String: CamtSums.Money] {
        try (expected.totals ?? [:]).mapValues {
            CamtSums.Money(credits: try cents($0.credits), debits: try cents($0.debits), pending: try cents($0.pending))
        }
    }

    private func cents(_ text: String) throws -> Int64 { try Cents(text).rawValue }

    private func expected(_ files: [URL]) throws -> [Expected] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", Self.script.path] + files.map(\.path)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
            try JSONDecoder().decode(Expected.self, from: Data($0.utf8))
        }
    }
}
