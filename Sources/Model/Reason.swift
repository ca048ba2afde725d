/// Why a file, a batch, an item or a document did not go through: stable codes, in order of precedence.
///
/// One item gets the first reason that applies; the others stay as evidence.
package enum Reason: String, Sendable, CaseIterable {
    // A file.
    case fileEmpty = "file-empty"
    case fileRepeated = "file-repeated"
    case fileStoppedProgram = "file-stopped-program"
    case formatUnknown = "format-unknown"
    case formatAmbiguous = "format-ambiguous"
    case layoutInvalid = "layout-invalid"
    case archiveUnsafe = "archive-unsafe"
    case xmlDoctype = "xml-doctype"
    case xmlLimit = "xml-limit"
    case xmlMalformed = "xml-malformed"
    case messageEmpty = "message-empty"
    case encodingInvalid = "encoding-invalid"
    case encodingAssumed = "encoding-assumed"
    case deviationTolerated = "deviation-tolerated"
    case fileTruncated = "file-truncated"
    case recordUnknown = "record-unknown"
    case recordMalformed = "record-malformed"
    case recordOutOfOrder = "record-out-of-order"
    case columnMissing = "column-missing"
    case fieldTooLong = "field-too-long"
    case amountNotNumeric = "amount-not-numeric"
    case amountTooLarge = "amount-too-large"
    case dateInvalid = "date-invalid"
    case fieldInvalid = "field-invalid"
    case sumTooLarge = "sum-too-large"
    case countWrong = "count-wrong"
    case duplicateBatchNumber = "duplicate-batch-number"
    case bookingUnstated = "booking-unstated"
    case balanceWrong = "balance-wrong"
    case fieldMissing = "field-missing"

    // A unit out of balance.
    case fileOutOfBalance = "file-out-of-balance"
    case depositOutOfBalance = "deposit-out-of-balance"
    case batchOutOfBalance = "batch-out-of-balance"
    case transactionOutOfBalance = "transaction-out-of-balance"
    case itemOutOfBalance = "item-out-of-balance"

    // An item that is not posted whatever it says.
    case copyNotPosted = "copy-not-posted"
    case notBooked = "not-booked"
    case debitNotPosted = "debit-not-posted"
    case returnUnmatched = "return-unmatched"
    case fractionOfCent = "fraction-of-cent"
    case currencyOther = "currency-other"
    case amountZero = "amount-zero"
    case duplicateSuspected = "duplicate-suspected"

    // Whose money it is.
    case accountClosed = "account-closed"
    case cashOnly = "cash-only"
    case accountFlagged = "account-flagged"
    case evidenceConflict = "evidence-conflict"
    case accountAmbiguous = "account-ambiguous"
    case amountUnusual = "amount-unusual"
    case otherAccountsOpen = "other-accounts-open"
    case billNotFound = "bill-not-found"
    case linesPartlyKnown = "lines-partly-known"
    case twinNumber = "twin-number"
    case repairUnproven = "repair-unproven"
    case accountUnreadable = "account-unreadable"
    case checkDigitWrong = "check-digit-wrong"
    case accountNotFound = "account-not-found"
    case payerOnly = "payer-only"
    case noReference = "no-reference"

    // The billing extract.
    case balanceConflict = "balance-conflict"

    // Documents.
    case imagesMissing = "images-missing"
    case imageNotNamed = "image-not-named"
    case imageUnreadable = "image-unreadable"
}
