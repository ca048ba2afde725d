internal import CLinux
package import Model

/// All accounts with their open bills, packed into some 150 bytes each, for a file that names many of them: a look-up
/// costs a hundredth of a statement's, and bills are written once, in their own order, after the last item.
///
/// It is a picture of the book. Whoever changes bills in the ledger in another way than through it must make it anew.
/// It is never copied: to count the references of its arrays costs more than a look-up.
package struct AccountTable: ~Copyable {
    private struct Account {
        /// Number, last name, name, customer, service address and ZIP code.
        var text: PackedTexts.Place
        /// Where its bills begin; they end where those of the next account begin.
        var bills: UInt32
        /// Those of its holder's name.
        var letters: Letters
        var status: AccountStatus
        var cashOnly: Bool
    }

    /// What a bill was issued over, its place and that of its account.
    private struct OwnBill {
        var amount: Cents
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
    /// The last name that was asked for last, how many places at most, and the places: who counts them asks for them.
    private var lastNameAnswer: (name: String, limit: Int, places: [Int])?
    /// The bills that were paid and are not written.
    private var changed: [UInt32] = []

    /// The account with exactly this number, less what was paid.
    package func account(_ number: String) -> AccountFacts? { place(of: number).map { facts($0) } }

    /// The accounts that some numbers are, in their order.
    package func accounts(_ numbers: [String]) -> [AccountFacts] {
        let hashes = numbers.map { hash($0) }
        slots.withUnsafeBufferPointer { slots in
            for hash in hashes { clinux_fetch(slots.baseAddress! + slotOfHash(hash)) }
        }
        fetch(hashes.compactMap { guess($0) })
        let places = numbers.compactMap { place(of: $0) }
        for place in places where !billPlaces(place).isEmpty { texts.fetch(bills[billPlaces(place).lowerBound].text) }
        return places.map { facts($0) }
    }

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
        return owners(ofUnpaid: amount, limit: limit) { _ in true }.map { facts($0) }
    }

    /// Accounts that owe exactly this, and all of it on one bill as it was issued, by number, at most `limit`.
    package mutating func accounts(owing total: Cents, limit: Int) -> [AccountFacts] {
        orderByAmount()
        return owners(ofUnpaid: total, limit: limit) { owesOneBill($0) }.map { facts($0) }
    }

    /// Who holds those accounts of `accounts(billed:limit:)` that pass a glance.
    package mutating func holders(
        billed amount: Cents, limit: Int, where passes: (AccountGlance) -> Bool
    ) -> [Holder] {
        orderByAmount()
        return holders(owners(ofUnpaid: amount, limit: limit) { _ in true }, where: passes)
    }

    /// Who holds those accounts of `accounts(owing:limit:)` that pass a glance.
    package mutating func holders(
        owing total: Cents, limit: Int, where passes: (AccountGlance) -> Bool
    ) -> [Holder] {
        orderByAmount()
        return holders(owners(ofUnpaid: total, limit: limit) { owesOneBill($0) }, where: passes)
    }

    private func owesOneBill(_ owner: Int) -> Bool {
        let own = billPlaces(owner)
        return own.count == 1 || own.count { bills[$0].stated > bills[$0].paid } == 1
    }

    private func owners(ofUnpaid amount: Cents, limit: Int, where counts: (Int) -> Bool) -> [Int] {
        let order = byAmount ?? []
        var found: [Int] = []
        var last = -1
        let first = partition(order.indices) { order[$0].amount >= amount }
        fetchOwners(order[first...].prefix(min(limit, fetchedMost)))
        for own in order[first...] {
            guard own.amount == amount, found.count < limit else { break }
            let (bill, owner) = (bills[Int(own.bill)], Int(own.owner))
            guard bill.stated == amount, bill.paid == .zero, owner != last, counts(owner) else { continue }
            last = owner
            found.append(owner)
        }
        return found
    }

    private func fetchOwners(_ owned: ArraySlice<OwnBill>) {
        bills.withUnsafeBufferPointer { bills in
            accounts.withUnsafeBufferPointer { accounts in
                for own in owned where own.amount == owned.first?.amount {
                    clinux_fetch(bills.baseAddress! + Int(own.bill))
                    clinux_fetch(accounts.baseAddress! + Int(own.owner))
                }
            }
        }
    }

    private mutating func orderByAmount() {
        guard byAmount == nil else { return }
        var owned: [OwnBill] = []
        owned.reserveCapacity(bills.count)
        for owner in accounts.indices.dropLast() {
            for bill in billPlaces(owner) {
                owned.append(OwnBill(amount: bills[bill].amount, bill: UInt32(bill), owner: UInt32(owner)))
            }
        }
        byAmount = owned.sorted { $0.amount == $1.amount ? $0.bill < $1.bill : $0.amount < $1.amount }
    }

    /// All accounts of a customer, by number.
    package mutating func accounts(ofCustomer customer: String) -> [AccountFacts] {
        let index = byCustomer ?? placeIndex(of: customerText)
        byCustomer = index
        return places(in: index, of: customerText, as: customer, limit: .max).map { facts($0) }
    }

    /// Accounts whose holder has this last name, by number, at most `limit`.
    package mutating func accounts(lastName: String, limit: Int) -> [AccountFacts] {
        places(ofLastName: lastName, limit: limit).map { facts($0) }
    }

    /// Who holds those accounts of `accounts(lastName:limit:)` that pass a glance.
    package mutating func holders(
        lastName: String, limit: Int, where passes: (AccountGlance) -> Bool
    ) -> [Holder] {
        holders(places(ofLastName: lastName, limit: limit), where: passes)
    }

    /// How many accounts have a holder of this last name; `limit` where there are as many or more.
    package mutating func count(lastName: String, limit: Int) -> Int {
        places(ofLastName: lastName, limit: limit).count
    }

    private mutating func places(ofLastName lastName: String, limit: Int) -> [Int] {
        if let known = lastNameAnswer, known.limit == limit, known.name == lastName { return known.places }
        let index = byLastName ?? placeIndex(of: lastNameText)
        byLastName = index
        let places = places(in: index, of: lastNameText, as: lastName, limit: limit)
        lastNameAnswer = (lastName, limit, places)
        return places
    }

    private func placeIndex(of text: Int) -> PlaceIndex {
        PlaceIndex(accounts.indices.dropLast()) { texts.bytes(accounts[$0].text, at: text) { hash($0) } }
    }

    private func places(in index: PlaceIndex, of text: Int, as wanted: String, limit: Int) -> [Int] {
        var (wanted, found): (String, [Int]) = (wanted, [])
        wanted.withUTF8 { wanted in
            var rest = index.places(of: hash(wanted))[...]
            while found.count < limit, !rest.isEmpty {
                let next = Array(rest.prefix(min(limit - found.count, fetchedMost)))
                rest = rest.dropFirst(next.count)
                fetch(next)
                for place in next where texts.bytes(accounts[place].text, at: text, { $0.elementsEqual(wanted) }) {
                    found.append(place)
                }
            }
        }
        return found
    }

    /// Has accounts fetched with their bills and texts, which lie anywhere in memory: to wait for one after the other
    /// is most of what looking at them costs.
    private func fetch(_ places: [Int]) {
        accounts.withUnsafeBufferPointer { accounts in
            for place in places { clinux_fetch(accounts.baseAddress! + place) }
        }
        bills.withUnsafeBufferPointer { bills in
            for place in places {
                texts.fetch(accounts[place].text)
                if let first = bills.baseAddress { clinux_fetch(first + Int(accounts[place].bills)) }
            }
        }
    }

    private func holders(_ places: [Int], where passes: (AccountGlance) -> Bool) -> [Holder] {
        var passed: [(place: Int, glance: AccountGlance)] = []
        for place in places {
            let glance = AccountGlance(letters: accounts[place].letters, owed: plainlyOwed(place))
            guard passes(glance) else { continue }
            texts.fetch(accounts[place].text)
            passed.append((place, glance))
        }
        return passed.map { place, glance in
            var reader = texts.reader(at: accounts[place].text)
            let number = reader.next()
            reader.skip()
            return Holder(number: number, name: reader.next(), glance: glance)
        }
    }

    /// What is open on the only bill, nothing where none is open; nil where there are several, or it asks for security.
    private func plainlyOwed(_ place: Int) -> Cents? {
        var owed = Cents.zero
        for index in billPlaces(place) where bills[index].stated > bills[index].paid {
            guard owed == .zero, kinds[Int(bills[index].kind)] != OpenBill.depositKind else { return nil }
            owed = bills[index].stated - bills[index].paid
        }
        return owed
    }

    private func facts(_ place: Int) -> AccountFacts {
        let account = accounts[place]
        var reader = texts.reader(at: account.text)
        let number = reader.next()
        reader.skip()
        let name = reader.next()
        var facts = AccountFacts(
            number: number, customer: reader.next(), name: name, serviceAddress: reader.next(), zip: reader.next(),
            status: account.status, cashOnly: account.cashOnly)
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

    /// The account whose number most likely has this hash.
    private func guess(_ hash: UInt64) -> Int? {
        var slot = slotOfHash(hash)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 { return Int(truncatingIfNeeded: slots[slot] & 0xffff_ffff) - 1 }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
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

    private func hash(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { hash($0) }
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
            let hash = texts.bytes(accounts[place].text, at: 0) { self.hash($0) }
            var slot = slotOfHash(hash)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = (hash >> 32) << 32 | UInt64(place + 1)
        }
    }
}

/// So many accounts are fetched at once: more would push each other out of the cache before they are looked at.
private let fetchedMost = 128

/// Which of an account's texts is the last name of its holder, and which its customer.
private let (lastNameText, customerText) = (1, 3)

extension AccountTable {
    /// Reads the whole book.
    package init(_ transaction: Transaction) throws {
        accounts.reserveCapacity(Int(try transaction.accountCount()) + 1)
        bills.reserveCapacity(Int(try transaction.number("SELECT count(*) FROM bills WHERE open_cents > 0")))
        try transaction.query(
            """
            SELECT account, last_name, name, customer, service_address, zip, status, cash_only FROM accounts
            ORDER BY account
            """
        ) { row in
            accounts.append(
                Account(
                    text: texts.append(row, columns: 0..<6), bills: 0, letters: row.withBytes(2) { Letters(in: $0) },
                    status: AccountStatus(rawValue: row.text(6))!, cashOnly: row.flag(7)))
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
        accounts.append(
            Account(
                text: end, bills: UInt32(bills.count), letters: Letters(in: ""), status: .closed, cashOnly: false))
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
