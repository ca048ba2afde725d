package import Model

/// One thing a person must decide: what it is about, why it was not settled by itself.
package struct ReviewException: Hashable, Sendable {
    package var id: ExceptionID
    package var intake: IntakeID?
    /// Keys of the deposit, batch or payment it is about; the innermost known.
    package var deposit: Int64?
    package var batch: Int64?
    package var payment: PaymentID?
    package var account: String?
    package var reason: Reason
    package var severity: Severity
    package var amount: Cents?
    /// One sentence: what is the matter, with the file, the place and the figures.
    package var what: String
    /// One sentence: why the money was not posted.
    package var whyNotPosted: String
    /// What it waits for and may settle it; nil where only a person can.
    package var waitingFor: String?

    package init(
        id: ExceptionID, intake: IntakeID?, deposit: Int64? = nil, batch: Int64? = nil, payment: PaymentID? = nil,
        account: String? = nil, reason: Reason, severity: Severity, amount: Cents? = nil, what: String,
        whyNotPosted: String
    ) {
        self.id = id
        self.intake = intake
        self.deposit = deposit
        self.batch = batch
        self.payment = payment
        self.account = account
        self.reason = reason
        self.severity = severity
        self.amount = amount
        self.what = what
        self.whyNotPosted = whyNotPosted
    }
}
