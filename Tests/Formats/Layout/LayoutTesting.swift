import Foundation
import Model
import Testing

@testable import Formats

/// What reading a whole file gave.
struct LayoutReading: Equatable {
    var events: [ReadEvent] = []
    var refused: FileRefused?

    var items: [Item] { events.compactMap { if case .item(let item) = $0 { item } else { nil } } }
    var faults: [Fault] { events.compactMap { if case .fault(let fault) = $0 { fault } else { nil } } }
    var isRefused: Bool { refused != nil || faults.contains { $0.severity == .refusal } }
    /// The reason for which the file is refused, be it thrown or told.
    var refusal: Reason? { refused?.fault.reason ?? faults.first { $0.severity == .refusal }?.reason }
    var sum: Cents { items.reduce(.zero) { $0 + ($1.amount ?? .zero) } }

    /// Whether every total that the file declares is the sum of what was read.
    var balances: Bool {
        var batch: [Item] = []
        var deposit: [Item] = []
        var file: [Item] = []
        func agrees(_ declared: Declared, _ items: [Item]) -> Bool {
            func sum(_ direction: Direction?) -> Cents? {
                let amounts = items.filter { direction == nil || $0.direction == direction }.map(\.amount)
                return amounts.contains(nil) ? nil : amounts.compactMap { $0 }.sum
            }
            let pairs = [
                (declared.credits, sum(.credit)), (declared.debits, sum(.debit)), (declared.turnover, sum(nil)),
            ]
            return pairs.allSatisfy { $0 == nil || $0 == $1 }
        }
        for event in events {
            switch event {
            case .depositBegins: deposit = []
            case .batchBegins: batch = []
            case .item(let item):
                batch.append(item)
                deposit.append(item)
                file.append(item)
            case .batchEnds(let declared): if !agrees(declared, batch) { return false }
            case .depositEnds(let declared): if !agrees(declared, deposit) { return false }
            case .fileEnds(let declared): if !agrees(declared, file) { return false }
            case .fault, .figures: break
            }
        }
        return true
    }

    /// One line an event, and the refusal: what golden twins hold.
    var text: String {
        (events.map { LayoutTesting.line($0) } + (refused.map { ["refused " + LayoutTesting.line($0.fault)] } ?? []))
            .joined(separator: "\n") + "\n"
    }
}

/// Helpers of the layout tests.
enum LayoutTesting {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let fixtures = root.appending(path: "Tests/Fixtures")
    static let shared = root.deletingLastPathComponent().appending(path: "shared")
    /// The layouts that ship.
    static let names = listing(root.appending(path: "config/layouts")).filter { $0.hasSuffix(".yaml") }
        .map { String($0.dropLast(5)) }

    /// The names in a folder, in order.
    static func listing(_ folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    static func yaml(_ name: String) throws -> String {
        try String(contentsOf: root.appending(path: "config/layouts/\(name).yaml"), encoding: .utf8)
    }

    static func layout(_ name: String) throws -> Layout {
        try Layout(yaml: yaml(name), file: "\(name).yaml")
    }

    static func formats() throws -> [Format] { try names.map { try layout($0).format } }

    static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    /// Reads bytes in pieces, cut where the list says.
    static func read(_ bytes: [UInt8], cuts: [Int], _ make: () -> any FormatReader) -> LayoutReading {
        var reading = LayoutReading()
        var reader = make()
        do throws(FileRefused) {
            var from = 0
            for to in cuts + [bytes.count] {
                try reader.feed(bytes.span.extracting(from..<to), into: &reading.events)
                from = to
            }
            try reader.finish(into: &reading.events)
        } catch {
            reading.refused = error
        }
        return reading
    }

    static func read(_ bytes: [UInt8], _ layout: Layout) -> LayoutReading { read(bytes, cuts: [], layout.makeReader) }

    static func read(_ text: String, _ layout: Layout) -> LayoutReading { read(Array(text.utf8), layout) }

    /// Recognises and reads.
    static func read(_ bytes: [UInt8], among formats: [Format]) -> LayoutReading {
        do throws(FileRefused) {
            return read(bytes, cuts: [], try recognise(Array(bytes.prefix(Format.headSize)), among: formats).makeReader)
        } catch {
            return LayoutReading(refused: error)
        }
    }

    static func line(_ event: ReadEvent) -> String {
        switch event {
        case .depositBegins(let it):
            "deposit "
                + fields([
                    ("at", place(it.position)), ("lockbox", it.lockbox), ("date", "\(it.date, or: "")"),
                    ("bank-account", it.bankAccount), ("currency", it.currency), ("number", it.number),
                ])
        case .batchBegins(let it):
            "  batch "
                + fields([
                    ("at", place(it.position)), ("number", it.number), ("date", "\(it.date, or: "")"),
                    ("company", it.company),
                ])
        case .item(let it): "    item " + line(it)
        case .figures(let it): "    figures \(it)"
        case .batchEnds(let it): "  batch-ends " + line(it)
        case .depositEnds(let it): "deposit-ends " + line(it)
        case .fileEnds(let it): "file-ends " + line(it)
        case .fault(let it): "! " + line(it)
        }
    }

    static func line(_ it: Fault) -> String {
        "\(it.severity.rawValue) "
            + fields([
                ("reason", it.reason.rawValue), ("at", place(it.position)),
                ("field", it.field), ("message", it.message),
            ])
    }

    private static func line(_ it: Declared) -> String {
        fields([
            ("at", place(it.position)), ("items", "\(it.items, or: "")"), ("batches", "\(it.batches, or: "")"),
            ("credits", "\(it.credits, or: "")"), ("debits", "\(it.debits, or: "")"),
        ])
    }

    private static func line(_ it: Item) -> String {
        let own: [(String, String)] = [
            ("at", place(it.position)), ("number", it.number), ("transaction", it.transaction),
            ("kind", it.kind == .payment || it.kind == .returned ? "" : it.kind.rawValue),
            ("amount", "\(it.amount, or: "?")"), ("text", it.amountText), ("cut", it.fractionOfCent ? "yes" : ""),
            ("currency", it.currency), ("direction", it.direction == .debit ? "debit" : ""),
            ("tender", it.tender.rawValue), ("check", it.checkNumber), ("routing", it.routing),
            ("bank-account", it.bankAccount), ("payer", it.payer), ("account", it.account),
            ("scanline", it.scanline), ("scanline-account", it.scanlineAccount),
            ("scanline-due", "\(it.scanlineDue, or: "")"), ("memo", it.memo), ("reference", it.reference),
            ("deposit-date", "\(it.depositDate, or: "")"), ("check-date", "\(it.checkDate, or: "")"),
            ("postmark", "\(it.postmark, or: "")"),
        ]
        let original = it.original.map { line($0) } ?? []
        let lines = it.lines.map { ("line", "\($0.account)/\($0.bill)/\($0.amount, or: "")") }
        return fields(own + original + lines + it.images.map { ($0.view.rawValue, $0.name) })
    }

    private static func line(_ it: Original) -> [(String, String)] {
        [
            ("original-code", it.code), ("original-text", it.text), ("original-trace", it.trace),
            ("original-end-to-end", it.endToEnd), ("original-routing", it.routing),
            ("original-amount", "\(it.amount, or: "")"), ("original-date", "\(it.date, or: "")"),
            ("original-disputed", it.isDisputed ? "yes" : ""),
        ]
    }

    private static func place(_ it: Position) -> String { "\(it.line)/\(it.record)/\(it.byte)" }

    private static func fields(_ pairs: [(String, String)]) -> String {
        pairs.filter { !$0.1.isEmpty }.map { "\($0.0)=\(JSON.string($0.1).line)" }.joined(separator: " ")
    }
}

extension String.StringInterpolation {
    mutating func appendInterpolation(_ value: (some CustomStringConvertible)?, or other: String) {
        appendLiteral(value?.description ?? other)
    }
}
