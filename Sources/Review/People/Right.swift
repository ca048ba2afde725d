/// One thing that a person may do. An office gives rights, not roles.
package enum Right: String, Sendable, CaseIterable {
    case openMail = "open-mail"
    /// Key amounts and items.
    case key
    case decide
    /// Say yes or no to what another decided.
    case approve
    case deposit
    case postReturns = "post-returns"
    case refund
    case writeOff = "write-off"
    case closeDay = "close-day"
    case reconcile
    case importAccounts = "import-accounts"
    case configure
    case records
    case dispose
    /// See a bank account number in clear, which is logged.
    case unmask
    /// Add and disable users.
    case administer
    case readOnly = "read-only"
}

extension Right {
    /// What it lets a person do, in a few words.
    package var sentence: String {
        switch self {
        case .openMail: "open mail and count what came"
        case .key: "key amounts and items"
        case .decide: "decide exceptions"
        case .approve: "approve or decline what another decided"
        case .deposit: "make up deposits"
        case .postReturns: "post what the bank takes back"
        case .refund: "give money back or pay it over"
        case .writeOff: "write a difference off"
        case .closeDay: "close the business day"
        case .reconcile: "compare the bank's statement with the books"
        case .importAccounts: "load the billing system's extract"
        case .configure: "change how the office works"
        case .records: "index and file documents"
        case .dispose: "destroy records whose time is over"
        case .unmask: "see a bank account number in clear; each look is logged"
        case .administer: "add and disable users and give rights"
        case .readOnly: "look, and change nothing"
        }
    }
}
