import Foundation
import Model
import Testing

@testable import Formats

/// Files of a generated world and of real banks, read and compared with what is known of them.
struct LayoutWorldTests {
    private static var hasWorld: Bool {
        FileManager.default.fileExists(atPath: LayoutTesting.shared.appending(path: "bench/world.py").path)
    }

    private static var samples: URL { LayoutTesting.shared.appending(path: "samples/lockbox_bai") }
    private static var hasSamples: Bool { FileManager.default.fileExists(atPath: samples.path) }

    @Test(.enabled(if: hasWorld, "SKIPPED: shared/bench/world.py is not here"), arguments: ["csv", "bai"])
    func `no item or cent of a generated world is lost or invented`(format: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-layout-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try run([
            LayoutTesting.shared.appending(path: "bench/world.py").path, "--out", folder.path, "--accounts", "300",
            "--items", "600", "--days", "2", "--formats", format + ",camt",
        ])
        let truth = try truth(folder.appending(path: "truth.csv"))
        let formats = try LayoutTesting.formats()
        var files = 0
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        for path in paths.sorted() where path.contains("lockbox") {
            let reading = LayoutTesting.read(try LayoutTesting.bytes(folder.appending(path: path)), among: formats)
            let name = String(path.split(separator: "/").last ?? "")
            #expect(reading.refusal == nil, "\(name)")
            #expect(reading.balances, "\(name)")
            #expect(reading.faults.filter { $0.severity == .fault }.isEmpty, "\(name)")
            #expect(keys(reading) == truth[name], "\(name)")
            files += 1
        }
        #expect(files == 2)
    }

    @Test(.enabled(if: hasSamples, "SKIPPED: shared/samples is not here"))
    func `real bank files give no other items and batch totals than counted by hand`() throws {
        let formats = try LayoutTesting.formats()
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.samples.path).sorted()
        #expect(!files.isEmpty)
        for file in files {
            let bytes = try LayoutTesting.bytes(Self.samples.appending(path: file))
            let reading = LayoutTesting.read(bytes, among: formats)
            let (items, totals) = counted(bytes)
            #expect(reading.refusal == nil, "\(file)")
            #expect(reading.items.count == items, "\(file)")
            #expect(batchTotals(reading) == totals, "\(file)")
            #expect(reading.balances != file.contains("bad-batch-amount"), "\(file)")
            #expect(
                reading.faults.contains { $0.reason == .duplicateBatchNumber } == file.contains("duplicate"), "\(file)")
        }
    }

    private func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    /// For each file, `batch/item=cents` in file order.
    private func truth(_ url: URL) throws -> [String: [String]] {
        let rows = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        var truth: [String: [String]] = [:]
        for row in rows {
            let cells = row.split(separator: ",", omittingEmptySubsequences: false)
            truth[String(cells[0]), default: []].append("\(cells[1])/\(cells[2])=\(cells[3])")
        }
        return truth
    }

    private func keys(_ reading: LayoutReading) -> [String] {
        var batch = ""
        return reading.events.compactMap { event in
            if case .batchBegins(let begun) = event { batch = begun.number }
            guard case .item(let item) = event else { return nil }
            return "\(batch)/\(item.number)=\(item.amount?.rawValue ?? -1)"
        }
    }

    private func batchTotals(_ reading: LayoutReading) -> Int64 {
        reading.events.reduce(0) { sum, event in
            if case .batchEnds(let declared) = event { sum + (declared.credits?.rawValue ?? 0) } else { sum }
        }
    }

    /// Items and the sum of the batch totals (columns 24-33 of record 7), without any reader.
    private func counted(_ bytes: [UInt8]) -> (Int, Int64) {
        let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
        let totals = lines.filter { $0.first == UInt8(ascii: "7") }.map {
            Int64(String(decoding: $0.dropFirst(23).prefix(10), as: UTF8.self)) ?? 0
        }
        return (lines.filter { $0.first == UInt8(ascii: "6") }.count, totals.reduce(0, +))
    }
}
