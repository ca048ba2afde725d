import Foundation
import Matching
import Model

/// A made-up office with known truth: its book, and its items in file order, day by day.
struct World {
    /// One item with what it really is.
    struct Fact {
        var item: Item
        var noise: String
        var disposition: String
        var allocations: [String: Cents]
        var day: CivilDate
    }

    var book: MemoryBook
    /// The bills that arrive each morning, and the day's items.
    var days: [(bills: [(account: String, bill: OpenBill)], facts: [Fact])] = []

    /// Makes a world with the generator beside the repository; nil where it is not there.
    init?(accounts: Int, items: Int, days: Int, seed: Int, profile: String? = nil) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let generator = root.deletingLastPathComponent().appending(path: "shared/bench/world.py")
        guard FileManager.default.fileExists(atPath: generator.path) else { return nil }
        let folder = FileManager.default.temporaryDirectory.appending(path: "world-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["python3", generator.path, "--out", folder.path, "--accounts", "\(accounts)", "--items", "\(items)"]
            + ["--days", "\(days)", "--seed", "\(seed)"]
        if let profile {
            let file = folder.appending(path: "profile.json")
            try Data(profile.utf8).write(to: file)
            process.arguments! += ["--profile", file.path]
        }
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        book = MemoryBook()
        try loadBook(folder)
        try loadDays(folder)
    }

    private mutating func loadBook(_ folder: URL) throws {
        var bills: [String: [OpenBill]] = [:]
        for (account, bill) in try World.bills(folder.appending(path: "bills.csv")) {
            bills[account, default: []].append(bill)
        }
        for row in try World.rows(folder.appending(path: "accounts.csv")) {
            let number = row["account"]!
            book.insert(
                AccountFacts(
                    number: number, customer: row["customer"]!, name: row["name"]!,
                    serviceAddress: row["service_address"]!, zip: row["zip"]!,
                    status: AccountStatus(rawValue: row["status"]!)!, cashOnly: row["cash_only"] == "yes",
                    bills: bills[number] ?? []))
        }
    }

    private mutating func loadDays(_ folder: URL) throws {
        var truth: [String: [String: String]] = [:]
        for row in try World.rows(folder.appending(path: "truth.csv")) {
            truth["\(row["file"]!)/\(row["batch"]!)/\(row["item"]!)"] = row
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("day-") }
        for name in names.sorted() {
            let day = folder.appending(path: name)
            var facts: [Fact] = []
            let files = try FileManager.default.contentsOfDirectory(atPath: day.path).filter { $0 != "bills.csv" }
            for file in files.sorted() {
                let path = day.appending(path: file)
                let items = try file.hasSuffix(".csv") ? World.lockbox(path) : World.camt(path)
                facts += items.map { World.fact($0.item, truth["\(file)/\($0.key)"]!) }
            }
            let bills = day.appending(path: "bills.csv")
            let hasBills = FileManager.default.fileExists(atPath: bills.path)
            days.append((hasBills ? try World.bills(bills) : [], facts))
        }
    }

    private static func fact(_ item: Item, _ row: [String: String]) -> Fact {
        var allocations: [String: Cents] = [:]
        for part in row["allocations"]!.split(separator: ";") {
            let pair = part.split(separator: "=")
            allocations[String(pair[0])] = Cents(Int64(pair[1])!)
        }
        return Fact(
            item: item, noise: row["noise"]!, disposition: row["disposition"]!, allocations: allocations,
            day: item.depositDate ?? CivilDate(year: 2026, month: 3, day: 2)!)
    }

    private static func bills(_ path: URL) throws -> [(account: String, bill: OpenBill)] {
        try rows(path).map { row in
            let bill = OpenBill(
                number: row["bill"]!, issuedOn: CivilDate(iso: row["issued_on"]!),
                dueOn: CivilDate(iso: row["due_on"]!), amount: cents(row["amount"]!), open: cents(row["balance"]!))
            return (row["account"]!, bill)
        }
    }

    /// The generator quotes nothing but names with commas, and it makes none.
    private static func rows(_ path: URL) throws -> [[String: String]] {
        let lines = String(decoding: try Data(contentsOf: path), as: UTF8.self).split(whereSeparator: \.isNewline)
        let header = lines[0].split(separator: ",").map(String.init)
        return lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Dictionary(zip(header, cells)) { first, _ in first }
        }
    }

    private static func cents(_ text: String) -> Cents { Cents(Int64(text.filter { $0 != "." })!) }

    private static func lockbox(_ path: URL) throws -> [(key: String, item: Item)] {
        var items: [(key: String, item: Item)] = []
        for row in try rows(path) where row["record"] == "P" {
            let key = "\(row["batch"]!)/\(row["item"]!)"
            if items.last?.key != key { items.append((key, item(of: row))) }
            guard let bill = row["bill"], !bill.isEmpty else { continue }
            items[items.count - 1].item.lines.append(RemittanceLine(bill: bill, amount: cents(row["line_amount"]!)))
        }
        return items
    }

    private static func item(of row: [String: String]) -> Item {
        var item = Item()
        item.amount = cents(row["amount"]!)
        item.depositDate = CivilDate(iso: row["deposit_date"]!)
        (item.checkNumber, item.routing) = (row["check_number"]!, row["routing"]!)
        (item.bankAccount, item.payer) = (row["bank_account"]!, row["remitter"]!)
        (item.account, item.memo) = (row["account"]!, row["memo"]!)
        item.scanline = row["scanline"]!
        if item.scanline.utf8.count == 19 {
            item.scanlineAccount = String(item.scanline.prefix(10))
            item.scanlineDue = Int64(item.scanline.suffix(9)).map { Cents($0) }
        }
        return item
    }

    private static func camt(_ path: URL) throws -> [(key: String, item: Item)] {
        let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
        let day = CivilDate(iso: between(text[...], "<BookgDt><Dt>", "<"))
        return text.split(separator: "<Ntry>").dropFirst().enumerated().flatMap { entry, ntry in
            ntry.split(separator: "<TxDtls>").dropFirst().enumerated().map { number, tx in
                var item = Item()
                item.tender = .achCredit
                item.depositDate = day
                item.endToEnd = between(tx, "<EndToEndId>", "<")
                item.amount = cents(between(tx, "<Amt Ccy=\"USD\">", "<"))
                item.payer = between(tx, "<Nm>", "<")
                item.bankAccount = between(tx, "<DbtrAcct><Id><Othr><Id>", "<")
                item.routing = between(tx, "<MmbId>", "<")
                item.memo = between(tx, "<Ustrd>", "<")
                return ("\(entry + 1)/\(number + 1)", item)
            }
        }
    }

    private static func between(_ text: Substring, _ start: String, _ end: String) -> String {
        guard let from = text.firstRange(of: start) else { return "" }
        let rest = text[from.upperBound...]
        return String(rest[..<(rest.firstRange(of: end)?.lowerBound ?? rest.endIndex)])
    }
}
