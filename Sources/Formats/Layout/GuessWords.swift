import Model

/// The words of headers and cells in English, German, French and Spanish, and what they say.
enum GuessWords {
    /// Role, and the header words that name it; the first role that matches wins. Words are in lower case.
    static let headers: [(role: String, words: [String])] = [
        ("record", ["record", "record type", "rectype", "satzart"]),
        ("deposit-date", ["deposit date", "settled", "settlement date", "einzahlungstag"]),
        (
            "value-date",
            ["value date", "valuta", "valutadatum", "wertstellung", "date de valeur", "date valeur", "fecha valor"]
        ),
        (
            "booking-date",
            [
                "date", "booking date", "posting date", "post date", "posted", "transaction date", "payment date",
                "buchung", "buchungstag", "buchungsdatum", "datum", "date operation", "date d'opération",
                "date opération", "date de comptabilisation", "fecha", "fecha operación", "fecha operacion",
            ]
        ),
        ("net", ["net", "netto", "net amount", "montant net", "neto"]),
        ("fee", ["fee", "fees", "gebühr", "entgelt", "frais", "comisión", "comision"]),
        (
            "sign",
            [
                "d/c", "c/d", "dr/cr", "cr/dr", "debit/credit", "credit/debit", "indicator", "soll/haben", "s/h",
                "sens",
                "signo", "sign",
            ]
        ),
        (
            "credit",
            [
                "credit", "credits", "credit amount", "paid in", "money in", "haben", "gutschrift", "einnahmen",
                "crédit",
                "haber", "abono", "abonos",
            ]
        ),
        (
            "debit",
            [
                "debit", "debits", "debit amount", "paid out", "money out", "soll", "lastschrift", "ausgaben", "débit",
                "debe", "cargo", "cargos",
            ]
        ),
        (
            "amount",
            ["amount", "gross", "gross amount", "betrag", "umsatz", "zahlbetrag", "montant", "importe", "monto"]
        ),
        ("line-amount", ["line amount"]),
        ("currency", ["currency", "ccy", "curr", "währung", "waehrung", "devise", "moneda", "divisa"]),
        ("bank-account", ["iban", "bank account", "konto", "kontonummer", "compte", "numéro de compte", "cuenta"]),
        (
            "account",
            [
                "account", "account number", "account no", "customer number", "customer no", "kundennummer", "kundennr",
                "numéro de client", "n° client", "número de cliente", "numero de cliente",
            ]
        ),
        (
            "bill",
            ["invoice", "invoice number", "bill", "rechnung", "rechnungsnummer", "facture", "n° facture", "factura"]
        ),
        (
            "payer",
            [
                "payer", "payor", "name", "customer", "cardholder", "remitter", "counterparty", "auftraggeber",
                "zahler",
                "auftraggeber/empfänger", "zahlungspflichtiger", "nom", "donneur d'ordre", "tireur", "nombre",
                "ordenante", "pagador",
            ]
        ),
        (
            "memo",
            [
                "memo", "description", "details", "narrative", "verwendungszweck", "libellé", "libelle",
                "communication",
                "concepto", "descripción", "descripcion",
            ]
        ),
        ("check-number", ["check", "check number", "check no", "cheque", "schecknummer", "n° chèque", "cheque no"]),
        ("routing", ["routing", "routing number", "aba"]),
        ("original-trace", ["original", "original transaction", "original reference"]),
        ("original-code", ["reason code", "return code", "rückgabegrund"]),
        (
            "trace",
            [
                "reference", "ref", "transaction", "transaction id", "confirmation", "trace", "referenz", "référence",
                "referencia",
            ]
        ),
        ("lockbox", ["lockbox"]), ("batch", ["batch", "batch number"]), ("item", ["item"]),
        ("kind", ["type", "status", "transaction type", "umsatzart", "buchungstext", "type d'opération", "tipo"]),
        ("balance", ["balance", "running balance", "saldo", "solde", "kontostand"]),
    ]

    /// Words of a kind column, and what such a row is; `exclude` where no money has moved.
    static let kinds: [String: String] = [
        "sale": "payment", "payment": "payment", "posted": "payment", "gutschrift": "payment", "deposit": "payment",
        "überweisung": "payment", "virement": "payment", "chargeback": "returned", "returned": "returned",
        "return": "returned", "refund": "returned", "reversal": "returned", "rücklastschrift": "returned",
        "rejet": "returned", "devolución": "returned", "fee": "fee", "charge": "fee", "entgelt": "fee",
        "gebühr": "fee", "frais": "fee", "comisión": "fee", "settlement": "sum", "payout": "sum",
        "correction": "correction", "corrected": "correction", "adjustment": "correction", "korrektur": "correction",
        "representment": "correction", "pending": "exclude", "authorization": "exclude", "declined": "exclude",
        "voided": "exclude", "vorgemerkt": "exclude", "failed": "exclude",
    ]

    static let signs: [String: Direction] = [
        "c": .credit, "cr": .credit, "credit": .credit, "+": .credit, "h": .credit, "haben": .credit, "crédit": .credit,
        "haber": .credit, "abono": .credit, "d": .debit, "dr": .debit, "debit": .debit, "-": .debit, "s": .debit,
        "soll": .debit, "débit": .debit, "debe": .debit, "cargo": .debit,
    ]

    /// The role that a header names, or nil.
    static func role(_ header: String) -> String? {
        let name = String(header.lowercased().map { $0 == "_" ? " " : $0 })
        return headers.first { $0.words.contains(name) }?.role
    }
}
