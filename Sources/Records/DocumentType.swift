/// What a scanned paper is. A type has one retention class, and the class decides its destiny (MoReq2010).
package enum DocumentType: String, Sendable, CaseIterable {
    case check = "CHK"
    case coupon = "CPN"
    case envelope = "ENV"

    /// The code of its default retention class; `config/retention.csv` gives the class its period.
    package var retentionClass: String {
        switch self {
        case .check, .coupon: "REM"
        case .envelope: "ENV"
        }
    }

    /// Who may see it: a check shows a bank account number.
    package var access: String {
        switch self {
        case .check: "bank"
        case .coupon, .envelope: "internal"
        }
    }
}

/// Which side of the paper an image shows.
package enum PageSide: String, Sendable {
    case front = "F"
    case back = "B"
    /// The only side there is an image of.
    case single = "S"
}

/// Where a document stands.
package enum DocumentStatus: String, Sendable, CaseIterable {
    /// A bank file names it; not all of its images have come.
    case awaited
    case indexed
    /// A person must look at it, as at an image that cannot be read.
    case review
    case held
    case redacted
    case destroyed
}

/// The three letters or digits of the site whose papers these are; the first part of every document's id.
package struct Site: Hashable, Sendable {
    package let code: String

    /// Nil where the code is not three of `A-Z0-9`: it stands in the names of files.
    package init?(_ code: String) {
        let isPlain = code.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
        guard code.utf8.count == 3, isPlain else { return nil }
        self.code = code
    }

    private init(known code: String) { self.code = code }

    /// The first lockbox.
    package static let lockbox = Site(known: "LB1")
}
