import Model

/// A NACHA file of one batch, its counts and totals right.
struct ACHFile {
    struct Entry {
        var code: Int
        var amount: Cents
        var trace: String
        var id = ""
        var name = "PAT PAYER"
        var account = "7994543709"
        /// Behind the record type, without the trace of the entry: `05…`, `98…`, `99…`.
        var addenda: [String] = []

        /// A debit of our own collection.
        init(collecting amount: Cents, trace: String, id: String = "") {
            (code, self.amount, self.trace, self.id) = (27, amount, trace, id)
        }

        /// A credit of a company.
        init(paying amount: Cents, trace: String, id: String = "") {
            (code, self.amount, self.trace, self.id) = (22, amount, trace, id)
        }

        /// The bank returns a debit of ours.
        init(returning amount: Cents, trace: String, of original: String, reason: String = "R01") {
            (code, self.amount, self.trace) = (26, amount, trace)
            addenda = ["99\(reason)\(original)      12104288"]
        }

        /// A bank tells that the data of an account has changed.
        init(changing original: String, code: String, to data: String, trace: String) {
            (self.code, amount, self.trace) = (21, .zero, trace)
            addenda = ["98\(code)\(original)      12104288\(data)"]
        }
    }

    var date = "260302"
    var modifier = "A"
    var entryClass = "PPD"
    var companyName = "WATER DISTRICT"
    var company = "1234567890"
    var batch = 1
    var description = "BILL"
    var entries: [Entry]

    init(_ entries: Entry...) { self.entries = entries }

    var text: String { records.map { $0 + "\n" }.joined() }

    var records: [String] {
        let body = entries.flatMap(records(of:))
        let hash = pad(String(12_104_288 * entries.count), 10, zeros: true)
        let debits = entries.filter { $0.code % 10 > 4 }.map(\.amount).sum
        let credits = entries.filter { $0.code % 10 < 5 }.map(\.amount).sum
        let sums = cents(debits, 12) + cents(credits, 12)
        let count = pad(String(body.count), 6, zeros: true)
        let number = pad(String(batch), 7, zeros: true)
        let blocks = (body.count + 4 + 9) / 10
        let all =
            [
                "101 121042882 123456789\(date)0700\(modifier)094101" + pad("OUR BANK", 23) + pad("US", 23)
                    + pad("", 8),
                "5200" + pad(companyName, 16) + pad("", 20) + company + entryClass + pad(description, 10) + pad("", 6)
                    + date
                    + "   112104288" + number,
            ] + body + [
                "8200\(count)\(hash)\(sums)\(company)" + pad("", 25) + "12104288" + number,
                "9000001" + pad(String(blocks), 6, zeros: true) + pad(String(body.count), 8, zeros: true) + hash + sums
                    + pad("", 39),
            ]
        return all + Array(repeating: String(repeating: "9", count: 94), count: blocks * 10 - all.count)
    }

    private func records(of entry: Entry) -> [String] {
        let record =
            "6\(entry.code)121042882" + pad(entry.account, 17) + cents(entry.amount, 10) + pad(entry.id, 15)
            + pad(entry.name, 22) + "  " + (entry.addenda.isEmpty ? "0" : "1") + entry.trace
        return [record]
            + entry.addenda.enumerated().map { place, text in
                text.hasPrefix("05")
                    ? "7" + pad(text, 82) + pad(String(place + 1), 4, zeros: true) + entry.trace.suffix(7)
                    : "7" + pad(text, 78) + entry.trace
            }
    }

    private func cents(_ cents: Cents, _ width: Int) -> String { pad(String(cents.rawValue), width, zeros: true) }

    private func pad(_ text: String, _ width: Int, zeros: Bool = false) -> String {
        let filling = String(repeating: zeros ? "0" : " ", count: max(0, width - text.utf8.count))
        return zeros ? filling + text : text + filling
    }
}
