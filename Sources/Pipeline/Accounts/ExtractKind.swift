internal import Files
internal import Formats
internal import Ledger

/// What a file of the extract is, known by its header.
enum ExtractKind: Int {
    case extract, accounts, flags, bills, plans, extensions, pledges, turnoffs

    /// The columns that a file of this kind cannot be without.
    var columns: [String] {
        switch self {
        case .extract: ["as_of"]
        case .accounts: ["account", "customer", "name"]
        case .flags: ["account", "flag"]
        case .bills: ["bill", "account", "amount", "balance"]
        case .plans: ["account", "plan", "instalment"]
        case .extensions: ["account", "extension", "until"]
        case .pledges: ["account", "pledge", "agency", "amount"]
        case .turnoffs: ["account", "visit_on", "amount_to_stop"]
        }
    }

    /// What a full extract ends of it where it no longer states it.
    var terms: Transaction.TermsKind? {
        switch self {
        case .extract, .accounts, .bills: nil
        case .flags: .flags
        case .plans: .plans
        case .extensions: .extensions
        case .pledges: .pledges
        case .turnoffs: .turnoffs
        }
    }

    /// The order in which the header of a file is held against them.
    private static let inOrder: [ExtractKind] = [
        .extract, .bills, .plans, .extensions, .pledges, .flags, .turnoffs, .accounts,
    ]

    /// What a file is by its header.
    ///
    /// - Throws: `AccountsImport.Refused`, which says what the header lacks.
    init(ofFile path: String) throws {
        let file = try OpenFile(reading: path)
        var head: [UInt8] = [UInt8](repeating: 0, count: 4096)
        let count = try head.withUnsafeMutableBytes { try file.read(into: $0) }
        var table = CSVTable()
        try head[..<count].withUnsafeBytes { try table.feed($0) { _, _ in } }
        var columns: Set<String> = []
        for column in table.columns where !column.isEmpty && !columns.insert(column).inserted {
            throw AccountsImport.Refused(
                description: "\(path):1: its header has the column \(column) twice; nothing was loaded")
        }
        guard let kind = Self.inOrder.first(where: { columns.isSuperset(of: $0.columns) }) else {
            throw AccountsImport.Refused(
                description:
                    "\(path):1: its header (\(table.columns.prefix(8).joined(separator: ","))) is none of "
                    + "accounts.csv, bills.csv, flags.csv, plans.csv, extensions.csv, pledges.csv, turnoffs.csv or "
                    + "extract.csv; \(Self.lack(of: columns, in: Folder.lastName(of: path)))nothing was loaded")
        }
        self = kind
    }

    /// What a header lacks to be that of the file's name, else of the kind that it comes nearest to.
    private static func lack(of columns: Set<String>, in name: String) -> String {
        func missing(_ kind: ExtractKind) -> [String] { kind.columns.filter { !columns.contains($0) } }
        let near = inOrder.filter { missing($0).count < $0.columns.count }
            .min { missing($0).count < missing($1).count }
        guard let kind = inOrder.first(where: { name.lowercased().hasPrefix("\($0)") }) ?? near else { return "" }
        let some = missing(kind)
        return "as \(kind).csv it lacks the column\(some.count == 1 ? "" : "s") \(some.joined(separator: ", ")); "
    }
}
