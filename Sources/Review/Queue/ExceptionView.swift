package import Ledger
package import Model

/// An exception with all that a reviewer sees.
package struct ExceptionView: Sendable {
    package var id: String
    package var reason: String
    package var severity: String
    package var openedAt: String
    package var intake: IntakeID?
    package var file: String?
    package var amount: Cents?
    package var what: String
    package var whyNotPosted: String
    package var owner: String?
    package var claimedBy: String?
    package var claimExpiresAt: String?
    package var dueAt: String?
    /// The day on which what waits comes back.
    package var backOn: CivilDate?
    package var caseNumber: String?
    /// A decision that a second person must approve or accept.
    package var pendingDecision: Int64?
    package var waitingFor: String?
    /// When the water of an account that it may be about is turned off, and what stops that.
    package var turnOffAt: String?
    package var turnOffAmount: Cents?
    package var closedAt: String?
    package var payment: PaymentID?
    var batchKey: Int64?
    var depositKey: Int64?
    /// The unit that it is about, held whole or with a claim left of it.
    package var heldUnit: HeldUnit?
    /// What may be wrong with a unit that does not add up, the likeliest first.
    package var proposals: [UnitProposal] = []
    package var account: String?
    package var batch: String?
    package var item: ItemView?
    package var lines: [RemittanceLine] = []
    package var candidates: [CandidateRow] = []
    package var documents: [DocumentView] = []
    package var twin: TwinView?
    package var decisions: [DecisionView] = []

    init(_ row: Row) {
        id = row.text(0)
        reason = row.text(1)
        severity = row.text(2)
        openedAt = row.text(3)
        intake = row.intOrNil(4)
        file = row.textOrNil(5)
        amount = row.centsOrNil(6)
        what = row.text(7)
        whyNotPosted = row.text(8)
        owner = row.textOrNil(9)
        claimedBy = row.textOrNil(10)
        claimExpiresAt = row.textOrNil(11)
        dueAt = row.textOrNil(12)
        waitingFor = row.textOrNil(13)
        turnOffAt = row.textOrNil(14)
        closedAt = row.textOrNil(15)
        payment = row.intOrNil(16).map(PaymentID.init(key:))
        batchKey = row.intOrNil(17)
        depositKey = row.intOrNil(18)
        account = row.textOrNil(19)
        turnOffAmount = row.centsOrNil(20)
        backOn = row.dateOrNil(21)
        caseNumber = row.textOrNil(22)
        pendingDecision = row.intOrNil(23)
    }

    /// The actions that are allowed now.
    package var actions: [Action] {
        let undo: [Action] = undoable == nil ? [] : [.undo]
        if closedAt != nil { return undo }
        let allowed = Action.allowed(payment: item.map { ($0.status, $0.books) }, about: subject) + undo
        // The payments of a sum may come when it was given to somebody already.
        guard let item, item.kind == .sum, [.posted, .dueToOthers].contains(item.books) else { return allowed }
        return [.duplicate] + allowed
    }

    /// What it is about, where it is about no payment.
    private var subject: Action.Subject {
        if account != nil { return .account }
        if heldUnit != nil { return reason == Reason.differenceClaimed.rawValue ? .claim : .heldUnit }
        if reason.hasPrefix("image") { return .document }
        let isUnit = batchKey != nil || depositKey != nil || reason.hasSuffix("out-of-balance")
        return isUnit ? .unit : .file
    }
}

/// The item of an exception as received, bank account masked.
package struct ItemView: Sendable {
    package let number: String
    package let batch: String
    package let transaction: String?
    package let line: Int64
    package let amount: Cents
    package let currency: String
    package let tender: String
    package let status: PaymentStatus
    package let books: Books
    package let checkNumber: String
    package let routing: String
    package let bankAccount: String
    package let payer: String
    package let endToEnd: String
    package let trace: String
    package let reference: String
    package let account: String
    package let scanline: String
    package let memo: String
    package let depositOn: CivilDate
    package let valueOn: CivilDate
    package let postmarkOn: CivilDate?
    package let twin: PaymentID?
    package let rule: String
    package let proof: String
    package let kind: ItemKind
    /// Empty where its file names none.
    package let lockbox: String

    init(_ row: Row) {
        number = row.text(0)
        batch = row.text(1)
        transaction = row.textOrNil(2)
        line = row.int(3)
        amount = row.cents(4)
        currency = row.text(5)
        tender = row.text(6)
        status = PaymentStatus(rawValue: row.text(7))!
        books = Books(rawValue: row.text(8))!
        checkNumber = row.text(9)
        routing = row.text(10)
        bankAccount = row.text(11)
        payer = row.text(12)
        endToEnd = row.text(13)
        trace = row.text(14)
        reference = row.text(15)
        account = row.text(16)
        scanline = row.text(17)
        memo = row.text(18)
        depositOn = row.date(19)
        valueOn = row.date(20)
        postmarkOn = row.dateOrNil(21)
        twin = row.intOrNil(22).map(PaymentID.init(key:))
        rule = row.text(23)
        proof = row.text(24)
        kind = ItemKind(rawValue: row.text(25))!
        lockbox = row.text(26)
    }
}

/// A document of an exception's item.
package struct DocumentView: Sendable {
    package let id: String
    package let type: String
    package let status: String
    /// Its first page under the home; nil while awaited.
    package let path: String?
}

/// A decision that was made about an exception, and what a second person said of it.
package struct DecisionView: Sendable {
    package let number: Int64
    package let action: String
    package let allocations: String
    package let kind: String?
    package let reason: String?
    package let note: String?
    package let by: String
    package let at: String
    package let until: CivilDate?
    package let to: String?
    package let route: String
    /// What it waits or waited for: a second person, where that was needed.
    package let needs: Need?
    package let bulk: Int64?
    package let verdict: Verdict?
    package let caseNumber: String?
    /// The decision that it takes back.
    package let undoes: Int64?
    /// The decision that took it back.
    package let undoneBy: Int64?
    /// What of a held unit's difference it names.
    package let differences: String
    /// The item that it corrects, and what that truly is over.
    package let payment: PaymentID?
    package let amount: Cents?
    /// How often a second person keyed other amounts.
    package let timesDiffered: Int64

    /// Whether a second person must key its amounts unseen: nobody is shown them before.
    package var isBlind: Bool { amount != nil && needs == .approval && verdict == nil }

    /// What a second person said.
    package struct Verdict: Sendable {
        package let isApproved: Bool
        package let by: String
        package let at: String
        package let note: String?
    }

    init(_ row: Row) {
        number = row.int(0)
        action = row.text(1)
        allocations = row.text(2)
        kind = row.textOrNil(3)
        reason = row.textOrNil(4)
        note = row.textOrNil(5)
        by = row.text(6)
        at = row.text(7)
        until = row.dateOrNil(8)
        to = row.textOrNil(9)
        route = row.text(10)
        needs = Need(rawValue: row.text(11))
        bulk = row.intOrNil(12)
        verdict = row.textOrNil(13).map {
            Verdict(isApproved: $0 == "approved", by: row.text(14), at: row.text(15), note: row.textOrNil(16))
        }
        caseNumber = row.textOrNil(17)
        undoes = row.intOrNil(18)
        undoneBy = row.intOrNil(19)
        differences = row.text(20)
        payment = row.intOrNil(21).map(PaymentID.init(key:))
        amount = row.centsOrNil(22)
        timesDiffered = row.int(23)
    }
}
