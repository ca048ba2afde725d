/// The elements of ISO 20022 messages (camt.052, camt.053, camt.054, remt.001, pain.002, pain.008) that Sluice reads,
/// by local name.
///
/// Names are matched without their namespace: versions, national variants and wrappers differ in it,
/// the elements that carry money do not.
enum Name: String, CaseIterable {
    case accountReport = "BkToCstmrAcctRpt"
    case statementMessage = "BkToCstmrStmt"
    case notificationMessage = "BkToCstmrDbtCdtNtfctn"
    // Version 01 bears its number in the message's name.
    case accountReport01 = "BkToCstmrAcctRptV01"
    case statementMessage01 = "BkToCstmrStmtV01"
    case notificationMessage01 = "BkToCstmrDbtCdtNtfctnV01"
    case document = "Document"
    case groupHeader = "GrpHdr"
    case report = "Rpt"
    case statement = "Stmt"
    case notification = "Ntfctn"
    case id = "Id"
    case created = "CreDtTm"
    case fromTo = "FrToDt"
    case toDateTime = "ToDtTm"
    case copyDuplicate = "CpyDplctInd"
    case account = "Acct"
    case iban = "IBAN"
    case other = "Othr"
    case proprietaryAccount = "PrtryAcct"
    case bban = "BBAN"
    case upic = "UPIC"
    case currency = "Ccy"
    case balance = "Bal"
    case type = "Tp"
    case codeOrProprietary = "CdOrPrtry"
    case code = "Cd"
    case proprietary = "Prtry"
    case amount = "Amt"
    case direction = "CdtDbtInd"
    case date = "Dt"
    case dateTime = "DtTm"
    case summary = "TxsSummry"
    case totalEntries = "TtlNtries"
    case totalCredits = "TtlCdtNtries"
    case totalDebits = "TtlDbtNtries"
    case entryCount = "NbOfNtries"
    case sum = "Sum"
    case entry = "Ntry"
    case reversal = "RvslInd"
    case status = "Sts"
    case bookingDate = "BookgDt"
    case valueDate = "ValDt"
    case servicerReference = "AcctSvcrRef"
    case transactionCode = "BkTxCd"
    case domain = "Domn"
    case family = "Fmly"
    case subFamily = "SubFmlyCd"
    case entryInformation = "AddtlNtryInf"
    case entryDetails = "NtryDtls"
    case batch = "Btch"
    case transactionCount = "NbOfTxs"
    case details = "TxDtls"
    case references = "Refs"
    case endToEnd = "EndToEndId"
    case transactionID = "TxId"
    case uetr = "UETR"
    case checkNumber = "ChqNb"
    case amountDetails = "AmtDtls"
    case transactionAmount = "TxAmt"
    case instructedAmount = "InstdAmt"
    case parties = "RltdPties"
    case debtor = "Dbtr"
    case ultimateDebtor = "UltmtDbtr"
    case party = "Pty"
    case name = "Nm"
    case debtorAccount = "DbtrAcct"
    case agents = "RltdAgts"
    case debtorAgent = "DbtrAgt"
    case institution = "FinInstnId"
    case bic = "BIC"
    case bicfi = "BICFI"
    case clearingMember = "ClrSysMmbId"
    case memberID = "MmbId"
    case remittance = "RmtInf"
    case unstructured = "Ustrd"
    case structured = "Strd"
    case referredDocument = "RfrdDocInf"
    case number = "Nb"
    case referredAmount = "RfrdDocAmt"
    case remittedAmount = "RmtdAmt"
    case creditorReference = "CdtrRefInf"
    case reference = "Ref"
    case remittanceInformation = "AddtlRmtInf"
    case detailsInformation = "AddtlTxInf"
    case returned = "RtrInf"
    case instructionID = "InstrId"
    case reason = "Rsn"
    case additional = "AddtlInf"
    // Version 01 spells a return out.
    case returnReason = "RtrRsn"
    case returnAdditional = "AddtlRtrRsnInf"

    // remt.001, pain.002 and pain.008.
    case remittanceAdvice = "RmtAdvc"
    case statusReport = "CstmrPmtStsRpt"
    case directDebits = "CstmrDrctDbtInitn"
    // Early versions are named for themselves.
    case statusReport01 = "pain.002.001.01"
    case statusReport02 = "pain.002.001.02"
    case directDebits01 = "pain.008.001.01"
    case messageID = "MsgId"
    case copy = "CpyInd"
    case remittanceID = "RmtId"
    case originalPayment = "OrgnlPmtInf"
    case equivalentAmount = "EqvtAmt"
    case executionDate = "ReqdExctnDt"
    case collectionDate = "ReqdColltnDt"
    case originalGroup = "OrgnlGrpInfAndSts"
    case originalPayments = "OrgnlPmtInfAndSts"
    case originalTransaction = "TxInfAndSts"
    case originalMessageID = "OrgnlMsgId"
    case originalMessageName = "OrgnlMsgNmId"
    case originalPaymentID = "OrgnlPmtInfId"
    case originalInstructionID = "OrgnlInstrId"
    case originalEndToEnd = "OrgnlEndToEndId"
    case originalTransactionID = "OrgnlTxId"
    case groupStatus = "GrpSts"
    case paymentsStatus = "PmtInfSts"
    case transactionStatus = "TxSts"
    case statusReason = "StsRsnInf"
    case statusReasonCode = "StsRsn"
    case statusAdditional = "AddtlStsRsnInf"
    case originalReference = "OrgnlTxRef"
    case settlementAmount = "IntrBkSttlmAmt"
    case settlementDate = "IntrBkSttlmDt"
    case paymentInformation = "PmtInf"
    case paymentInformationID = "PmtInfId"
    case controlSum = "CtrlSum"
    case directDebit = "DrctDbtTxInf"
    case directDebitTransaction = "DrctDbtTx"
    case paymentID = "PmtId"
    case mandate = "MndtRltdInf"
    case mandateID = "MndtId"
    case creditorScheme = "CdtrSchmeId"
    case privateID = "PrvtId"
}

extension Name {
    /// All names, made once.
    static let all = Array(allCases)
}

/// The way from a section's root to an element below it, packed: one byte a name, the innermost last.
struct Path: Hashable {
    private var packed: UInt64 = 0
    private var depth = 0
    private static let deepest = 8

    init(_ names: Name...) { for name in names { self = down(to: name) } }

    /// Down to an element of that name. No message has paths as deep as would not fit.
    func down(to name: Name) -> Path {
        precondition(depth < Path.deepest)
        var path = self
        path.depth += 1
        path.packed = path.packed << 8 | UInt64(Path.codes[name]!)
        return path
    }

    /// The path of the element around it; nil where that is the section's root.
    var parent: Path? {
        guard depth > 1 else { return nil }
        var path = self
        path.depth -= 1
        path.packed >>= 8
        return path
    }

    /// The place of its innermost name among all names.
    var innermost: Int { Int(packed & 0xFF) - 1 }

    private static let codes: [Name: UInt8] = Dictionary(
        uniqueKeysWithValues: Name.all.enumerated().map { ($1, UInt8($0) + 1) })
}
