/// The fields of remt.001, pain.002 and pain.008 that mean something to a payment office, with their paths.
enum PaymentField {
    case messageID, created, copy, count, sum
    case id, text, document, remittedAmount, reference
    case amount, date, payer, bankAccount, routing
    case endToEnd, instructionID, transactionID, uetr, mandate, creditor
    case originalName, status, reason, reasonText
    /// A structured remittance (`Strd`), which holds others.
    case structured

    /// Below the message's root: its group header (`GrpHdr`).
    static let ofHeader: [Path: PaymentField] = [
        Path(.groupHeader, .messageID): .messageID, Path(.groupHeader, .created): .created,
        Path(.groupHeader, .copy): .copy, Path(.groupHeader, .transactionCount): .count,
        Path(.groupHeader, .controlSum): .sum,
    ]

    /// `RmtInf` below some element.
    private static func remittance(_ start: Name...) -> [Path: PaymentField] {
        func path(_ names: Name...) -> Path { (start + names).reduce(Path()) { $0.down(to: $1) } }
        return [
            path(.unstructured): .text, path(.structured, .remittanceInformation): .text,
            path(.structured, .referredDocument, .number): .document,
            path(.structured, .referredAmount, .remittedAmount): .remittedAmount,
            path(.structured, .creditorReference, .reference): .reference,
        ]
    }

    /// The payer below some element; `Pty` stands between in later versions of some messages.
    private static func payer(_ start: Name...) -> [Path: PaymentField] {
        func path(_ names: Name...) -> Path { (start + names).reduce(Path()) { $0.down(to: $1) } }
        return [
            path(.debtor, .name): .payer, path(.debtor, .party, .name): .payer,
            path(.debtorAccount, .id, .iban): .bankAccount, path(.debtorAccount, .id, .other, .id): .bankAccount,
            path(.debtorAgent, .institution, .bic): .routing, path(.debtorAgent, .institution, .bicfi): .routing,
            path(.debtorAgent, .institution, .clearingMember, .memberID): .routing,
        ]
    }

    private static func one(_ left: PaymentField, _ right: PaymentField) -> PaymentField { left }

    /// Below `RmtInf` of remt.001.
    static let ofAdvice: [Path: PaymentField] = [
        Path(.remittanceID): .id,
        Path(.originalPayment, .references, .endToEnd): .endToEnd,
        Path(.originalPayment, .references, .instructionID): .instructionID,
        Path(.originalPayment, .references, .transactionID): .transactionID,
        Path(.originalPayment, .references, .uetr): .uetr,
        Path(.originalPayment, .amount, .instructedAmount): .amount,
        Path(.originalPayment, .amount, .equivalentAmount, .amount): .amount,
        Path(.originalPayment, .executionDate): .date, Path(.originalPayment, .executionDate, .date): .date,
        Path(.originalPayment, .executionDate, .dateTime): .date, Path(.originalPayment, .collectionDate): .date,
    ].merging(remittance(), uniquingKeysWith: one).merging(payer(.originalPayment), uniquingKeysWith: one)

    private static let statusReasons: [Path: PaymentField] = [
        Path(.statusReason, .reason, .code): .reason, Path(.statusReason, .reason, .proprietary): .reason,
        Path(.statusReason, .additional): .reasonText,
        // Versions 01 and 02.
        Path(.statusReason, .statusReasonCode, .code): .reason,
        Path(.statusReason, .statusReasonCode, .proprietary): .reason,
        Path(.statusReason, .statusAdditional): .reasonText,
    ]

    /// Below `OrgnlGrpInfAndSts` of pain.002.
    static let ofGroup: [Path: PaymentField] = [
        Path(.originalMessageID): .id, Path(.originalMessageName): .originalName, Path(.groupStatus): .status,
    ].merging(statusReasons, uniquingKeysWith: one)

    /// Below `OrgnlPmtInfAndSts`.
    static let ofPayments: [Path: PaymentField] = [
        Path(.originalPaymentID): .id, Path(.paymentsStatus): .status,
    ].merging(statusReasons, uniquingKeysWith: one)

    /// Below `TxInfAndSts`.
    static let ofTransaction: [Path: PaymentField] = [
        Path(.originalEndToEnd): .endToEnd, Path(.originalInstructionID): .instructionID,
        Path(.originalTransactionID): .transactionID, Path(.transactionStatus): .status,
        Path(.originalReference, .amount, .instructedAmount): .amount,
        Path(.originalReference, .amount, .equivalentAmount, .amount): .amount,
        Path(.originalReference, .settlementAmount): .amount,
        Path(.originalReference, .settlementDate): .date, Path(.originalReference, .collectionDate): .date,
        Path(.originalReference, .executionDate): .date, Path(.originalReference, .executionDate, .date): .date,
        Path(.originalReference, .executionDate, .dateTime): .date,
        Path(.originalReference, .mandate, .mandateID): .mandate,
    ].merging(statusReasons, uniquingKeysWith: one).merging(payer(.originalReference), uniquingKeysWith: one)

    /// Below `PmtInf` of pain.008.
    static let ofCollection: [Path: PaymentField] = [
        Path(.paymentInformationID): .id, Path(.transactionCount): .count, Path(.controlSum): .sum,
        Path(.collectionDate): .date, Path(.creditorScheme, .id, .privateID, .other, .id): .creditor,
    ]

    /// Below `DrctDbtTxInf`.
    static let ofDebit: [Path: PaymentField] = [
        Path(.paymentID, .endToEnd): .endToEnd, Path(.paymentID, .instructionID): .instructionID,
        Path(.paymentID, .uetr): .uetr, Path(.instructedAmount): .amount,
        Path(.directDebitTransaction, .mandate, .mandateID): .mandate,
    ].merging(remittance(.remittance), uniquingKeysWith: one).merging(payer(), uniquingKeysWith: one)
}
