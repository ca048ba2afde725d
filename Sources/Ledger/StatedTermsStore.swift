internal import Model

/// Loading what a billing extract states of accounts besides their bills.
///
/// A row that is stated again takes the place of the one before. Where the extract does not say which posting batch it
/// knows of, a row that says what it said before still counts what was posted since, and one that says something else
/// knows of all.
extension Transaction {
    /// Loads a flag of an account.
    package func load(_ flag: StatedFlag, extract: Int64) throws {
        try run(
            """
            INSERT OR REPLACE INTO flags (account, flag, from_on, until_on, case_number, note, more, extract)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(flag.account), .text(flag.flag), Value(flag.from), Value(flag.until), .text(flag.caseNumber),
            .text(flag.note), .text(flag.more), .int(extract))
    }

    /// Loads a plan of an account.
    package func load(_ stated: StatedPlan, extract: Int64, lastPostingBatch: Int64?) throws {
        let plan = stated.plan
        try run(
            """
            INSERT INTO plans (account, plan, kind, instalment_cents, next_due_on, from_on, until_on, remaining_cents,
                status, bills, more, stated_after, extract)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT (account, plan) DO UPDATE SET kind = ?3, instalment_cents = ?4, next_due_on = ?5, from_on = ?6,
                until_on = ?7, remaining_cents = ?8, status = ?9, bills = ?10, more = ?11, extract = ?13,
                ended_by = NULL,
                stated_after = iif(?14 AND (instalment_cents, next_due_on, remaining_cents, status)
                    IS (?4, ?5, ?8, ?9), stated_after, ?12)
            """,
            .text(stated.account), .text(plan.number), .text(plan.kind.rawValue), Value(plan.instalment),
            Value(plan.nextDueOn), Value(stated.from), Value(stated.until), Value(plan.stated),
            .text(stated.status.rawValue), .text(plan.bills.joined(separator: " ")), .text(stated.more),
            .int(try lastPostingBatch ?? self.lastPostingBatch()), .int(extract), Value(lastPostingBatch == nil))
    }

    /// Loads an extension of an account.
    package func load(_ stated: StatedExtension, extract: Int64) throws {
        try run(
            """
            INSERT OR REPLACE INTO extensions (account, extension, from_on, until_on, amount_cents, status, more,
                extract)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(stated.account), .text(stated.extension.number), Value(stated.from), Value(stated.extension.until),
            Value(stated.extension.amount), .text(stated.status.rawValue), .text(stated.more), .int(extract))
    }

    /// Loads a pledge for an account.
    package func load(_ stated: StatedPledge, extract: Int64, lastPostingBatch: Int64?) throws {
        let pledge = stated.pledge
        try run(
            """
            INSERT INTO pledges (account, pledge, agency, amount_cents, from_on, until_on, status, more, stated_after,
                extract)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (account, pledge) DO UPDATE SET agency = ?3, amount_cents = ?4, from_on = ?5, until_on = ?6,
                status = ?7, more = ?8, extract = ?10, ended_by = NULL,
                stated_after = iif(?11 AND (amount_cents, status) IS (?4, ?7), stated_after, ?9)
            """,
            .text(stated.account), .text(pledge.number), .text(pledge.agency), Value(pledge.amount),
            Value(stated.from), Value(stated.until), .text(stated.status.rawValue), .text(stated.more),
            .int(try lastPostingBatch ?? self.lastPostingBatch()), .int(extract), Value(lastPostingBatch == nil))
    }

    /// Loads an order to turn off the water.
    package func load(_ stated: StatedTurnOff, extract: Int64, lastPostingBatch: Int64?) throws {
        let order = stated.turnOff
        try run(
            """
            INSERT INTO turnoffs (account, order_number, visit_on, visit_window, stop_cents, status, more, stated_after,
                extract)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (account, order_number) DO UPDATE SET visit_on = ?3, visit_window = ?4, stop_cents = ?5,
                status = ?6, more = ?7, extract = ?9, ended_by = NULL,
                stated_after = iif(?10 AND (visit_on, stop_cents, status) IS (?3, ?5, ?6), stated_after, ?8)
            """,
            .text(stated.account), .text(order.order), Value(order.visitOn), .text(order.window),
            Value(order.amountToStop), .text(stated.status.rawValue), .text(stated.more),
            .int(try lastPostingBatch ?? self.lastPostingBatch()), .int(extract), Value(lastPostingBatch == nil))
    }

    /// What an extract may state of accounts besides bills; the name is the table's.
    package enum TermsKind: String, Sendable {
        case flags
        case plans
        case extensions
        case pledges
        case turnoffs
    }

    /// Ends what a full extract no longer states; gives how many it ended.
    package func end(_ kind: TermsKind, notIn extract: Int64) throws -> Int {
        try run(
            "UPDATE \(kind.rawValue) SET ended_by = ?1 WHERE ended_by IS NULL AND extract IS NOT ?1", .int(extract))
    }
}
