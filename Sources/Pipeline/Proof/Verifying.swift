internal import Files
package import Ledger
internal import Model
internal import Records

/// Proves the promises from the raw rows and the folders (`sluice verify`). Changes nothing.
package struct Verifying {
    private let home: Home

    package init(home: Home) { self.home = home }

    /// All breaches; none where every promise holds.
    package func breaches() throws -> [Breach] {
        try home.ledger.read { transaction in
            var proofs = Proofs(transaction)
            return try proofs.run() + projections(transaction) + archive(transaction)
        }
    }

    private func projections(_ transaction: Transaction) throws -> [Breach] {
        var breaches: [Breach] = []
        let waiting = try transaction.waitingProjections()
        if waiting > 0 { breaches.append(Breach("\(waiting) files wait to be written; sluice run writes them")) }
        try transaction.writtenProjections { path, sha256, _ in
            let whole = "\(home.path)/\(path)"
            if Folder.identity(whole) == nil {
                breaches.append(Breach("\(path) is missing; sluice run writes it again"))
            } else if try FileBytes.digest(whole).sha256 != sha256 {
                breaches.append(
                    Breach("\(path) was changed after it was written; remove it, and sluice run writes it again"))
            }
        }
        return breaches
    }

    private func archive(_ transaction: Transaction) throws -> [Breach] {
        var breaches: [Breach] = []
        for intake in try transaction.intakes() {
            guard let path = intake.archivePath else {
                breaches.append(Breach("intake \(intake.id), \(intake.name), is not finished; sluice run finishes it"))
                continue
            }
            let whole = "\(home.path)/\(path)"
            guard let identity = Folder.identity(whole) else {
                breaches.append(Breach("\(path), the original of intake \(intake.id), is missing"))
                continue
            }
            let found = identity.isFolder ? try ImageSet.digest(ofFolder: whole) : try FileBytes.digest(whole).sha256
            if found != intake.sha256 {
                breaches.append(Breach("\(path), the original of intake \(intake.id), was altered"))
            }
        }
        return breaches
    }
}
