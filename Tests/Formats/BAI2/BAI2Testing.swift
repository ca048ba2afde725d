import Foundation
import Model

@testable import Formats

/// Helpers of the BAI2 tests.
enum BAI2Testing {
    /// Every input among the fixtures, by path below them.
    static let files: [String] = {
        let folder = LayoutTesting.fixtures.appending(path: "bai2")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".bai2") }.sorted().map { "bai2/" + $0 }
    }()

    static func read(_ text: String, cuts: [Int] = []) -> LayoutReading { read(Array(text.utf8), cuts: cuts) }

    static func read(_ bytes: [UInt8], cuts: [Int] = []) -> LayoutReading {
        LayoutTesting.read(bytes, cuts: cuts) { BAI2Reader() }
    }

    static let fileHeader = "01,PINEBANK,HARBOR,260302,0715,1,,,2/"
    static let groupHeader = "02,HARBOR,PINEBANK,1,260301,2400,USD,2/"

    /// A file with one account of these lines; its trailers declare the total, and what there is of records.
    static func file(
        _ details: String..., account: String = "03,4001234567,USD,,,,/", total: Int, group: String = groupHeader,
        records: Int? = nil
    ) -> String {
        let lines = [account] + details
        let count = records ?? lines.joined(separator: "\n").split(separator: "\n").count + 1
        let trailers = [
            "49,\(total),\(count)/", "98,\(total),1,\(count + 2)/", "99,\(total),1,\(count + 4)/",
        ]
        return ([fileHeader, group] + lines + trailers).map { $0 + "\n" }.joined()
    }
}

extension LayoutReading {
    /// What is told beside the money: `reason severity`.
    var remarks: [String] { faults.map { "\($0.reason.rawValue) \($0.severity.rawValue)" } }

    /// Nothing refused, every total agrees, nothing remarked.
    var isSpotless: Bool { refusal == nil && balances && faults.isEmpty }
}
