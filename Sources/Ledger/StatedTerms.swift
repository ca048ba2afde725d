package import Model

/// A flag of an account as a billing extract states it.
package struct StatedFlag: Sendable {
    package var account: String
    package var flag: String
    package var from: CivilDate?
    package var until: CivilDate?
    package var caseNumber: String
    package var note: String
    /// Columns Sluice does not know, as a JSON object; so with the others.
    package var more: String

    package init(
        account: String, flag: String, from: CivilDate?, until: CivilDate?, caseNumber: String, note: String,
        more: String
    ) {
        self.account = account
        self.flag = flag
        self.from = from
        self.until = until
        self.caseNumber = caseNumber
        self.note = note
        self.more = more
    }
}

/// A plan of an account as a billing extract states it.
package struct StatedPlan: Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case active
        case completed
        case broken
        case cancelled
    }

    package var account: String
    package var plan: PaymentPlan
    package var from: CivilDate?
    package var until: CivilDate?
    package var status: Status
    package var more: String

    package init(
        account: String, plan: PaymentPlan, from: CivilDate?, until: CivilDate?, status: Status, more: String
    ) {
        self.account = account
        self.plan = plan
        self.from = from
        self.until = until
        self.status = status
        self.more = more
    }
}

/// An extension of an account as a billing extract states it.
package struct StatedExtension: Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case active
        case kept
        case broken
        case cancelled
    }

    package var account: String
    package var `extension`: DueExtension
    package var from: CivilDate?
    package var status: Status
    package var more: String

    package init(account: String, extension: DueExtension, from: CivilDate?, status: Status, more: String) {
        self.account = account
        self.extension = `extension`
        self.from = from
        self.status = status
        self.more = more
    }
}

/// A pledge for an account as a billing extract states it.
package struct StatedPledge: Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case open
        case paid
        case cancelled
    }

    package var account: String
    package var pledge: Pledge
    package var from: CivilDate?
    package var until: CivilDate?
    package var status: Status
    package var more: String

    package init(
        account: String, pledge: Pledge, from: CivilDate?, until: CivilDate?, status: Status, more: String
    ) {
        self.account = account
        self.pledge = pledge
        self.from = from
        self.until = until
        self.status = status
        self.more = more
    }
}

/// A turn-off order of an account as a billing extract states it.
package struct StatedTurnOff: Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case open
        case done
        case cancelled
    }

    package var account: String
    package var turnOff: TurnOff
    package var status: Status
    package var more: String

    package init(account: String, turnOff: TurnOff, status: Status, more: String) {
        self.account = account
        self.turnOff = turnOff
        self.status = status
        self.more = more
    }
}
