internal import Files
package import Ledger
internal import Model

/// Writes the files of this room: the index, and the pages out of the deliveries they came in.
///
/// It keeps the delivery it read last open, since the pages of one delivery are written one after another and
/// opening an archive means reading its whole directory. One is made for many files of one state of the ledger.
package final class DocumentRenderer {
    private let transaction: Transaction
    private let home: String
    private var open: (intake: IntakeID, source: ImageSource)?

    /// `home` is the path of the home.
    package init(_ transaction: Transaction, home: String) {
        self.transaction = transaction
        self.home = home
    }

    /// Hands over the bytes of one file in pieces.
    ///
    /// - Throws: `RecordsFault` where the kind is not of this room, or where a page's original is not there or has
    ///   other bytes than the ledger says. Nothing that was handed over may then be kept.
    package func render(_ projection: Projection, _ put: ([UInt8]) throws -> Void) throws {
        if let kind = DocumentIndex.Kind(rawValue: projection.kind) {
            return try DocumentIndex.render(kind, transaction, put)
        }
        guard projection.kind == "page" else {
            throw RecordsFault("nothing renders the kind \(projection.kind) of \(projection.path)")
        }
        try page(projection, put)
    }

    private func page(_ projection: Projection, _ put: ([UInt8]) throws -> Void) throws {
        let parts = projection.subject.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let intake = Int64(decimal: parts[0].utf8),
            let wanted = try transaction.pageDigest(projection.path)
        else { throw RecordsFault("no image is known for \(projection.path)") }
        var digest = SHA256Digest()
        do {
            try source(intake).read(String(parts[1])) { piece in
                piece.withUnsafeBytes { digest.update($0) }
                try put(piece)
            }
        } catch let refused as FileRefused {
            throw RecordsFault("the original of \(projection.path) was altered: \(refused.fault.message)")
        }
        guard digest.finish() == wanted else {
            throw RecordsFault("the original of \(projection.path) was altered: it is not the image that was filed")
        }
    }

    private func source(_ intake: IntakeID) throws -> ImageSource {
        if let open, open.intake == intake { return open.source }
        guard let delivery = try transaction.delivery(intake) else {
            throw RecordsFault("there is no intake \(intake)")
        }
        let path = try path(of: delivery, intake)
        guard let source = try ImageSource(path: path) else { throw RecordsFault("\(path) holds no images") }
        open = (intake, source)
        return source
    }

    /// Where a delivery stands: in the archive, or, where a run was cut off before that, in its work folder.
    private func path(of delivery: (name: String, archivePath: String?), _ intake: IntakeID) throws -> String {
        if let path = delivery.archivePath { return "\(home)/\(path)" }
        let folder = WorkFolder.path(of: home, intake: intake)
        // The claim gives a file a safe name of its own; it is the only thing in the folder.
        guard let name = try Folder.names(folder).first(where: { !$0.hasPrefix(".") }) else {
            throw RecordsFault("\(folder), where \(shown(delivery.name)) should be, is empty")
        }
        return "\(folder)/\(name)"
    }
}

extension Transaction {
    /// Writes one file of this room. For many files, a `DocumentRenderer` kept over them is much faster.
    package func render(_ projection: Projection, home: String, _ put: ([UInt8]) throws -> Void) throws {
        try DocumentRenderer(self, home: home).render(projection, put)
    }
}
