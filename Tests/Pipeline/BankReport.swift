import Model

/// A BAI2 file with one group of one account.
struct BankReport {
    struct Detail {
        var code: Int
        var amount: Cents
        var reference = ""
        var text = ""
        var customer = ""

        init(_ code: Int, _ amount: Cents, reference: String = "", _ text: String = "") {
            self.code = code
            self.amount = amount
            self.reference = reference
            self.text = text
        }

        /// A credit that pays account n of the book in full.
        static func credit(_ n: Int, reference: String = "") -> Detail {
            Detail(165, AccountBook.amount(n), reference: reference, "ACCT \(AccountBook.account(n))")
        }
    }

    var account = "0000417702"
    var day = "260302"
    /// The as-of date modifier: 2 previous-day, 4 final same-day.
    var modifier = 2
    /// Tells files apart that say the same.
    var number = 1
    var details: [Detail]

    init(_ details: Detail..., day: String = "260302", modifier: Int = 2, number: Int = 1) {
        self.details = details
        self.day = day
        self.modifier = modifier
        self.number = number
    }

    var text: String {
        let total = details.map(\.amount.rawValue).reduce(0, +)
        let rows = details.map { "16,\($0.code),\($0.amount.rawValue),Z,\($0.reference),\($0.customer),\($0.text)/" }
        let head = [
            "01,PINEBANK,HARBOR,260303,0715,\(number),,,2/", "02,HARBOR,PINEBANK,1,\(day),2400,USD,\(modifier)/",
        ]
        let foot = [(49, "", 2), (98, "1,", 4), (99, "1,", 6)].map { code, units, more in
            "\(code),\(total),\(units)\(rows.count + more)/"
        }
        return (head + ["03,\(account),USD/"] + rows + foot).map { $0 + "\n" }.joined()
    }
}

/// A card processor's detail of one settled day, by the layout card-processor.
struct CardFile {
    var rows: [String] = []
    var settled = "03/02/2026"

    /// A sale that pays account n of the book in full.
    mutating func sale(_ n: Int, _ transaction: String, fee: Cents = .zero) {
        let gross = AccountBook.amount(n)
        row("Sale", transaction, "", AccountBook.account(n), gross, fee: fee)
    }

    /// A payment of account n that is taken back.
    mutating func back(_ type: String, _ n: Int, of original: String, _ transaction: String, fee: Cents = .zero) {
        row(type, transaction, original, AccountBook.account(n), -AccountBook.amount(n), fee: fee)
    }

    mutating func row(
        _ type: String, _ transaction: String, _ original: String, _ account: String, _ gross: Cents, fee: Cents
    ) {
        rows.append(
            "\(type),\(transaction),\(original),03/01/2026,\(settled),\(account),,Pat Payer,\(gross),\(fee),"
                + "\(gross - fee),,")
    }

    var text: String {
        let header =
            "Type,Transaction,Original,Date,Settled,Account,Invoice,Cardholder,Gross,Fee,Net,Reason Code,Reason"
        return ([header] + rows).map { $0 + "\n" }.joined()
    }
}
