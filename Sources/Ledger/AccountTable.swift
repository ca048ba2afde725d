package import Model

/// All accounts with their open bills, packed into some 150 bytes each, for a file that names many of them: a look-up
/// costs a hundredth of a statement's, and bills are written once, in their own order, after the last item.
///
/// It is a picture of the book. Whoever changes bills in the ledger in another way than through it must make it anew.
package struct AccountTable {
    private struct Account {
        /// Number, customer, name, service address, ZIP code and last name.
        var text: PackedTexts.Place
        /// Where its bills begin; they end where those of the next account begin.
        var bills: UInt32
        var status: AccountStatus
        var cashOnly: Bool
    }

    /// The place of a bill, and that of its account.
    private struct OwnBill {
        var bill: UInt32
        var owner: UInt32
    }

    private struct Bill {
        var amount: Cents
        /// What is open of it in the ledger, and how much of that was paid since.
        var stated: Cents
        var paid = Cents.zero
        var text: PackedTexts.Place
        var issuedOn: Int32
        var dueOn: Int32
        var kind: UInt16
    }

    private var texts = PackedTexts()
    /// By number, as the ledger has them; the last one is no account, it ends the bills.
    private var accounts: [Account] = []
    /// By account and number.
    private var bills: [Bill] = []
    private var kinds: [String] = []
    /// Open addressing by the hash of the number: an account's place + 1, or 0. Half of the hash stands above it, so
    /// that a number that is no account's is told by this one place of memory.
    private var slots: [UInt64] = []
    /// Bills by the amount they were issued over, those of one amount in their order; made when first asked for.
    private var byAmount: [OwnBill]?
    /// Accounts by customer and by last name; made when first asked for.
    private var byCustomer: PlaceIndex?
    private var byLastName: PlaceIndex?
    /// The bills that were paid and are not written.
    private var changed: [UInt32] = []

    /// The account with exactly this number, less what was paid.
    package func account(_ number: String) -> AccountFacts? { place(of: number).map(facts) }

    /// Takes a part off its bill.
    package mutating func pay(_ part: Part) {
        guard let number = part.bill else { return }
        guard let account = place(of: part.account),
            let bill = billPlaces(account).first(where: { texts.begins(bills[$0].text, with: number) })
        else { preconditionFailure("only open bills of the book are paid") }
        if bills[bill].paid == .zero { changed.append(UInt32(bill)) }
        bills[bill].paid += part.cents
    }

    /// Accounts with a bill of exactly this amount of which nothing is paid, by number, at most `limit`.
    package mutating func accounts(billed amount: Cents, limit: Int) -> [AccountFacts] {
        orderByAmount()
        return owners(ofUnpaid: amount, limit: limit) { _ in true }.map(facts)
    }

    /// Accounts that owe exactly this, and all of it on one bill as it was issued, by number, at most `limit`.
    package mutating func accounts(owing total: Cents, limit: Int) -> [AccountFacts] {
        orderByAmount()
        return owners(ofUnpaid: total, limit: limit, where: owesOneBill).map(facts)
    }

    /// Who holds the accounts with a bill of exactly this amount of which nothing is paid.
    package mutating func holders(billed amount: Cents, limit: Int) -> [Holder] {
        orderByAmount()
        return owners(ofUnpaid: amount, limit: limit) { _ in true }.map(holder)
    }

    /// Who holds the accounts that owe exactly this, and all of it on one bill as it was issued.
    package mutating func holders(owing total: Cents, limit: Int) -> [Holder] {
        orderByAmount()
        return owners(ofUnpaid: total, limit: limit, where: owesOneBill).map(holder)
    }

    private func owesOneBill(_ owner: Int) -> Bool {
        billPlaces(owner).count { bills[$0].stated > bills[$0].paid } == 1
    }

    private func owners(ofUnpaid amount: Cents, limit: Int, where counts: (Int) -> Bool) -> [Int] {
        let order = byAmount ?? []
        var found: [Int] = []
        var last = -1
        for own in order[partition(order.indices) { bills[Int(order[$0].bill)].amount >= amount }...] {
            let bill = bills[Int(own.bill)]
            guard bill.amount == amount, found.count < limit else { break }
            let owner = Int(own.owner)
            guard bill.stated == amount, bill.paid == .zero, owner != last, counts(owner) else { continue }
            last = owner
            found.append(owner)
        }
        return found
    }

    private mutating func orderByAmount() {
        guard byAmount == nil else { return }
        var owned: [OwnBill] = []
        owned.reserveCapacity(bills.count)
        for owner in accounts.indices.dropLast() {
            for bill in billPlaces(owner) { owned.append(OwnBill(bill: UInt32(bill), owner: UInt32(owner))) }
        }
        byAmount = owned.sorted { one, other in
            let (mine, theirs) = (bills[Int(one.bill)].amount, bills[Int(other.bill)].amount)
            return mine == theirs ? one.bill < other.bill : mine < theirs
        }
    }

    /// All accounts of a customer, by number.
    package mutating func accounts(ofCustomer customer: String) -> [AccountFacts] {
        let index = byCustomer ?? placeIndex(of: customerText)
        byCustomer = index
        return places(in: index, of: customerText, as: customer, limit: .max).map(facts)
    }

    /// Accounts whose holder has this last name, by number, at most `limit`.
    package mutating func accounts(lastName: String, limit: Int) -> [AccountFacts] {
        places(ofLastName: lastName, limit: limit).map(facts)
    }

    /// How many accounts have a holder of this last name; `limit` where there are as many or more.
    package mutating func count(lastName: String, limit: Int) -> Int {
        places(ofLastName: lastName, limit: limit).count
    }

    private mutating func places(ofLastName lastName: String, limit: Int) -> [Int] {
        let index = byLastName ?? placeIndex(of: lastNameText)
        byLastName = index
        return places(in: index, of: lastNameText, as: lastName, limit: limit)
    }

    private func placeIndex(of text: Int) -> PlaceIndex {
        PlaceIndex(accounts.indices.dropLast()) { texts.bytes(accounts[$0].text, at: text, hash) }
    }

    private func places(in index: PlaceIndex, of text: Int, as wanted: String, limit: Int) -> [Int] {
        var (wanted, found): (String, [Int]) = (wanted, [])
        wanted.withUTF8 { wanted in
            for place in index.places(of: hash(wanted)) {
                guard found.count < limit else { break }
                if texts.bytes(accounts[place].text, at: text, { $0.elementsEqual(wanted) }) { found.append(place) }
            }
        }
        return found
    }

    private func holder(_ place: Int) -> Holder {
        var reader = texts.reader(at: accounts[place].text)
        let number = reader.next()
        reader.skip()
        return Holder(number: number, name: reader.next())
    }

    private func facts(_ place: Int) -> AccountFacts {
        let account = accounts[place]
        var reader = texts.reader(at: account.text)
        var facts = AccountFacts(
            number: reader.next(), customer: reader.next(), name: reader.next(), serviceAddress: reader.next(),
            zip: reader.next(), status: account.status, cashOnly: account.cashOnly)
        for index in billPlaces(place) {
            let bill = bills[index]
            guard bill.stated > bill.paid else { continue }
            var reader = texts.reader(at: bill.text)
            facts.bills.append(
                OpenBill(
                    number: reader.next(), kind: kinds[Int(bill.kind)], issuedOn: CivilDate(packed: bill.issuedOn),
                    dueOn: CivilDate(packed: bill.dueOn), amount: bill.amount, open: bill.stated - bill.paid))
        }
        if facts.bills.count > 1 { facts.bills.sort(by: OpenBill.isDueBefore) }
        return facts
    }

    /// Accounts with several open bills, what is open on them in all, customer deposits left out.
    package func accountsOwingOverBills(each: (String, Cents) -> Void) {
        for place in accounts.indices.dropLast() where billPlaces(place).count > 1 {
            let open = billPlaces(place).filter {
                bills[$0].stated > bills[$0].paid && kinds[Int(bills[$0].kind)] != "customer-deposit"
            }
            guard open.count > 1 else { continue }
            var reader = texts.reader(at: accounts[place].text)
            each(reader.next(), open.reduce(.zero) { $0 + (bills[$1].stated - bills[$1].paid) })
        }
    }

    private func billPlaces(_ account: Int) -> Range<Int> {
        Int(accounts[account].bills)..<Int(accounts[account + 1].bills)
    }

    // MARK: Finding

    private func place(of number: String) -> Int? {
        var number = number
        return number.withUTF8 { number in
            let hash = hash(number)
            var slot = slotOfHash(hash)
            while slots[slot] != 0 {
                let place = Int(truncatingIfNeeded: slots[slot] & 0xffff_ffff) - 1
                if slots[slot] >> 32 == hash >> 32, texts.begins(accounts[place].text, with: number) { return place }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    /// The first place from which on a condition holds.
    private func partition(_ places: Range<Int>, where holds: (Int) -> Bool) -> Int {
        var (low, high) = (places.lowerBound, places.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        // FNV-1a: texts are short, and an account number that collides costs one more comparison.
        text.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private func slotOfHash(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: (hash ^ hash >> 29) & UInt64(slots.count - 1))
    }

    private mutating func index() {
        var size = 16
        while size < accounts.count * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for place in accounts.indices.dropLast() {
            let hash = texts.bytes(accounts[place].text, at: 0, hash)
            var slot = slotOfHash(hash)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = (hash >> 32) << 32 | UInt64(place + 1)
        }
    }
}

/// Which of an account's texts is its customer, and which the last name of its holder.
private let (customerText, lastNameText) = (1, 5)

extension AccountTable {
    /// Reads the whole book.
    package init(_ transaction: Transaction) throws {
        accounts.reserveCapacity(Int(try transaction.accountCount()) + 1)
        bills.reserveCapacity(Int(try transaction.number("SELECT count(*) FROM bills WHERE open_cents > 0")))
        try transaction.query(
            """
            SELECT account, customer, name, service_address, zip, last_name, status, cash_only FROM accounts
            ORDER BY account
            """
        ) { row in
            accounts.append(
                Account(
                    text: texts.append(row, columns: 0..<6), bills: 0, status: AccountStatus(rawValue: row.text(6))!,
                    cashOnly: row.flag(7)))
        }
        try readBills(transaction)
        index()
    }

    /// Bills lie in the order of their accounts, so that one step after the other finds each bill's.
    private mutating func readBills(_ transaction: Transaction) throws {
        var next = 0
        try transaction.query(
            """
            SELECT account, bill, kind, issued_on, due_on, amount_cents, open_cents FROM bills WHERE open_cents > 0
            ORDER BY account, bill
            """
        ) { row in
            while next == 0 || !texts.begins(accounts[next - 1].text, with: row, column: 0) {
                accounts[next].bills = UInt32(bills.count)
                next += 1
            }
            bills.append(
                Bill(
                    amount: row.cents(5), stated: row.cents(6), text: texts.append(row, columns: 1..<2),
                    issuedOn: Int32(row.int(3)), dueOn: Int32(row.int(4)), kind: kind(row)))
        }
        for place in next..<accounts.count { accounts[place].bills = UInt32(bills.count) }
        let end = PackedTexts.Place(0)
        accounts.append(Account(text: end, bills: UInt32(bills.count), status: .closed, cashOnly: false))
    }

    private mutating func kind(_ row: Row) -> UInt16 {
        if let known = kinds.firstIndex(where: { row.holds($0, at: 2) }) { return UInt16(known) }
        kinds.append(row.text(2))
        return UInt16(kinds.count - 1)
    }

    /// Writes what was paid to the bills of the ledger, in their order.
    package mutating func write(to transaction: Transaction) throws {
        // The plus keeps SQLite from the index of bill numbers: bills lie together by account.
        var bulk = try BulkInsert(
            transaction, "UPDATE OR ROLLBACK bills SET open_cents = open_cents - v.column3 FROM (VALUES", columns: 3,
            ") AS v WHERE bills.account = v.column1 AND +bills.bill = v.column2")
        changed.sort()
        var account = 0
        for index in changed {
            while accounts[account + 1].bills <= index { account += 1 }
            let bill = bills[Int(index)]
            var (owner, own) = (texts.reader(at: accounts[account].text), texts.reader(at: bill.text))
            bulk.add(owner.next())
            bulk.add(own.next())
            bulk.add(bill.paid.rawValue)
            try bulk.endRow()
            bills[Int(index)].stated -= bill.paid
            bills[Int(index)].paid = .zero
        }
        try bulk.flush()
        guard bulk.changes == changed.count else { throw LedgerFault("a bill that was paid is not in the book") }
        changed.removeAll(keepingCapacity: true)
    }
}
