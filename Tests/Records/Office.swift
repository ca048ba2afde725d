import Files
import Ledger
import Model
import Testing

@testable import Records

/// A folder of a test's own, gone when the test is over.
final class Scratch {
    let path: String

    init() throws {
        path = "/tmp/sluice-records-\(hexadecimal(randomBytes(8)))"
        try Folder.make(path)
    }

    deinit { try? Folder.removeTree(path) }

    /// Puts a file there and says where.
    @discardableResult
    func put(_ name: String, _ bytes: [UInt8]) throws -> String {
        let whole = "\(path)/\(name)"
        try FileBytes.write(bytes, to: whole, mark: "test")
        return whole
    }
}

/// A small office: a ledger on disk with the rows that bank files leave in it.
final class Office {
    static let at = "2026-03-02T20:00:00Z"
    let scratch: Scratch
    let ledger: Ledger

    init() throws {
        scratch = try Scratch()
        ledger = try Ledger(path: scratch.path + "/sluice.sqlite")
    }

    /// Takes in a file of no items.
    func intake(_ id: IntakeID, _ name: String, received: String = Office.at) throws {
        _ = try ledger.write {
            try $0.run(
                """
                INSERT INTO intakes (intake, name, source, sha256, bytes, inbox_identity, received_at, state, format)
                VALUES (?, ?, 'lockbox', ?, 1, '', ?, 'applied', 'lockbox-csv')
                """, .int(id), .text(name), .text(SHA256Digest.of(Array("\(id)".utf8))), .text(received))
        }
    }

    /// Takes in a lockbox file whose nth item names the nth of these lists of images.
    func lockbox(_ id: IntakeID, _ name: String, received: String = Office.at, _ images: [[ImageName]]) throws {
        try intake(id, name, received: received)
        let deposit = PaymentID(intake: id, place: 900_000_001).key
        try ledger.write { transaction in
            try transaction.run(
                """
                INSERT INTO deposits (deposit, intake, number, lockbox, bank_account, currency, deposit_on, held)
                VALUES (?, ?, '', '60718', '', 'USD', 20260302, 0)
                """, .int(deposit), .int(id))
            try transaction.run(
                "INSERT INTO batches (batch, deposit, number, items, items_cents, held) VALUES (?, ?, '1', 1, 1, 0)",
                .int(deposit + 1), .int(deposit))
            var place: Int64 = 0
            for (index, names) in images.enumerated() {
                let payment = PaymentID(intake: id, place: Int64(index + 1))
                try insertItem(payment, batch: deposit + 1, transaction)
                var item = Item()
                item.images = names
                try transaction.nameDocuments(
                    for: payment, item: item, deposit: deposit, businessDate: CivilDate(packed: 20_260_302)!,
                    site: "LB1", at: Office.at, place: &place)
            }
            try transaction.claimLooseImages(for: id)
        }
    }

    private func insertItem(_ payment: PaymentID, batch: Int64, _ transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO items (payment, batch, number, line, amount_cents, currency, direction, custody, tender, status,
            books, rule, proof, check_number, routing, bank_account, payer, end_to_end, trace, reference, account_read,
            scanline, memo, received_on, deposit_on, value_on, effective_on, posted_on)
            VALUES (?, ?, '1', 2, 12550, 'USD', 'credit', 'deposited', 'check', 'suspense', 'suspense', 'none', 'P3',
            ?, '121938899', '****6789', ?, '', '', '', '', '', '', 20260302, 20260302, 20260302, 20260302, 20260302)
            """, .int(payment.key), .int(batch), .text("-10\(payment.place)"), .text("=Jane \"Q\" Lindqvist"))
    }

    /// Takes in a delivery of images.
    @discardableResult
    func delivery(_ id: IntakeID, _ name: String, _ members: [ImageMember]) throws -> ImageReport {
        try intake(id, name)
        return try ledger.write { try $0.deliver(ImageSet(members: members), of: id) }
    }

    /// Allocates a payment's whole amount to one bill of an account.
    func post(_ payment: PaymentID, to account: String, bill: String) throws {
        try ledger.write { transaction in
            try transaction.run(
                "INSERT INTO extracts VALUES (1, ?, 'accounts.csv', NULL, NULL, 1, 1, 12550, 0)", .text(Office.at))
            try transaction.run(
                """
                INSERT INTO accounts (account, customer, name, last_name, service_address, city, zip, status, cash_only,
                extract) VALUES (?, 'C7', 'Jane Lindqvist', 'LINDQVIST', '', '', '', 'active', 0, 1)
                """, .text(account))
            try transaction.run(
                "INSERT INTO bills VALUES (?, ?, 'water', NULL, 20260315, 12550, 12550, 0, 0, 1)",
                .text(account), .text(bill))
            let entry = Value.int(payment.key * 100)
            try transaction.run(
                """
                INSERT INTO journal_entries (entry, kind, payment, bank_on, effective_on, posted_on)
                VALUES (?, 'receipt', ?, 20260302, 20260302, 20260302)
                """, entry, .int(payment.key))
            try transaction.run(
                """
                INSERT INTO allocations (payment, place, account, bill, kind, amount_cents, entry)
                VALUES (?, 1, ?, ?, 'bill', 12550, ?)
                """, .int(payment.key), .text(account), .text(bill), entry)
        }
    }

    /// All pages as text, one line each.
    func pages() throws -> [String] {
        try ledger.read {
            try $0.all("SELECT document, side, image_name, path, sha256, width, fault FROM pages ORDER BY 1, 2 DESC") {
                row in (0..<7).map { row.textOrNil($0) ?? "-" }.joined(separator: " ")
            }
        }
    }

    /// The status of each document, by its key.
    func statuses() throws -> [String] {
        try ledger.read { try $0.all("SELECT status FROM documents ORDER BY document") { $0.text(0) } }
    }

    func loose() throws -> [String] {
        try ledger.read {
            try $0.all("SELECT intake, image_name FROM loose_images ORDER BY 1, 2") { "\($0.int(0))/\($0.text(1))" }
        }
    }

    func file(_ kind: DocumentIndex.Kind) throws -> String {
        var bytes: [UInt8] = []
        try ledger.read {
            try $0.render(Projection(path: kind.path, kind: kind.rawValue, subject: ""), home: scratch.path) {
                bytes += $0
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// An image of a delivery whose bytes are its name and a mark.
func image(_ name: String, mark: String = "", fault: String? = nil) -> ImageMember {
    let header = ImageHeader(
        kind: .tiff, width: 1200, height: 550, dpiX: 200, dpiY: 200, compression: "g4", photometric: "white-is-zero")
    return ImageMember(
        name: name, sha256: SHA256Digest.of(Array((name + mark).utf8)), bytes: 42, header: fault == nil ? header : nil,
        fault: fault)
}
