package import Model

/// The sums of one file as it is read: what each unit declares against what its items give (the stage `balance`).
///
/// The smallest unit that does not balance is held whole: batch < deposit < file. A count that disagrees
/// while the amounts agree is a fault on the record and holds nothing.
package struct Tally: Sendable {
    /// One batch, by its place in the file.
    package struct BatchSum: Sendable {
        package var number: String
        package var deposit: Int
        package var position: Position
        package var date: CivilDate?
        package var company = ""
        package var items = 0
        /// Whether an item brings money whose amount could not be read.
        var hasUnreadAmount = false
        /// The sums of its items' credits and debits, and the currency of the first.
        package var credits = Cents.zero
        package var debits = Cents.zero
        package var currency = ""
        package var booking = Booking.booked
        package var declared = Declared()
        package var hold: Reason?

        /// Credits less debits of its items.
        package var net: Cents { credits - debits }
        /// What it adds to its deposit: what it declares, or what its items give.
        fileprivate var flow: Flow {
            guard declared.net != nil else { return Flow(credits: credits, debits: debits) }
            return Flow(credits: declared.credits ?? .zero, debits: declared.debits ?? .zero)
        }
        fileprivate var counted: Flow { Flow(credits: credits, debits: debits) }

        /// Counts one of its items, and the amount of it that is summed: none where it could not be read.
        fileprivate mutating func count(_ item: ItemFigures, in currency: String?, _ amount: Cents?) {
            if items == 0 {
                self.currency = currency ?? item.currency.text
                booking = item.booking
            }
            items += 1
            guard let amount else { return hasUnreadAmount = true }
            switch item.direction {
            case .credit: credits = credits + amount
            case .debit: debits = debits + amount
            }
        }
    }

    /// One deposit, by its place in the file.
    package struct DepositSum: Sendable {
        package var deposit: Deposit
        package var batches: Range<Int>
        package var declared = Declared()
        package var hold: Reason?
        /// Credits less debits of all its items.
        fileprivate(set) var counted = Cents.zero
    }

    /// Money of one currency as the bank states it.
    package struct CurrencySum: Sendable {
        package var currency: String
        package var items = 0
        package var credits = Cents.zero
        package var debits = Cents.zero
        package var pending = Cents.zero
    }

    package private(set) var batches: [BatchSum] = []
    package private(set) var deposits: [DepositSum] = []
    package private(set) var currencies: [CurrencySum] = []
    package private(set) var file = Declared()
    package private(set) var faults: [Fault] = []
    package private(set) var items = 0
    /// Whether no item speaks of an earlier one, which it may take back.
    package private(set) var holdsOnlyPayments = true
    /// Credits less debits of all items.
    private var counted = Cents.zero
    /// The sum of all amounts, whatever their direction: the bound of every other sum.
    private var turnover = Cents.zero
    private var declaredTurnover = Cents.zero
    /// Why the whole file is held; nil where it balances.
    package private(set) var fileHold: Reason?
    /// Why the file is refused; nil where it is not.
    package private(set) var refusal: Fault?

    /// Faults beyond so many are counted and not kept.
    static let faultsMax = 1000

    /// The sums of the batch being read, and the currency of the figures before with the place of its sum.
    private var open: [CurrencySum] = []
    private var last: (currency: CurrencyCode, place: Int)?

    package init() {}

    /// Takes events in their order.
    package mutating func take(_ events: Span<ReadEvent>) {
        var index = 0
        while index < events.count {
            takeUsual(events, &index)
            guard index < events.count else { return }
            // Nearly all of the others, taken without a copy of the event.
            if case .figures(let figures) = events[index] { take(figures) } else { take(events[index]) }
            index += 1
        }
    }

    /// The short way: passes over the figures from `index` on in which nothing is strange, and adds their sums at once.
    ///
    /// They are of the open batch and of the currency of the item before. What is left is left to `take`, one by one.
    private mutating func takeUsual(_ events: Span<ReadEvent>, _ index: inout Int) {
        guard let last, let batch = batches.indices.last, batches[batch].items > 0 else { return }
        var sums = UsualSums(room: min(Tally.mostCents, Tally.mostCents - turnover))
        while index < events.count, case .figures(let item) = events[index], item.currency == last.currency,
            sums.take(item)
        {
            index += 1
        }
        guard sums.items > 0 else { return }
        let net = sums.credits - sums.debits
        items += sums.items
        turnover = turnover + sums.credits + sums.debits
        counted = counted + net
        batches[batch].items += sums.items
        batches[batch].credits = batches[batch].credits + sums.credits
        batches[batch].debits = batches[batch].debits + sums.debits
        let deposit = batches[batch].deposit
        deposits[deposit].counted = deposits[deposit].counted + net
        open[last.place].items += sums.items
        open[last.place].add(sums.credits, .credit, .booked)
        open[last.place].add(sums.debits, .debit, .booked)
    }

    /// Takes the next event.
    package mutating func take(_ event: ReadEvent) {
        switch event {
        case .depositBegins(let deposit):
            check(deposit.date, at: deposit.position)
            deposits.append(DepositSum(deposit: deposit, batches: batches.count..<batches.count))
        case .batchBegins(let batch):
            batches.append(
                BatchSum(
                    number: batch.number, deposit: deposits.count - 1, position: batch.position, date: batch.date,
                    company: batch.company))
        case .item(let item): take(item.figures, in: item.currency)
        case .figures(let figures): take(figures)
        case .batchEnds(let declared):
            let declared = check(declared)
            batches[batches.count - 1].declared = declared
            if let booking = declared.booking { batches[batches.count - 1].booking = booking }
            sumUp(declared)
        case .depositEnds(let declared):
            deposits[deposits.count - 1].declared = check(declared)
            deposits[deposits.count - 1].batches = deposits[deposits.count - 1].batches.lowerBound..<batches.count
        case .fileEnds(let declared): file = check(declared)
        case .fault(let fault): take(fault)
        }
    }

    private mutating func take(_ fault: Fault) {
        if fault.severity == .refusal, refusal == nil { refusal = fault }
        if faults.count < Self.faultsMax { faults.append(fault) }
    }

    /// Ends the file early: it is refused.
    package mutating func refuse(_ refused: FileRefused) {
        refusal = refused.fault
        faults.append(refused.fault)
    }

    /// Takes an item by its figures; the currency is given where it may not fit into them.
    private mutating func take(_ item: ItemFigures, in currency: String? = nil) {
        items += 1
        if item.kind.speaksOfAnother { holdsOnlyPayments = false }
        let index = batches.count - 1
        check(item.depositDate, at: item.position)
        check(item.valueDate, at: item.position)
        check(item.bookingDate, at: item.position)
        let sum = currency.map { open.place(of: $0) } ?? place(of: item.currency)
        open[sum].items += 1
        guard let amount = item.amount else { return batches[index].count(item, in: currency, nil) }
        guard amount <= Tally.mostCents, turnover + amount <= Tally.mostCents else {
            batches[index].count(item, in: currency, .zero)
            return take(Fault(.sumTooLarge, .refusal, at: item.position, "the amounts are beyond all reason"))
        }
        turnover = turnover + amount
        let signed =
            switch item.direction {
            case .credit: amount
            case .debit: -amount
            }
        counted = counted + signed
        batches[index].count(item, in: currency, amount)
        let deposit = batches[index].deposit
        deposits[deposit].counted = deposits[deposit].counted + signed
        open[sum].add(amount, item.direction, item.booking)
    }

    /// The place of the currency's sum in the open batch. Nearly always it is that of the item before.
    private mutating func place(of currency: CurrencyCode) -> Int {
        if let last, last.currency == currency { return last.place }
        let place = open.place(of: currency.text)
        last = (currency, place)
        return place
    }

    @inline(__always) private mutating func check(_ date: CivilDate?, at position: Position) {
        guard let date, date.isStrange else { return }
        tellStrange(date, at: position)
    }

    private mutating func tellStrange(_ date: CivilDate, at position: Position) {
        take(Fault(.dateInvalid, .refusal, at: position, "found the day \(date); expected one from 1990 to 2100"))
    }

    /// No office takes in more than so much: sums up to it cannot leave 64 bits.
    private static let mostCents = Cents(100_000_000_000_000_000)

    /// Refuses a file that declares more than can be summed.
    private mutating func check(_ declared: Declared) -> Declared {
        let figures = [declared.credits, declared.debits, declared.turnover].compactMap { $0 }
        let sum = figures.reduce(declaredTurnover) { $1.magnitude > Tally.mostCents ? $1.magnitude : $0 + $1.magnitude }
        declaredTurnover = min(sum, Cents(Tally.mostCents.rawValue * 8))
        guard sum > Cents(Tally.mostCents.rawValue * 8) || figures.contains(where: { $0.magnitude > Tally.mostCents })
        else { return declared }
        take(Fault(.sumTooLarge, .refusal, at: declared.position, "the declared total is beyond all reason"))
        return Declared()
    }

    /// Adds a batch to the totals as the bank states it: by its declared sum, or by its items where it declares none.
    private mutating func sumUp(_ declared: Declared) {
        if declared.net != nil {
            let first = open.first
            let currency = declared.currency.isEmpty ? first?.currency ?? "" : declared.currency
            let booking = declared.booking ?? .booked
            for index in open.indices { open[index].clearSums() }
            open.add(declared.credits ?? .zero, currency, .credit, booking)
            open.add(declared.debits ?? .zero, currency, .debit, booking)
        }
        currencies.add(open, default: deposits.last?.deposit.currency ?? "")
        open = []
        last = nil
    }

    /// Compares, from the smallest unit up, once the whole file is read.
    package mutating func balance() {
        guard refusal == nil else { return }
        for index in batches.indices { balanceBatch(index) }
        for index in deposits.indices { balanceDeposit(index) }
        balanceFile()
    }

    private mutating func balanceBatch(_ index: Int) {
        let batch = batches[index]
        if let problem = batch.problem {
            batches[index].hold = .batchOutOfBalance
            take(
                Fault(
                    .batchOutOfBalance, .fault, at: batch.declared.position, field: "batch total",
                    "batch \(batch.number) \(problem)"))
        } else if let declared = batch.declared.items, declared != batch.items {
            take(
                Fault(
                    .countWrong, .fault, at: batch.declared.position, field: "item count",
                    "batch \(batch.number) declares \(declared) items; it has \(batch.items)"))
        }
    }

    private mutating func balanceDeposit(_ index: Int) {
        let deposit = deposits[index]
        let parts = batches[deposit.batches]
        if let problem = apart(deposit.declared, parts) {
            deposits[index].hold = .depositOutOfBalance
            take(
                Fault(
                    .depositOutOfBalance, .fault, at: deposit.declared.position, field: "deposit total",
                    "the deposit declares \(problem.declared); its \(parts.count) batches sum to \(problem.found)"))
        }
        compareCounts(deposit.declared, "the deposit", parts.reduce(0) { $0 + $1.items }, parts.count)
    }

    private mutating func balanceFile() {
        if let problem = apart(file, batches[...]), !(statedByDeposits.map { agrees(file, $0) } ?? false) {
            fileHold = .fileOutOfBalance
            take(
                Fault(
                    .fileOutOfBalance, .fault, at: file.position, field: "file total",
                    "the file declares \(problem.declared); its deposits sum to \(problem.found)"))
        }
        compareCounts(file, "the file", items, batches.count)
    }

    /// The sum of what the deposits declare; nil where one declares nothing.
    private var statedByDeposits: Flow? {
        var flow = Flow()
        for deposit in deposits {
            guard deposit.declared.net != nil else { return nil }
            flow.credits += deposit.declared.credits ?? .zero
            flow.debits += deposit.declared.debits ?? .zero
        }
        return flow
    }

    /// A declared total that no sum of its batches gives, in words; nil where one does, or where nothing is declared.
    ///
    /// A bank may sum what its batches declare or what their items give, with or without what is only announced.
    /// Sums over several currencies mean nothing and are not compared.
    private func apart(_ declared: Declared, _ parts: ArraySlice<BatchSum>) -> (declared: Cents, found: Cents)? {
        guard declared.net != nil || declared.turnover != nil else { return nil }
        let currencies = Set(parts.map { $0.declared.currency.isEmpty ? $0.currency : $0.declared.currency })
        guard currencies.count <= 1 else { return nil }
        let booked = parts.filter { $0.booking != .pending }
        let sums = [
            Flow(parts.map(\.flow)), Flow(parts.map(\.counted)), Flow(booked.map(\.flow)),
            Flow(booked.map(\.counted)),
        ]
        if sums.contains(where: { agrees(declared, $0) }) { return nil }
        let stated = sums[0]
        if let turnover = declared.turnover, declared.net == nil { return (turnover, stated.credits + stated.debits) }
        return (declared.net ?? .zero, stated.credits - stated.debits)
    }

    private func agrees(_ declared: Declared, _ flow: Flow) -> Bool {
        (declared.credits ?? flow.credits) == flow.credits && (declared.debits ?? flow.debits) == flow.debits
            && (declared.turnover ?? flow.credits + flow.debits) == flow.credits + flow.debits
    }

    private mutating func compareCounts(_ declared: Declared, _ unit: String, _ items: Int, _ batches: Int) {
        if let count = declared.items, count != items {
            take(
                Fault(
                    .countWrong, .fault, at: declared.position, field: "item count",
                    "\(unit) declares \(count) items; it has \(items)"))
        }
        if let count = declared.batches, count != batches {
            take(
                Fault(
                    .countWrong, .fault, at: declared.position, field: "batch count",
                    "\(unit) declares \(count) batches; it has \(batches)"))
        }
    }

    /// Whether every amount that the file declares is right.
    package var isBalanced: Bool {
        fileHold == nil && deposits.allSatisfy { $0.hold == nil } && batches.allSatisfy { $0.hold == nil }
    }

    /// Why a batch is held: for its own sake, its deposit's or the file's.
    func hold(ofBatch index: Int) -> Reason? {
        fileHold ?? deposits[batches[index].deposit].hold ?? batches[index].hold
    }

    /// What a held batch was credited beyond the credits of its items: only these are journalled one by one.
    ///
    /// None where the unit above declares what the items give, or is held itself and has the difference.
    func difference(ofBatch index: Int) -> Cents {
        let batch = batches[index]
        // One sum for both directions says what the credits are only where there are no debits.
        let turnover = batch.debits == .zero ? batch.declared.turnover : nil
        guard batch.hold != nil, let declared = batch.declared.credits ?? turnover, fileHold == nil,
            deposits[batch.deposit].hold == nil
        else { return .zero }
        let isCounted = deposits[batch.deposit].declared.net == deposits[batch.deposit].counted || file.net == counted
        return isCounted && batch.debits == .zero ? .zero : declared - batch.credits
    }

    /// What a held deposit was credited beyond the booked credits of its items; none where only its debits are wrong.
    func difference(ofDeposit index: Int) -> Cents {
        let deposit = deposits[index]
        guard deposit.hold != nil, fileHold == nil, let declared = deposit.declared.credits else { return .zero }
        return declared - bookedCredits(deposit.batches)
    }

    /// What a held file was credited beyond the booked credits of its items.
    var differenceOfFile: Cents {
        guard fileHold != nil, let declared = file.credits else { return .zero }
        return declared - bookedCredits(batches.indices)
    }

    private func bookedCredits(_ range: Range<Int>) -> Cents {
        batches[range].filter { $0.booking == .booked }.map(\.credits).sum
    }
}

extension Tally.BatchSum {
    /// What of its declared totals its items do not give, in words; nil where nothing is declared or all is right.
    ///
    /// Where both sides are declared each is compared by itself. One declared side with items on both says nothing
    /// certain: a bank may have meant either side or what is left of it.
    var problem: String? {
        if hasUnreadAmount, declared.net == nil, declared.turnover == nil {
            return "has an item whose amount could not be read, and declares no total"
        }
        if let credits = declared.credits, let debits = declared.debits {
            if credits != self.credits { return apart(credits, self.credits, "credits") }
            return debits == self.debits ? nil : apart(debits, self.debits, "debits")
        }
        if let declared = declared.net {
            if credits > .zero, debits > .zero {
                return "has credits of \(credits) and debits of \(debits) in one sum"
            }
            return declared == net ? nil : apart(declared, net)
        }
        guard let turnover = declared.turnover, turnover != credits + debits else { return nil }
        return apart(turnover, credits + debits)
    }

    /// What it is about: the declared total, or what its items give.
    var stated: Cents { declared.net ?? declared.turnover ?? net }

    private func apart(_ declared: Cents, _ found: Cents, _ side: String = "") -> String {
        let side = side.isEmpty ? "" : "\(side) of "
        return "declares \(side)\(declared); its \(items) items sum to \(found): \(declared - found) apart"
    }
}

/// Money that came in and money that went out.
private struct Flow {
    var credits = Cents.zero
    var debits = Cents.zero

    init(credits: Cents = .zero, debits: Cents = .zero) {
        self.credits = credits
        self.debits = debits
    }

    init(_ parts: [Flow]) {
        credits = parts.map(\.credits).sum
        debits = parts.map(\.debits).sum
    }
}

extension Declared {
    /// The declared credits less the declared debits; nil where neither is declared.
    package var net: Cents? {
        guard credits != nil || debits != nil else { return nil }
        return (credits ?? .zero) - (debits ?? .zero)
    }
}

extension Tally.CurrencySum {
    /// Adds one amount. Sums that do not fit 64 bits are caught where the batch is summed.
    fileprivate mutating func add(_ amount: Cents, _ direction: Direction, _ booking: Booking) {
        switch (booking, direction) {
        case (.pending, _): pending = pending.adding(amount) ?? .zero
        case (_, .credit): credits = credits.adding(amount) ?? .zero
        case (_, .debit): debits = debits.adding(amount) ?? .zero
        }
    }

    fileprivate mutating func clearSums() {
        credits = .zero
        debits = .zero
        pending = .zero
    }
}

extension [Tally.CurrencySum] {
    /// The place of the currency's sum; a new one where it has none.
    fileprivate mutating func place(of currency: String) -> Int {
        for index in indices where self[index].currency == currency { return index }
        append(Tally.CurrencySum(currency: currency))
        return count - 1
    }

    fileprivate mutating func add(_ amount: Cents, _ currency: String, _ direction: Direction, _ booking: Booking) {
        self[place(of: currency)].add(amount, direction, booking)
    }

    /// Adds a batch's sums, in the currency of its deposit where it names none.
    fileprivate mutating func add(_ sums: Self, default currency: String) {
        for sum in sums {
            let name = sum.currency.isEmpty ? currency : sum.currency
            self[place(of: name)].items += sum.items
            add(sum.credits, name, .credit, .booked)
            add(sum.debits, name, .debit, .booked)
            add(sum.pending, name, .credit, .pending)
        }
    }
}
