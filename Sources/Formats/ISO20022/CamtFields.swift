/// The fields of a message that mean something to a payment office, each with the paths where versions put it.
enum CamtField {
    case id, created, fromTo, copy, bankAccount, currency
    case balanceType, amount, direction
    case entryCount, entrySum, creditCount, creditSum, debitCount, debitSum
    case status, bookingDate, valueDate, reversal, servicerReference, subFamily, family, information
    case transactionCount
    case transactionAmount, instructedAmount
    case endToEnd, transactionID, uetr, checkNumber
    case debtor, ultimateDebtor, debtorAccount, debtorAgent
    case unstructured, documentNumber, remittedAmount, reference, remittanceInformation
    case instructionID, returned, returnReason, returnText
    /// A structured remittance (`Strd`), which holds others.
    case structured

    /// What only items have, and nothing checks or says what they are: a look for totals does not ask for it.
    static let textsOfItems: Set<CamtField> = [
        .servicerReference, .family, .information, .endToEnd, .transactionID, .uetr, .checkNumber,
        .debtor, .ultimateDebtor, .debtorAccount, .debtorAgent, .instructionID, .returnReason, .returnText,
    ]

    /// Below `Ntfctn`, `Stmt` or `Rpt`.
    static let ofDeposit: [Path: CamtField] = [
        Path(.id): .id, Path(.created): .created, Path(.fromTo, .toDateTime): .fromTo, Path(.copyDuplicate): .copy,
        Path(.account, .id, .iban): .bankAccount, Path(.account, .id, .other, .id): .bankAccount,
        // Version 01 names other kinds of account directly.
        Path(.account, .id, .proprietaryAccount, .id): .bankAccount, Path(.account, .id, .bban): .bankAccount,
        Path(.account, .id, .upic): .bankAccount, Path(.account, .currency): .currency,
    ]

    /// Below `Bal`.
    static let ofBalance: [Path: CamtField] = [
        Path(.type, .codeOrProprietary, .code): .balanceType, Path(.type, .code): .balanceType,
        Path(.amount): .amount, Path(.direction): .direction,
    ]

    /// Below `TxsSummry`.
    static let ofSummary: [Path: CamtField] = [
        Path(.totalEntries, .entryCount): .entryCount, Path(.totalEntries, .sum): .entrySum,
        Path(.totalCredits, .entryCount): .creditCount, Path(.totalCredits, .sum): .creditSum,
        Path(.totalDebits, .entryCount): .debitCount, Path(.totalDebits, .sum): .debitSum,
    ]

    /// Below `Ntry`.
    static let ofEntry: [Path: CamtField] = [
        Path(.amount): .amount, Path(.direction): .direction, Path(.reversal): .reversal,
        Path(.status): .status, Path(.status, .code): .status, Path(.status, .proprietary): .status,
        Path(.bookingDate, .date): .bookingDate, Path(.bookingDate, .dateTime): .bookingDate,
        Path(.valueDate, .date): .valueDate, Path(.valueDate, .dateTime): .valueDate,
        Path(.servicerReference): .servicerReference,
        Path(.transactionCode, .domain, .family, .code): .family,
        Path(.transactionCode, .domain, .family, .subFamily): .subFamily, Path(.entryInformation): .information,
        Path(.entryDetails, .batch, .transactionCount): .transactionCount,
        Path(.batch, .transactionCount): .transactionCount,
    ]

    /// Below `TxDtls`.
    static let ofDetails: [Path: CamtField] = [
        Path(.amount): .amount, Path(.direction): .direction,
        Path(.amountDetails, .transactionAmount, .amount): .transactionAmount,
        Path(.amountDetails, .instructedAmount, .amount): .instructedAmount,
        Path(.references, .servicerReference): .servicerReference, Path(.references, .endToEnd): .endToEnd,
        Path(.references, .instructionID): .instructionID, Path(.references, .transactionID): .transactionID,
        Path(.references, .uetr): .uetr,
        Path(.references, .checkNumber): .checkNumber,
        Path(.transactionCode, .domain, .family, .code): .family,
        Path(.transactionCode, .domain, .family, .subFamily): .subFamily,
        Path(.parties, .debtor, .name): .debtor, Path(.parties, .debtor, .party, .name): .debtor,
        Path(.parties, .ultimateDebtor, .name): .ultimateDebtor,
        Path(.parties, .ultimateDebtor, .party, .name): .ultimateDebtor,
        Path(.parties, .debtorAccount, .id, .iban): .debtorAccount,
        Path(.parties, .debtorAccount, .id, .other, .id): .debtorAccount,
        Path(.agents, .debtorAgent, .institution, .bic): .debtorAgent,
        Path(.agents, .debtorAgent, .institution, .bicfi): .debtorAgent,
        Path(.agents, .debtorAgent, .institution, .clearingMember, .memberID): .debtorAgent,
        Path(.remittance, .unstructured): .unstructured,
        Path(.remittance, .structured, .referredDocument, .number): .documentNumber,
        Path(.remittance, .structured, .referredAmount, .remittedAmount): .remittedAmount,
        Path(.remittance, .structured, .creditorReference, .reference): .reference,
        Path(.remittance, .structured, .remittanceInformation): .remittanceInformation,
        Path(.detailsInformation): .information, Path(.returned): .returned,
        Path(.returned, .reason, .code): .returnReason, Path(.returned, .reason, .proprietary): .returnReason,
        Path(.returned, .returnReason, .code): .returnReason,
        Path(.returned, .returnReason, .proprietary): .returnReason,
        Path(.returned, .additional): .returnText, Path(.returned, .returnAdditional): .returnText,
    ]
}
