package import Model

/// What people's decisions have in common: payments with these words went to this account.
package struct Proposal: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The memo's words.
        case text
        /// The payer's name.
        case sender
        /// The reference that the sender gives.
        case reference
    }

    package enum State: String, Sendable {
        case proposed
        case accepted
        case dismissed
    }

    package var kind: Kind
    package var words: String
    package var account: String
    package var state = State.proposed
    /// Payments of files apart from each other that people posted so.
    package var lessons: Int64
    package var decidedBy: String?
    package var decidedAt: String?
    package var note: String?

    package init(kind: Kind, words: String, account: String, lessons: Int64) {
        self.kind = kind
        self.words = words
        self.account = account
        self.lessons = lessons
    }
}

/// A payment that a person posted to one account, with the words it bears.
package struct DecidedWords: Sendable {
    package var payment: PaymentID
    package var memo: String
    package var payer: String
    package var reference: String
}

/// Proposals, and what they are made of.
extension Transaction {
    /// What people have said to proposals, as it stands now, by kind, words and account.
    package func answeredProposals() throws -> [Proposal] {
        try all(
            """
            SELECT kind, words, account, state, lessons, decided_by, decided_at, note FROM proposals p
            WHERE proposal = (SELECT max(proposal) FROM proposals o
                WHERE o.kind = p.kind AND o.words = p.words AND o.account = p.account) ORDER BY kind, words, account
            """
        ) { row in
            var proposal = Proposal(
                kind: Proposal.Kind(rawValue: row.text(0))!, words: row.text(1), account: row.text(2),
                lessons: row.int(4))
            proposal.state = Proposal.State(rawValue: row.text(3))!
            (proposal.decidedBy, proposal.decidedAt, proposal.note) = (row.text(5), row.text(6), row.textOrNil(7))
            return proposal
        }
    }

    /// Keeps what a person says to a proposal.
    package func answer(
        _ proposal: Proposal, _ state: Proposal.State, by user: String, at: String, note: String?
    ) throws {
        let number = try number("SELECT max(proposal) FROM proposals") + 1
        try run(
            "INSERT INTO proposals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", .int(number), .text(proposal.kind.rawValue),
            .text(proposal.words), .text(proposal.account), .text(state.rawValue), .int(proposal.lessons),
            .text(user), .text(at), Value(note))
        try audit(
            at: at, who: user, event: "proposal-\(state.rawValue)", subject: proposal.account,
            detail: "\(proposal.kind.rawValue) \"\(proposal.words)\"" + (note.map { "; \($0)" } ?? ""))
    }

    /// Payments that people posted and that stand on accounts, in order.
    package func wordsDecidedByPeople(each: (DecidedWords) throws -> Void) throws {
        try words(
            """
            WHERE i.payment IN (SELECT e.payment FROM decisions d JOIN exceptions e ON e.exception = d.exception
                WHERE d.action IN ('post', 'split') AND d.decided_by <> 'sluice'
                AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.decision)) AND i.status = 'posted'
            """, each)
    }

    /// All payments that stand on accounts and bear any words, in order.
    package func postedWords(each: (DecidedWords) throws -> Void) throws {
        try words("WHERE i.status = 'posted' AND (i.memo <> '' OR i.payer <> '' OR i.reference <> '')", each)
    }

    private func words(_ condition: String, _ each: (DecidedWords) throws -> Void) throws {
        try query("SELECT payment, memo, payer, reference FROM items i \(condition) ORDER BY payment") {
            try each(
                DecidedWords(
                    payment: PaymentID(key: $0.int(0)), memo: $0.text(1), payer: $0.text(2), reference: $0.text(3)))
        }
    }
}
