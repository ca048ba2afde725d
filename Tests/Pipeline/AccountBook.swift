import Model

/// A small billing book: account n belongs to customer n and owes one bill, unless it says otherwise.
struct AccountBook {
    struct Account {
        var number: String
        var customer: String
        var name: String
        var address: String
        var status = "active"
        var cashOnly = false
    }

    struct Bill {
        var number: String
        var account: String
        var amount: Cents
        var balance: Cents
        var due = "2026-03-10"
    }

    var accounts: [Account] = []
    var bills: [Bill] = []
    /// Rows of `flags.csv`.
    var flags: [String] = []
    /// Rows of `plans.csv` and `pledges.csv`.
    var plans: [String] = []
    var pledges: [String] = []
    /// The row of `extract.csv`.
    var extract: String?

    private static let names = [
        "Abel", "Brandt", "Corliss", "Dunmore", "Eastlake", "Farrow", "Gilchrist", "Hollis", "Ibarra", "Jessup",
        "Kimura", "Lindgren", "Maddox", "Nakata", "Ortega", "Pruitt", "Quimby", "Rasmus", "Sorley", "Tamblyn",
    ]

    /// A book of so many accounts; account n owes `amount(n)` on bill `bill(n)`.
    init(accounts count: Int = 8) {
        for n in 1...count {
            let last = Self.names[n % Self.names.count] + (n > Self.names.count ? Self.suffix(n) : "")
            accounts.append(
                Account(
                    number: Self.account(n), customer: "C\(1000 + n)", name: "Pat \(last)",
                    address: "\(100 + n) \(Self.names[(n * 7) % Self.names.count]) Street"))
            let amount = Self.amount(n)
            bills.append(Bill(number: Self.bill(n), account: Self.account(n), amount: amount, balance: amount))
        }
    }

    /// A number of ten digits, the last its check digit, far from its neighbours.
    static func account(_ n: Int) -> String {
        let body = String(400_000_000 + n * 1_234_577)
        return body + String(decoding: [CheckDigit.luhn.digit(for: Array(body.utf8))!], as: UTF8.self)
    }

    static func bill(_ n: Int) -> String { "W\(20_000 + n)" }
    static func amount(_ n: Int) -> Cents { Cents(Int64(5_000 + n * 137)) }

    /// Letters that make the last name of a large book's account its own.
    private static func suffix(_ n: Int) -> String {
        String(decoding: [UInt8(97 + n % 26), UInt8(97 + n / 26 % 26)], as: UTF8.self)
    }

    mutating func changeAccount(_ n: Int, _ change: (inout Account) -> Void) { change(&accounts[n - 1]) }
    mutating func changeBill(_ n: Int, _ change: (inout Bill) -> Void) { change(&bills[n - 1]) }

    var accountsCSV: String {
        let rows = accounts.map {
            "\($0.number),\($0.customer),\($0.name),\($0.address),Millrace,97998,\($0.status),2020-01-01,,"
                + ($0.cashOnly ? "yes" : "no")
        }
        return Self.csv("account,customer,name,service_address,city,zip,status,opened_on,closed_on,cash_only", rows)
    }

    var billsCSV: String {
        let rows = bills.map { "\($0.number),\($0.account),2026-02-10,\($0.due),\($0.amount),\($0.balance),water" }
        return Self.csv("bill,account,issued_on,due_on,amount,balance,kind", rows)
    }

    var files: [String: String] {
        var files = ["accounts.csv": accountsCSV, "bills.csv": billsCSV]
        if !flags.isEmpty { files["flags.csv"] = Self.csv("account,flag,from,until,case,note", flags) }
        if !plans.isEmpty {
            files["plans.csv"] = Self.csv("account,plan,kind,instalment,next_due_on,remaining,bills", plans)
        }
        if !pledges.isEmpty { files["pledges.csv"] = Self.csv("account,pledge,agency,amount", pledges) }
        if let extract { files["extract.csv"] = Self.csv("as_of,last_posting_batch,accounts,bills,total", [extract]) }
        return files
    }

    private static func csv(_ header: String, _ rows: [String]) -> String {
        ([header] + rows).map { $0 + "\n" }.joined()
    }
}
