package import Model

/// A layout drafted from the head of a file, for a person to check: it is never used unseen.
package struct LayoutGuess: Sendable {
    /// The layout's text; where it was guessed, a comment says `check this`.
    package let yaml: String
    /// What the file's head does not tell.
    package let doubts: [String]

    /// Drafts a layout.
    ///
    /// - Parameter head: The file's first bytes, at most `Format.headSize`; fewer are taken for the whole file.
    /// - Throws: `format-unknown` where nothing can be said, with what is missing.
    package init(of head: [UInt8], name: String) throws(FileRefused) {
        var draft = LayoutDraft(table: try GuessTable(Array(head.prefix(Format.headSize))), name: name)
        try draft.find()
        yaml = draft.yaml
        doubts = draft.doubts
    }
}

/// What has been found out about a file.
struct LayoutDraft {
    var table: GuessTable
    let name: String
    var doubts: [String] = []
    /// Role and column, in the file's order; a column may have two roles.
    var fields: [(role: String, column: Int, isSure: Bool)] = []
    var ignored: [Int] = []
    var dates = "yyyy-mm-dd"
    var style: (decimal: String, group: String?) = (".", nil)
    var isSigned = false
    var signs: [(word: String, direction: Direction)] = []
    var kinds: [(word: String, kind: String, isSure: Bool)] = []
    var excluded: [(column: Int, word: String)] = []
    var record: (column: Int, payment: String, others: [String])?

    mutating func find() throws(FileRefused) {
        findRecordTypes()
        takeHeaders()
        try findAmount()
        try findDay()
        findStyle()
        findSigns()
        findKinds()
        tidy()
        tellTable()
    }

    func column(of role: String) -> Int? { fields.first { $0.role == role }?.column }

    mutating func drop(_ role: String) { fields.removeAll { $0.role == role } }

    /// Rows of several types: those like the first are payments, the others are passed over until a person says more.
    private mutating func findRecordTypes() {
        guard let column = (0..<table.width).first(where: { GuessWords.role(table.name($0)) == "record" }),
            let payment = table.rows.first?[column]
        else { return }
        var others: [String] = []
        for row in table.rows where row[column] != payment && !others.contains(row[column]) {
            others.append(row[column])
        }
        record = (column, payment, others)
        table.rows.removeAll { $0[column] != payment }
        if !others.isEmpty {
            doubts.append("records of type \(others.joined(separator: ", ")) are passed over; they may hold totals")
        }
    }

    private mutating func takeHeaders() {
        for column in 0..<table.width where column != record?.column {
            guard let role = GuessWords.role(table.name(column)), role != "balance", self.column(of: role) == nil,
                Role(name: role) != nil
            else { continue }
            fields.append((role, column, true))
        }
    }

    private mutating func findAmount() throws(FileRefused) {
        for role in ["amount", "credit", "debit", "fee", "net", "line-amount"] {
            guard let column = column(of: role), !GuessValues.looksLikeMoney(table.column(column)) else { continue }
            let values = table.column(column).filter { !$0.isEmpty }
            // What a header names an amount is one, garbled ones among them: those are for the reader to refuse.
            let isRead = values.contains { value in GuessValues.styles.contains { GuessValues.cents(value, $0) != nil }
            }
            if !isRead, !values.isEmpty { drop(role) }
        }
        if column(of: "amount") != nil {
            drop("credit")
            drop("debit")
        }
        guard column(of: "amount") == nil, column(of: "credit") == nil || column(of: "debit") == nil else { return }
        drop("credit")
        drop("debit")
        let taken = Set(fields.map(\.column))
        let candidates = (0..<table.width).filter { column in
            !taken.contains(column) && GuessWords.role(table.name(column)) != "balance"
                && GuessValues.looksLikeMoney(table.column(column))
        }
        guard let column = candidates.first else {
            throw FileRefused(.formatUnknown, "no column looks like an amount, by its header or by its values")
        }
        fields.append(("amount", column, false))
        doubts.append("the amount is taken from \(label(column)), by its values alone")
        if candidates.count > 1 { doubts.append("\(candidates.count) columns look like amounts") }
    }

    private mutating func findDay() throws(FileRefused) {
        for role in ["booking-date", "value-date", "deposit-date"] {
            guard let column = column(of: role), GuessValues.patterns(of: table.column(column)).isEmpty else {
                continue
            }
            drop(role)
        }
        if column(of: "deposit-date") == nil {
            let isNamed = column(of: "booking-date") ?? column(of: "value-date")
            let byValues = (0..<table.width).first { !GuessValues.patterns(of: table.column($0)).isEmpty }
            guard let column = isNamed ?? byValues else {
                throw FileRefused(.formatUnknown, "no column holds days in an order that can be told")
            }
            fields.insert(("deposit-date", column, isNamed != nil), at: 0)
            if isNamed == nil { doubts.append("the day is taken from \(label(column)), by its values alone") }
        }
        let days = ["deposit-date", "booking-date", "value-date"].compactMap { column(of: $0) }
        var patterns = GuessValues.datePatterns
        for column in days { patterns.removeAll { !GuessValues.patterns(of: table.column(column)).contains($0) } }
        guard let first = patterns.first else {
            throw FileRefused(.formatUnknown, "the columns of days are not in one order")
        }
        dates = first
        if patterns.count > 1 { doubts.append("days fit \(patterns.joined(separator: " and ")); \(first) is taken") }
    }

    private mutating func findStyle() {
        let columns = ["amount", "credit", "debit", "fee", "net", "line-amount"].compactMap { column(of: $0) }
        let values = columns.flatMap { table.column($0) }.filter { !$0.isEmpty }
        let scores = GuessValues.styles.map { style in values.count { GuessValues.cents($0, style) != nil } }
        let most = scores.max() ?? 0
        if let index = scores.firstIndex(of: most) { style = GuessValues.styles[index] }
        if most < values.count { doubts.append("\(values.count - most) of \(values.count) amounts cannot be read") }
        if !values.contains(where: { $0.contains(style.decimal) }) {
            doubts.append("no amount shows its decimal mark")
        }
        isSigned = values.contains { (GuessValues.cents($0, style) ?? .zero) < .zero }
    }

    private mutating func findSigns() {
        guard let column = column(of: "sign") else { return }
        let words = distinct(column)
        signs = words.compactMap { word in GuessWords.signs[word.lowercased()].map { (word, $0) } }
        if signs.count < words.count || signs.isEmpty || isSigned {
            doubts.append("\(label(column)) looks like a sign and is not understood; it is passed over")
            drop("sign")
            signs = []
        }
    }

    /// A column of words is a kind where one of them says that a row is something else than a payment.
    private mutating func findKinds() {
        guard let column = column(of: "kind") else { return }
        let words = distinct(column)
        let known = words.map { ($0, GuessWords.kinds[$0.lowercased()]) }
        guard words.count <= 20, known.contains(where: { $0.1 != nil && $0.1 != "payment" }) else {
            return drop("kind")
        }
        for (word, kind) in known {
            if kind == "exclude" {
                excluded.append((column, word))
            } else {
                kinds.append((word, kind ?? "payment", kind != nil))
            }
        }
        for (word, _, isSure) in kinds where !isSure {
            doubts.append("rows of \(label(column)) \"\(word)\" are taken for payments")
        }
    }

    /// Drops what could do harm as a guess: numbers that are not one payment's own, fees in a bank's batches.
    private mutating func tidy() {
        if let column = column(of: "trace") {
            let values = table.column(column).filter { !$0.isEmpty }
            if Set(values).count < values.count { drop("trace") }
        }
        if column(of: "fee") == nil || column(of: "batch") != nil {
            drop("net")
            drop("fee")
        }
        if column(of: "item") != nil, column(of: "batch") == nil { drop("item") }
        let used = Set(fields.map(\.column) + excluded.map(\.column) + [record?.column].compactMap { $0 })
        ignored = (0..<table.width).filter { !used.contains($0) && !table.name($0).isEmpty }
        if !ignored.isEmpty {
            doubts.append("nothing is known of \(ignored.map { label($0) }.joined(separator: ", "))")
        }
    }

    private mutating func tellTable() {
        if table.header == nil {
            doubts.append("there is no header: columns are told by their values, files by their first row")
        }
        if table.skipFoot > 0 {
            doubts.append("\(table.skipFoot) rows at the end are passed over; they may hold totals")
        }
        if table.strays > 0 { doubts.append("\(table.strays) rows have another number of fields") }
        if table.rows.isEmpty { doubts.append("there are no rows behind the header") }
    }

    private func distinct(_ column: Int) -> [String] {
        var words: [String] = []
        for value in table.column(column) where !value.isEmpty && !words.contains(value) { words.append(value) }
        return words
    }

    func label(_ column: Int) -> String {
        table.header == nil ? "column \(column + 1)" : "column \"\(table.name(column))\""
    }
}
