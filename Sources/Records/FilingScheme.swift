internal import Files
internal import Model

/// The names documents are known and filed by. A name is made of numbers only, never of what a file or a
/// customer is called, and it never changes: class, account and status live in the index.
package enum FilingScheme {
    /// `LB1-20261123-0042-00017`: site, business date, batch (the intake's number), place in the intake.
    static func documentID(site: Site, businessDate: CivilDate, intake: IntakeID, place: Int64) -> String {
        "\(site.code)-\(businessDate.packed)-\(padded(intake, to: 4))-\(padded(place, to: 5))"
    }

    /// The site that a document's id begins with.
    static func site(of documentID: String) -> String { String(documentID.prefix(3)) }

    /// `LB1-0042`: the batch of a site, which is also the name of its folder.
    static func batchID(site: String, intake: IntakeID) -> String { "\(site)-\(padded(intake, to: 4))" }

    /// `LB1-20261123-0042-T0009`: the envelope by its place in the file; `P` where a payment came without one.
    static func itemID(documentID: String, transaction: Int64?, payment: Int64?) -> String? {
        let batch = documentID.prefix { $0 != "-" } + "-" + documentID.dropFirst(4).prefix(8)
        func name(_ letter: String, _ place: Int64, _ intake: IntakeID) -> String {
            "\(batch)-\(padded(intake, to: 4))-\(letter)\(padded(place, to: 4))"
        }
        if let transaction {
            let unit = PaymentID(key: transaction)
            let isUnit = unit.place > PaymentID.placesMax
            return name("T", isUnit ? unit.place - PaymentID.placesMax : unit.place, unit.intake)
        }
        return payment.map(PaymentID.init(key:)).map { name("P", $0.place, $0.intake) }
    }

    /// The path of a page under the home: `documents/records/2026/11/23/LB1-0042/LB1-…-00017_CHK_001F.tif`.
    static func pagePath(_ document: DocumentHead, page: Int64, side: String, suffix: String) -> String {
        let day = document.businessDate
        let folder =
            "\(padded(Int64(day.year), to: 4))/\(padded(Int64(day.month), to: 2))/\(padded(Int64(day.day), to: 2))"
        let batch = batchID(site: site(of: document.documentID), intake: document.intake)
        let name = "\(document.documentID)_\(document.type)_\(padded(page, to: 3))\(side).\(suffix)"
        return "documents/records/\(folder)/\(batch)/\(name)"
    }

    /// The suffix a page is filed under: what its bytes are, else what its name promises.
    static func suffix(of member: ImageMember) -> String {
        if let kind = member.header?.kind { return kind.rawValue }
        switch ImageNames.suffix(of: member.name) {
        case "tif", "tiff": return "tif"
        case "jpg", "jpeg": return "jpg"
        case "png": return "png"
        case "pdf": return "pdf"
        default: return "bin"
        }
    }

    /// The MIME type that goes with a page's suffix.
    static func mime(ofPath path: String) -> String {
        let suffix = ImageNames.suffix(of: path)
        return ImageHeader.Kind(rawValue: suffix)?.mime ?? "application/octet-stream"
    }

    private static func padded(_ number: Int64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// What the name of a page's file is made of.
struct DocumentHead {
    let documentID: String
    let type: String
    let intake: IntakeID
    let businessDate: CivilDate
}

/// How the names of images are compared. Names are what banks write: they are looked up, never opened.
package enum ImageNames {
    /// Whether a file of this name is taken for an image.
    package static func isImageName(_ name: String) -> Bool {
        ["tif", "tiff", "png", "jpg", "jpeg", "pdf"].contains(suffix(of: name))
    }

    /// The name without its folders and without regard to case: what two writings of one name have in common.
    ///
    /// Banks write paths of their own machines, so a backslash ends a folder here.
    static func key(_ name: String) -> String {
        let last = name.utf8.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }).last
        return last.map { Substring($0).lowercased() } ?? ""
    }

    /// The name without its last suffix and without regard to case: what a lockbox file and its images share.
    static func stem(_ name: String) -> String {
        let last = Folder.lastName(of: name).lowercased()
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return last }
        return String(last[..<dot])
    }

    /// What stands behind the last dot of a name, in lower case; empty where there is none.
    static func suffix(of name: String) -> String {
        let last = Folder.lastName(of: name)
        return last.lastIndex(of: ".").map { last[last.index(after: $0)...].lowercased() } ?? ""
    }
}
