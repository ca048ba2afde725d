package import Model

/// A deposit or batch of a lockbox as its file counts it.
package struct LockboxUnit: Hashable, Sendable {
    /// The key of its deposit or batch.
    package var key: Int64
    package var deposit: Int64
    package var intake: IntakeID
    /// The lockbox without the zeros that some formats fill it up with; never empty.
    package var box: String
    package var date: CivilDate
    /// The bank's own number of a batch; empty for a deposit.
    package var number: String
    /// The first of its payments: they follow one another in the file.
    package var first: PaymentID
    package var items: Int
    /// What its items sum to, and what it declares beyond them where it is held.
    package var total: Cents

    package init(
        key: Int64, deposit: Int64, intake: IntakeID, box: String, date: CivilDate, number: String,
        first: PaymentID, items: Int, total: Cents
    ) {
        self.key = key
        self.deposit = deposit
        self.intake = intake
        self.box = box
        self.date = date
        self.number = number
        self.first = first
        self.items = items
        self.total = total
    }

    /// Whether it is all of a deposit.
    package var isDeposit: Bool { key == deposit }

    /// Whether a payment is one of its own.
    package func holds(_ payment: PaymentID) -> Bool {
        (first.key..<first.key + Int64(items)).contains(payment.key)
    }
}

/// An item beside those of earlier files, with what it names in the words of the book.
package struct OverlapSearch: Sendable {
    package var posted: PostedItem
    /// The bank's own number of its batch.
    package var batch: String
    /// The account of the book that it names for certain; empty where it names none.
    package var account: String
    /// The bill of the book that is all it pays; empty where there is none.
    package var bill: String

    package init(_ posted: PostedItem, batch: String, account: String, bill: String) {
        self.posted = posted
        self.batch = batch
        self.account = account
        self.bill = bill
    }
}

/// A payment that an item may tell again.
package struct Overlapped: Hashable, Sendable {
    package var payment: PaymentID
    /// Whether its unit is held, and the item may be a part of it put right: their amounts may differ.
    package var isCorrected: Bool
}

/// Deposits of lockboxes that earlier files told, and their payments beside a deposit that may be the same.
///
/// The payments lie in a temporary table while one file is posted: a deposit may have very many. One that an item of
/// the file told again is marked there and told again by no other.
extension Transaction {
    /// Keeps a unit of a lockbox.
    package func insert(_ unit: LockboxUnit) throws {
        try run(
            "INSERT INTO lockbox_units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", .int(unit.key), .int(unit.deposit),
            .int(unit.intake), .text(unit.box), Value(unit.date), .text(unit.number), .int(unit.first.key),
            Value(unit.items), Value(unit.total))
    }

    /// Units of other files with the lockbox, day and total of a unit: at most sixteen, whole deposits first.
    package func lockboxUnits(equalTo unit: LockboxUnit) throws -> [LockboxUnit] {
        guard unit.total > .zero else { return [] }
        let found = try lockboxUnits(
            where: "counted_cents = ?", .text(unit.box), Value(unit.date), .int(unit.intake), Value(unit.total))
        let deposits = Set(found.filter(\.isDeposit).map(\.key))
        return found.filter { $0.isDeposit || !deposits.contains($0.deposit) }
    }

    /// Batches of other files with the lockbox, day and number of a batch: at most sixteen.
    package func lockboxBatches(numberedAs batch: LockboxUnit) throws -> [LockboxUnit] {
        try lockboxUnits(
            where: "number = ? AND number <> ''", .text(batch.box), Value(batch.date), .int(batch.intake),
            .text(batch.number))
    }

    private func lockboxUnits(where condition: String, _ values: Value...) throws -> [LockboxUnit] {
        var units: [LockboxUnit] = []
        try query(
            """
            SELECT unit, deposit, intake, box, deposit_on, number, first_payment, items, counted_cents
            FROM lockbox_units
            WHERE box = ? AND deposit_on = ? AND intake <> ? AND \(condition) ORDER BY unit <> deposit, unit LIMIT 16
            """, with: values
        ) {
            units.append(
                LockboxUnit(
                    key: $0.int(0), deposit: $0.int(1), intake: $0.int(2), box: $0.text(3), date: $0.date(4),
                    number: $0.text(5), first: PaymentID(key: $0.int(6)), items: Int($0.int(7)), total: $0.cents(8)))
        }
        return units
    }

    /// Forgets what an earlier file was laid beside.
    package func beginOverlap() throws {
        try run(
            """
            CREATE TEMP TABLE IF NOT EXISTS overlapped (payment INTEGER PRIMARY KEY, amount_cents INTEGER,
                check_number TEXT, routing TEXT, payer_key INTEGER, payer TEXT, account_read TEXT, scanline TEXT,
                account TEXT, bill TEXT, batch TEXT, number TEXT, is_equal INTEGER NOT NULL DEFAULT 0,
                is_single INTEGER, is_held INTEGER, is_taken INTEGER NOT NULL DEFAULT 0, is_sure INTEGER)
            """)
        for column in ["account", "payer_key", "check_number"] {
            try run("CREATE INDEX IF NOT EXISTS temp.overlapped_by_\(column) ON overlapped (amount_cents, \(column))")
        }
        try run("CREATE INDEX IF NOT EXISTS temp.overlapped_by_place ON overlapped (batch, number)")
        try run("CREATE INDEX IF NOT EXISTS temp.overlapped_held ON overlapped (batch, number) WHERE is_held")
        try run("DELETE FROM temp.overlapped")
    }

    /// Takes the payments away that nothing told again: another deposit or batch begins.
    package func clearOverlap() throws {
        try run("DELETE FROM temp.overlapped WHERE NOT is_taken")
        try run("UPDATE temp.overlapped SET is_equal = 0 WHERE is_equal")
    }

    /// Puts the payments of a unit there. `isEqual` says that its total is that of the unit at hand, too.
    ///
    /// What they name counts as far as the book has it: a misread number tells no two payments apart. `scanned` cuts
    /// the account number out of a scan line. Payments that are suspected to be told twice themselves are not there.
    package func addOverlapped(
        _ unit: LockboxUnit, isEqual: Bool, scanned: (_ scanline: String) -> String?
    ) throws {
        try run(
            """
            INSERT INTO temp.overlapped
            SELECT i.payment, i.amount_cents, i.check_number, i.routing, i.payer_key, i.payer, i.account_read,
                i.scanline, coalesce((SELECT account FROM accounts WHERE account = i.account_read),
                    (SELECT coalesce(n.account, a.account) \(Self.onlyLine)), ''),
                ifnull((SELECT n.bill \(Self.onlyLine)), ''), b.number, i.number, ?1, ?2,
                b.held, 0, 0
            FROM items i JOIN batches b USING (batch)
            WHERE i.payment IN (SELECT payment FROM items WHERE payment BETWEEN ?3 AND ?4
                -- What a person keyed lies behind the items that the file tells.
                UNION ALL SELECT payment FROM items INDEXED BY items_keyed WHERE keyed_by IS NOT NULL
                    AND read_cents IS NULL AND payment / 1000000000 = ?6)
            AND (b.deposit = ?5 OR b.batch = ?5)
            AND i.kind = 'payment' AND i.direction = 'credit' AND i.status <> 'duplicate'
            AND (i.books <> 'none' OR i.status = 'returned')
            ON CONFLICT (payment) DO UPDATE SET is_equal = max(is_equal, excluded.is_equal)
            """, Value(isEqual), Value(isEqual && unit.items < 2), .int(unit.first.key),
            .int(unit.first.key + Int64(unit.items) - 1), .int(unit.key),
            .int(unit.intake))
        let lines = try all(
            "SELECT payment, scanline FROM temp.overlapped WHERE account = '' AND scanline <> ''"
        ) { (payment: $0.int(0), scanline: $0.text(1)) }
        for line in lines {
            guard let account = scanned(line.scanline) else { continue }
            try run(
                """
                UPDATE temp.overlapped SET account = ifnull((SELECT account FROM accounts WHERE account = ?), '')
                WHERE payment = ?
                """, .text(account), .int(line.payment))
        }
    }

    /// The bill and the account of an item that pays one thing only, as far as the book has them.
    private static let onlyLine = """
        FROM remittance_lines r LEFT JOIN bills n ON n.bill = r.bill LEFT JOIN accounts a ON a.account = r.account
        WHERE r.payment = i.payment GROUP BY r.payment HAVING count(*) = 1
        """

    /// Marks a payment that an item of the file tells again, for sure or by its amount alone.
    package func markOverlapped(_ payment: PaymentID, isSure: Bool = true) throws {
        try run(
            """
            INSERT INTO temp.overlapped (payment, is_taken, is_sure) VALUES (?, 1, ?)
            ON CONFLICT (payment) DO UPDATE SET is_taken = 1, is_sure = excluded.is_sure
            """, .int(payment.key), Value(isSure))
    }

    /// Whether any payment there may be told again by an item of an amount: most items need no closer look.
    package func mayOverlap(_ amount: Cents) throws -> Bool {
        try number(
            """
            SELECT EXISTS (SELECT 1 FROM temp.overlapped WHERE amount_cents = ?)
                OR EXISTS (SELECT 1 FROM temp.overlapped WHERE is_held)
            """, Value(amount)) == 1
    }

    /// The payment there that an item may tell again: of its amount, and of no other check, payer, account or bill
    /// where both name one. It is marked, for it is told by one only. That of the same check comes first, then that of
    /// the same payer, of the same account, of the same place, then the file's order.
    ///
    /// In a unit of the same lockbox, day and total all of them count, in any other batch of its number, and where one
    /// payment is all of the unit, only those of the same check, or alike in place, payer and what they pay. A payment
    /// whose unit is held may come again with what was wrong put right: what has no counterpart is told by its batch.
    package func takeOverlapped(_ search: OverlapSearch) throws -> Overlapped? {
        if let pair = try paired(search) ?? displaced(search) {
            try markOverlapped(pair.payment, isSure: pair.isSure)
            return Overlapped(payment: pair.payment, isCorrected: false)
        }
        guard let pair = try corrected(search) else { return nil }
        try markOverlapped(pair.payment, isSure: true)
        return Overlapped(payment: pair.payment, isCorrected: true)
    }

    private struct Pair {
        var payment: PaymentID
        /// Whether something that both name says that they are one, and not merely their amount.
        var isSure: Bool
    }

    /// Nothing that both name tells the two apart. Formats read the payer's bank account differently, with the routing
    /// number or without: of one check of a deposit it says nothing.
    private static let isNoOther = """
        (account = ?3 OR account = '' OR ?3 = '') AND (bill = ?4 OR bill = '' OR ?4 = '')
        AND (payer_key = ?5 OR payer_key IS NULL OR ?5 IS NULL OR (routing = '') <> (?6 = '')
            OR is_equal AND check_number = ?2 AND ?2 <> '')
        """

    private static let isSame = """
        check_number = ?2 AND ?2 <> '' OR account = ?3 AND ?3 <> '' OR bill = ?4 AND ?4 <> '' OR payer_key = ?5
        """
    private static let isInPlace = "batch = ?7 AND number = ?8"
    private static let isNoOtherCheck = "(check_number = ?2 OR check_number = '' OR ?2 = '')"

    private func paired(_ search: OverlapSearch) throws -> Pair? {
        // Very many may pay the same amount: each step is answered by an index of its own.
        var steps = [Self.isInPlace, search.account.isEmpty ? "1" : "account = ''"]
        if !search.account.isEmpty { steps.insert("account = ?3", at: 0) }
        if search.posted.payerKey != nil { steps.insert("payer_key = ?5", at: 0) }
        if !search.posted.item.checkNumber.isEmpty { steps.insert("check_number = ?2", at: 0) }
        for step in steps {
            let found = try pair(
                """
                SELECT payment, \(Self.isSame) FROM temp.overlapped
                WHERE amount_cents = ?1 AND \(step) AND NOT is_taken AND \(Self.isNoOther) AND \(Self.isNoOtherCheck)
                AND (is_equal AND NOT is_single OR check_number = ?2 AND ?2 <> ''
                    OR \(Self.isInPlace) AND account_read = ?9 AND payer = ?10 AND scanline = ?11
                        AND payer_key IS ?5 AND (?9 <> '' OR ?10 <> '' OR ?11 <> '' OR ?5 IS NOT NULL))
                ORDER BY payer_key IS ?5 DESC, account = ?3 DESC, \(Self.isInPlace) DESC, payment LIMIT 1
                """, search)
            if let found { return found }
        }
        return nil
    }

    /// An item whose own counterpart was taken by another, of which nothing but the amount was known, has the
    /// counterpart of that one: whatever is left of its amount.
    private func displaced(_ search: OverlapSearch) throws -> Pair? {
        try pair(
            """
            SELECT payment, 0 FROM temp.overlapped
            WHERE amount_cents = ?1 AND NOT is_taken AND is_equal AND NOT is_single
            AND EXISTS (SELECT 1 FROM temp.overlapped WHERE amount_cents = ?1 AND is_taken AND NOT is_sure
                AND \(Self.isNoOther) AND \(Self.isNoOtherCheck))
            ORDER BY \(Self.isInPlace) DESC, scanline = ?11 DESC, payment LIMIT 1
            """, search)
    }

    private func corrected(_ search: OverlapSearch) throws -> Pair? {
        try pair(
            """
            SELECT payment, 1 FROM temp.overlapped WHERE is_held AND batch = ?7
            AND (is_equal OR NOT is_taken AND number = ?8 AND \(Self.isNoOther)
                AND (account = ?3 AND ?3 <> '' OR bill = ?4 AND ?4 <> '' OR payer_key = ?5 OR payer = ?10 AND ?10 <> ''
                    OR scanline = ?11 AND ?11 <> ''))
            ORDER BY number = ?8 DESC, is_taken, payment LIMIT 1
            """, search)
    }

    private func pair(_ sql: String, _ search: OverlapSearch) throws -> Pair? {
        let item = search.posted.item
        return try first(
            sql, Value(search.posted.amount), .text(item.checkNumber), .text(search.account), .text(search.bill),
            Value(search.posted.payerKey), .text(item.routing), .text(search.batch), .text(item.number),
            .text(item.account), .text(maskingBankNumbers(in: item.payer, own: item.bankAccount)),
            .text(item.scanline)
        ) { Pair(payment: PaymentID(key: $0.int(0)), isSure: $0.flag(1)) }
    }

    /// Reasons for which a unit is held whole, as SQL lists them.
    static let holdsOfUnits = "'batch-out-of-balance', 'deposit-out-of-balance', 'file-out-of-balance'"
}
