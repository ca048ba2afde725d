internal import Files
internal import Ledger
internal import Model
internal import Records

/// The claim: a private copy of the file is made and hashed, the intake is recorded, the inbox is cleared.
///
/// The copy that is hashed is the copy that is read and archived; what a sender does to the file in the inbox
/// afterwards changes nothing. Order (each step durable before the next): copy, row, removal from the inbox.
struct Claiming {
    let home: Home
    let now: Moment

    private var inbox: Inbox { Inbox(path: home.path + "/inbox") }

    /// Where the private copy of an intake lies.
    static func workFolder(_ home: Home, _ intake: IntakeID) -> String {
        WorkFolder.path(of: home.path, intake: intake)
    }

    static func workFile(_ home: Home, _ intake: Intake) -> String {
        "\(workFolder(home, intake.id))/\(safeName(intake.name))"
    }

    /// Where the archive keeps an intake, under the home: by the day it was received.
    static func archivePath(of intake: Intake) -> String {
        let day = intake.receivedAt.prefix(10).split(separator: "-").joined(separator: "/")
        return "archive/\(day)/\(intake.id)-\(intake.sha256.prefix(8))-\(safeName(intake.name))"
    }

    /// The last name of an inbox path, fit for any folder: letters, digits and `._-`, at most 100 bytes.
    static func safeName(_ name: String) -> String {
        let safe = Folder.lastName(of: name).utf8.map { byte in
            (byte | 32) &- 97 < 26 || byte &- 48 < 10 || "._-".utf8.contains(byte) ? byte : UInt8(ascii: "_")
        }
        let text = String(decoding: safe.suffix(100), as: UTF8.self)
        return text.hasPrefix(".") ? "_" + text.dropFirst() : text
    }

    /// Claims one arrival. Nil where it changed or vanished meanwhile: it is looked at again by the next scan.
    func claim(_ arrival: Arrival) throws -> Intake? {
        let id = try home.ledger.read { try $0.nextIntake() }
        let folder = Self.workFolder(home, id)
        try Folder.removeTree(folder)
        try Folder.make(folder)
        let source = "\(inbox.path)/\(arrival.name)"
        let target = "\(folder)/\(Self.safeName(arrival.name))"
        let copied: (sha256: String, bytes: Int64)
        do {
            copied = arrival.isFolder ? try copyFolder(source, to: target) : try copyFile(source, to: target)
        } catch let fault as FileFault where fault.isMissing {
            try Folder.removeTree(folder)
            return nil
        }
        guard try isUnchanged(arrival), arrival.promised ?? copied.sha256 == copied.sha256 else {
            try Folder.removeTree(folder)
            return nil
        }
        try Folder.synchronize(folder)
        let intake = Intake(
            id: id, name: arrival.name, source: arrival.source, sha256: copied.sha256, bytes: copied.bytes,
            inboxIdentity: arrival.identity, receivedAt: now.description)
        try home.ledger.write { transaction in
            try transaction.insert(intake)
            try transaction.audit(
                at: now.description, who: "sluice", event: "claim", subject: String(id), detail: arrival.name)
        }
        try clear(arrival, of: id)
        return intake
    }

    private func copyFile(_ source: String, to target: String) throws -> (sha256: String, bytes: Int64) {
        try FileBytes.copy(try OpenFile(reading: source), to: target)
    }

    private func copyFolder(_ source: String, to target: String) throws -> (sha256: String, bytes: Int64) {
        try Folder.make(target)
        var members: [(path: String, sha256: String, bytes: Int64)] = []
        for name in try Folder.names(source) where !name.hasPrefix(".") {
            let copied = try FileBytes.copy(try OpenFile(reading: "\(source)/\(name)"), to: "\(target)/\(name)")
            members.append((name, copied.sha256, copied.bytes))
        }
        try Folder.synchronize(target)
        return (ImageSet.digest(of: members.map { ($0.path, $0.sha256) }), members.reduce(0) { $0 + $1.bytes })
    }

    private func isUnchanged(_ arrival: Arrival) throws -> Bool {
        try inbox.identity(of: arrival.name, isFolder: arrival.isFolder) == arrival.identity
    }

    /// Takes what was claimed out of the inbox, its markers first: a marker must not outlive its file.
    ///
    /// The original is first moved into the work folder and looked at there. Where a sender has put another file in
    /// its place meanwhile, that one goes back: nothing is ever removed that was not copied.
    private func clear(_ arrival: Arrival, of intake: IntakeID) throws {
        for marker in arrival.markers { try Folder.removeFile(marker) }
        let path = "\(inbox.path)/\(arrival.name)"
        let aside = asidePath(intake)
        try Folder.make(Folder.parent(of: aside))
        if try !Folder.rename(path, to: aside) {
            // An inbox on a volume of its own: the last look is at the original in its place.
            guard try isUnchanged(arrival) else { return }
            try Folder.removeTree(path)
        }
        try settle(aside, name: arrival.name, identity: arrival.identity)
    }

    private func asidePath(_ intake: IntakeID) -> String { "\(Self.workFolder(home, intake))/.original" }

    /// Removes an original that was moved aside, or gives it back where it is another than was claimed.
    private func settle(_ aside: String, name: String, identity: String) throws {
        let path = "\(inbox.path)/\(name)"
        if let found = Folder.identity(aside) {
            if try Inbox.identity(at: aside, isFolder: found.isFolder) == identity {
                try Folder.removeTree(aside)
            } else {
                _ = try Folder.rename(aside, to: path)
            }
        }
        try Folder.synchronize(Folder.parent(of: path))
    }

    /// Clears the inbox of what a stopped run claimed and had no time to remove: the same name and the very same file.
    func clearLeftovers(of intakes: [Intake]) throws {
        for intake in intakes where Folder.identity(asidePath(intake.id)) != nil {
            try settle(asidePath(intake.id), name: intake.name, identity: intake.inboxIdentity)
        }
        let claimed = Dictionary(intakes.map { ($0.name, $0) }) { $1 }
        for arrival in try inbox.candidates() {
            guard let intake = claimed[arrival.name], intake.inboxIdentity == arrival.identity else { continue }
            try clear(arrival, of: intake.id)
        }
    }
}
