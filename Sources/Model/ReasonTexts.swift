extension Reason {
    /// One sentence that says what is the matter, for a clerk.
    package var sentence: String {
        ReasonTexts.all[self]!.0
    }

    /// What to do about it.
    package var remedy: String {
        ReasonTexts.all[self]!.1
    }
}

/// The catalogue's wording. A test holds that every reason has both texts.
enum ReasonTexts {
    static let all: [Reason: (String, String)] = [
        .fileEmpty: (
            "The file has no bytes.", "Ask the sender for the file again; nothing was posted."
        ),
        .fileRepeated: (
            "The same bytes were taken in before.", "Nothing was posted. Close this if the bank sent the file twice."
        ),
        .fileStoppedProgram: (
            "The file stopped the program twice and was set aside.",
            "Keep the file and report it; the other files went on."
        ),
        .formatUnknown: (
            "No format or layout recognises the file.", "Check that it is a bank file, or add a layout for this bank."
        ),
        .formatAmbiguous: (
            "More than one format or layout claims the file.", "Name a layout for its inbox folder, or sharpen one."
        ),
        .layoutInvalid: (
            "A layout cannot be used as written.", "Mend the layout file that the message names."
        ),
        .archiveUnsafe: (
            "The ZIP or folder holds a name, size or nesting that is not safe to unpack.",
            "Ask the sender for a plain ZIP of files."
        ),
        .xmlDoctype: (
            "The XML file has a document type declaration, which no bank message needs.",
            "Ask the sender for the message without DOCTYPE; it may be an attack."
        ),
        .xmlLimit: (
            "The XML file exceeds a limit of depth, names or text length.",
            "Ask the sender; no genuine bank message comes near these limits."
        ),
        .xmlMalformed: (
            "The XML file is not well-formed.", "Ask the bank to send it again; it may be cut or altered."
        ),
        .messageEmpty: (
            "The file holds none of the message parts its format needs.", "Ask the bank for the complete message."
        ),
        .encodingInvalid: (
            "Bytes are not valid in the file's character encoding.",
            "Ask the sender for UTF-8, or state it in the layout."
        ),
        .encodingAssumed: (
            "The file does not say its character encoding, and it is not UTF-8.",
            "Look at the names in it: if they are right, state the encoding in the layout."
        ),
        .deviationTolerated: (
            "The file deviates from its format in a way that its layout knows of this bank.",
            "Nothing to do. Strike it from the layout once the bank has mended it."
        ),
        .fileTruncated: (
            "The file ends before its closing record.", "Ask the bank to send it again; nothing was posted."
        ),
        .accountingAdvice: (
            "The file tells a bank of its own entries at the ACH operator (ADV), and no payments.",
            "Nothing is missing by it: ask the bank for the file of our entries."
        ),
        .recordUnknown: (
            "A record is of a type that the layout does not know.",
            "Add the record type to the layout, if the bank means it."
        ),
        .recordMalformed: (
            "A record does not have the fields its layout states.", "Compare the line with the layout; ask the bank."
        ),
        .recordOutOfOrder: (
            "A record stands where its type may not stand.", "Ask the bank to send the file again in order."
        ),
        .columnMissing: (
            "A column that the layout needs is not in the header.", "Correct the layout or ask the bank for the column."
        ),
        .fieldTooLong: (
            "A field or line is longer than the limit.", "Look for a missing quote or line end at that place."
        ),
        .amountNotNumeric: (
            "An amount is not written as the format demands.", "Ask the bank to correct it; amounts are never guessed."
        ),
        .amountTooLarge: (
            "An amount does not fit.", "Ask the bank to correct it."
        ),
        .dateInvalid: (
            "A date is not a day of the calendar in the format's order.",
            "Check the layout's date order, or ask the bank."
        ),
        .fieldInvalid: (
            "A field holds something its format does not allow.", "Ask the bank, or note the deviation in the layout."
        ),
        .sumTooLarge: (
            "The sum of the amounts does not fit.", "Ask the bank; the file cannot be right."
        ),
        .controlTotalWrong: (
            "A control total of the file is not the sum of the totals that it covers.",
            "Ask the bank to send the file again; a part of it is missing or altered."
        ),
        .countWrong: (
            "A declared count differs while the amounts agree.", "Posted all the same; tell the bank."
        ),
        .hashWrong: (
            "A declared hash of routing numbers differs while the amounts agree.",
            "Posted all the same; a routing number may be wrong: tell the bank."
        ),
        .duplicateBatchNumber: (
            "A batch number stands twice in the file.", "Posted by place in the file; tell the bank."
        ),
        .routingInvalid: (
            "A bank routing number fails its check digit.",
            "Posted all the same; do not pay to that number before the bank confirms it."
        ),
        .bookingUnstated: (
            "An entry does not say whether it is booked.", "Wait for the booked entry, or ask the bank."
        ),
        .balanceWrong: (
            "Opening balance and entries do not give the closing balance.", "Compare with the bank's statement."
        ),
        .fieldMissing: (
            "A field that the format demands is missing.", "Ask the bank; the entry was read without it."
        ),
        .groupNotUpdate: (
            "A group of accounts is marked as a test, a deletion or a correction.",
            "Nothing of it was posted. Where it deletes or corrects, compare with what was posted before."
        ),
        .typeCodeUnknown: (
            "The bank uses a type code that the standard's table does not hold.",
            "Read by its range as a credit or a debit; ask the bank what it means."
        ),
        .referenceCheckWrong: (
            "The check digits of a creditor reference are wrong.",
            "Nothing to do: the reference proves less. Where many are wrong, tell who issues them."
        ),
        .schemaInvalid: (
            "The XML file is not as its schema has it.", "Nothing to do: it was read all the same. Tell the bank."
        ),
        .fileOutOfBalance: (
            "The file's total is not the sum of its deposits.",
            "The whole file is held in unresolved. Ask the bank which figure is right."
        ),
        .depositOutOfBalance: (
            "The deposit's total is not the sum of its batches.",
            "The whole deposit is held in unresolved. Ask the bank which figure is right."
        ),
        .batchOutOfBalance: (
            "The batch's total is not the sum of its items.",
            "The whole batch is held in unresolved. Look for a missing or misread item, or ask the bank."
        ),
        .transactionOutOfBalance: (
            "The envelope's total is not the sum of its items.", "The envelope is held. Compare with its images."
        ),
        .itemOutOfBalance: (
            "The remittance lines do not add up to the item's amount.",
            "Look for a line that is missing, doubled or misread, then post or split it."
        ),
        .differenceClaimed: (
            "What the bank credited and what its items say are apart, and a person says that the bank erred.",
            "Ask the bank. Name the amount anew once it is known what it was."
        ),
        .copyNotPosted: (
            "The bank marks this as a copy of what it already told.", "Nothing to do."
        ),
        .notBooked: (
            "The bank has only announced this entry.", "Nothing to do: it comes again when it is booked."
        ),
        .toldTwice: (
            "Another file has told this already: a report of the same account and day, or one that was sent again.",
            "Nothing to do: it stands on the books once."
        ),
        .debitNotPosted: (
            "The bank debited our account; this is no receipt.", "Nothing to do here unless it takes a payment back."
        ),
        .collectionNotConfigured: (
            "The file holds debits of a company that is not among collections: companies.",
            "If the company is yours, add it in config/sluice.yaml; its next files are then payments to come."
        ),
        .returnUnmatched: (
            "The bank took an item back.", "Find the payment it belongs to and reverse it."
        ),
        .depositCorrected: (
            "The bank corrects a deposit that it credited before.",
            "Find the deposit it speaks of; a credit waits in suspense until then."
        ),
        .toldElsewhere: (
            "A sum whose payments another file tells.", "Nothing to do: it serves to compare the bank's credits."
        ),
        .sumUntold: (
            "The bank credited a sum, and no file tells its payments.",
            "Wait for the file, or ask for it: it settles this by itself. Where several files tell it, decide "
                + "duplicate as told-twice, with a note that says which. Else say whose money it is."
        ),
        .sumToldLate: (
            "The payments of a sum came after a person had said whose money it is.",
            "The same money may stand on the books twice: compare the file with what was decided. Where it does, "
                + "decide duplicate as told-twice: the sum comes off its accounts."
        ),
        .feeKept: (
            "A fee that a processor kept of what it paid out.", "Nothing to do: it stands in the account of fees."
        ),
        .feeNotPosted: (
            "A fee that the bank took or gave back.",
            "A fee taken: nothing to do. What was credited in such words stands in suspense: say whose money it is."
        ),
        .paymentExpected: (
            "A payment to come, of our own collection file.", "Nothing to do: it waits for the bank's credit or return."
        ),
        .adviceOnly: (
            "Remittance told apart from its payment; it brings no money.",
            "Nothing to do: the payment comes in a file of the bank."
        ),
        .adviceUnmatched: (
            "Remittance told apart has found no payment.",
            "Ask the payer or the bank whether it was paid. Nothing was posted for it."
        ),
        .accountNotice: (
            "A bank tells that the data of a payer's account has changed.",
            "Correct the payer's bank account in the billing system before the next collection."
        ),
        .collectionAnswered: (
            "The bank answers an entry of our own collection file.",
            "Where it is rejected, tell the customer and take the payment out of the expected ones."
        ),
        .noticeUnmatched: (
            "A bank tells that the data of an account has changed, and no entry of ours bears its number.",
            "Find whose account it is; correct it in the billing system before the next collection."
        ),
        .collectionReturned: (
            "A payment to come of our own collection file will not come: the bank returned or rejected it.",
            "Tell the customer: the bill is open. Leave it out where the bank's credit of the collection is split."
        ),
        .fractionOfCent: (
            "The amount has a fraction of a cent.", "Ask the bank for the amount in cents."
        ),
        .currencyOther: (
            "The amount is in another currency than the office's books.", "Ask the bank for the booked amount."
        ),
        .couponEnclosed: (
            "A coupon that lay in one envelope with checks; it brings no money of its own.",
            "Nothing to do: the checks of its envelope were matched with it."
        ),
        .amountZero: (
            "The amount is zero.", "Look at the image or the remittance; there is no money to post."
        ),
        .duplicateSuspected: (
            "It may be another payment that is told, presented or paid again.",
            "Compare the twins: told twice, paid twice, or presented twice."
        ),
        .accountClosed: (
            "The account is closed, owes nothing and has no successor.", "Find where the customer moved, or refund it."
        ),
        .cashOnly: (
            "The account takes only money that cannot be returned.", "Decide whether to accept this payment."
        ),
        .accountFlagged: (
            "A flag on the account holds its payments.", "Follow the procedure of the flag's case."
        ),
        .evidenceConflict: (
            "The evidence names different accounts.", "Look at the image and choose the account it was meant for."
        ),
        .accountAmbiguous: (
            "More than one account is proven equally well.", "Choose the account from the candidates."
        ),
        .amountUnusual: (
            "The amount is far beyond anything the account owes or pays.", "Check the amount and the account."
        ),
        .otherAccountsOpen: (
            "The amount does not fit the account named, and the customer has other open accounts.",
            "Split it over the customer's accounts, or post it to the one named."
        ),
        .billNotFound: (
            "A bill number on the remittance is not in the book.", "Find the account by other evidence."
        ),
        .linesPartlyKnown: (
            "Some remittance lines name no known bill or account.", "Split the known lines and find the others."
        ),
        .twinNumber: (
            "Another live account differs only by an error the check digit cannot see.", "Confirm the account."
        ),
        .repairUnproven: (
            "The account number was read with an error, and its repair is not proven.", "Confirm the account."
        ),
        .accountUnreadable: (
            "The account number could not be read.", "Read it from the coupon image."
        ),
        .checkDigitWrong: (
            "The account number's check digit is wrong.", "Read it from the coupon image, or ask the payer."
        ),
        .accountNotFound: (
            "No account has the number given.", "Find the payer by name or address, or mark it as not ours."
        ),
        .payerOnly: (
            "Only the payer is known, which does not prove the account.", "Choose the account from the candidates."
        ),
        .noReference: (
            "No account or bill number was found on the item.", "Find the payer by name, address or amount."
        ),
        .ruleDemoted: (
            "The rule that would have posted it was wrong too often and only suggests now.",
            "Decide it; the first candidate is what the rule suggests. `sluice rules restore` lets the rule post again."
        ),
        .sampledForReview: (
            "It was drawn at random, to be decided by a person who does not know what the rules chose.",
            "Decide it from its record and documents; candidates stand in the order of their numbers."
        ),
        .recoveryPosted: (
            "Money was posted to an account that is written off or in collections.",
            "Tell whoever collects for it; the write-off may have to be taken back in the billing system."
        ),
        .balanceConflict: (
            "The billing system now states less for a bill than was paid on it.",
            "The rest went to customer credit; check the bill."
        ),
        .imagesMissing: (
            "Images that the bank file names have not arrived.", "Ask the bank for the images of this deposit."
        ),
        .imageNotNamed: (
            "An image came that no item of the file names.", "Index it by hand."
        ),
        .imageUnreadable: (
            "An image file is damaged or is no image.", "Ask the bank for it again."
        ),
    ]
}
