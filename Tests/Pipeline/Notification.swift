import Model

/// A camt.054 with one booked entry of several credits.
struct Notification {
    struct Credit {
        var amount: Cents
        var endToEnd: String
        var text: String
        var payer = "Pat Payer"

        /// A credit that pays account n of the book in full.
        init(_ n: Int, endToEnd: String) {
            amount = AccountBook.amount(n)
            self.endToEnd = endToEnd
            text = "ACCT \(AccountBook.account(n))"
        }
    }

    var id = "N-1"
    var currency = "USD"
    var status = "BOOK"
    var direction = "CRDT"
    var credits: [Credit]
    /// The entry's own amount, where it is not the sum of its credits.
    var total: Cents?
    /// Put before the root element.
    var prolog = ""

    init(credits: [Credit]) { self.credits = credits }

    var text: String {
        let details = credits.map { credit in
            """
            <TxDtls><Refs><EndToEndId>\(credit.endToEnd)</EndToEndId></Refs>\
            <Amt Ccy="\(currency)">\(credit.amount)</Amt><CdtDbtInd>\(direction)</CdtDbtInd>\
            <RltdPties><Dbtr><Pty><Nm>\(credit.payer)</Nm></Pty></Dbtr></RltdPties>\
            <RmtInf><Ustrd>\(credit.text)</Ustrd></RmtInf></TxDtls>
            """
        }
        let state = status.isEmpty ? "" : "<Sts><Cd>\(status)</Cd></Sts>"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            \(prolog)<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
            <GrpHdr><MsgId>\(id)</MsgId><CreDtTm>2026-03-02T18:05:00Z</CreDtTm></GrpHdr>
            <Ntfctn><Id>\(id)</Id><CreDtTm>2026-03-02T18:05:00Z</CreDtTm>
            <Acct><Id><Othr><Id>0000417702</Id></Othr></Id><Ccy>\(currency)</Ccy></Acct>
            <Ntry><NtryRef>1</NtryRef><Amt Ccy="\(currency)">\(total ?? credits.map(\.amount).sum)</Amt>
            <CdtDbtInd>\(direction)</CdtDbtInd>\(state)<BookgDt><Dt>2026-03-02</Dt></BookgDt>
            <ValDt><Dt>2026-03-02</Dt></ValDt><NtryDtls>
            \(details.joined(separator: "\n"))
            </NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>

            """
    }
}
