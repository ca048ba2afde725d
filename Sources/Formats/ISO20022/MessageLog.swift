internal import Model

/// The events of a message that wait to be delivered, and the fields that more than one message has.
struct MessageLog {
    private var events: [ReadEvent] = []
    /// Whether amounts are kept as they are written, which only items need.
    var keepsAmountTexts = true

    mutating func deliver(into all: inout [ReadEvent]) {
        // Both arrays serve again and again: where one is empty nothing is moved.
        if all.isEmpty { return swap(&all, &events) }
        all += events
        events.removeAll(keepingCapacity: true)
    }

    mutating func append(_ event: ReadEvent) { events.append(event) }

    mutating func tell(_ reason: Reason, _ severity: Severity, _ line: Int, _ field: String, _ message: String) {
        events.append(.fault(Fault(reason, severity, at: Position(line: line), field: field, message)))
    }

    /// An amount with its currency; without cents, and with a fault that says what was found, where it is none.
    mutating func amount(_ value: ElementText, _ field: String) -> StatedAmount {
        var stated = StatedAmount(
            cents: nil, isCut: false, text: keepsAmountTexts ? value.string : "", currency: value.currency)
        stated.isBlank = value.trimmed.isEmpty
        do throws(MoneyFault) {
            stated.cents = try value.cents()
        } catch {
            if case .fractionOfCent(let cut) = error {
                tell(
                    .fractionOfCent, .fault, value.line, field,
                    "found \"\(quotable(value.string))\"; expected at most two decimals")
                stated.cents = cut
                stated.isCut = true
                return stated
            }
            let reason: Reason = error == .tooLarge ? .amountTooLarge : .amountNotNumeric
            tell(
                reason, .refusal, value.line, field,
                "found \"\(quotable(value.string))\"; expected an amount such as 1234.50")
        }
        return stated
    }

    mutating func date(_ value: ElementText, _ field: String) -> CivilDate? {
        if let date = value.date { return date }
        tell(
            .dateInvalid, .fault, value.line, field,
            "found \"\(quotable(value.string))\"; expected a day such as 2026-03-02")
        return nil
    }

    /// Tells a word that steers money and is none of these.
    mutating func expect(_ words: [String], _ value: ElementText, _ field: String) {
        if words.contains(value.string) { return }
        let expected = words.joined(separator: ", ")
        tell(
            .fieldInvalid, .refusal, value.line, field,
            "found \"\(quotable(value.string))\"; expected one of \(expected)")
    }

    /// A creditor reference (`CdtrRefInf/Ref`). Wrong check digits are told and no more: it stays evidence.
    mutating func reference(_ value: ElementText, _ field: String) -> String {
        let reference = CreditorReference(value.string)
        if !reference.isValid {
            tell(
                .referenceCheckWrong, .note, value.line, field,
                "found \"\(quotable(value.string))\"; expected the check digits of \(reference.kind.rawValue)")
        }
        return value.string
    }

    /// Tells, once an item, more remittance than any payment has.
    mutating func check(_ remittance: Remittance, _ line: Int) {
        guard remittance.isBeyondLimit else { return }
        tell(
            .xmlLimit, .refusal, line, "RmtInf",
            "found more than \(Remittance.most) remittance texts or documents of one payment; expected fewer")
    }
}

/// An amount as an element states it.
struct StatedAmount {
    var cents: Cents?
    var isCut: Bool
    var text: String
    var currency: String
    /// Whether the element is there and holds nothing.
    var isBlank = false

    /// Puts it into an item.
    func set(_ item: inout Item) {
        item.amount = cents
        item.amountText = text
        item.fractionOfCent = isCut
        if !currency.isEmpty { item.currency = currency }
    }
}

/// What a payment says it pays (`RmtInf`, ISO 20022 RemittanceInformation).
struct Remittance {
    /// The limit of texts, and of documents: memory stays bounded where the schema's `unbounded` does not.
    static let most = 10_000

    /// The texts that say something, and how many there are of both kinds.
    private(set) var memo: [String] = []
    private var texts = 0
    private(set) var lines: [RemittanceLine] = []
    private(set) var isBeyondLimit = false
    private var documents: [String] = []
    private var amount: Cents?

    mutating func add(text: String) {
        guard texts < Self.most else { return isBeyondLimit = true }
        texts += 1
        if !text.isEmpty { memo.append(text) }
    }

    mutating func add(document: String) {
        guard documents.count + lines.count < Self.most else { return isBeyondLimit = true }
        if !document.isEmpty { documents.append(document) }
    }

    mutating func set(amount: Cents?) { self.amount = amount }

    /// One `Strd` is over. Its amount is that of its document; of several together it proves none.
    mutating func endStructured() {
        let amount = documents.count == 1 ? amount : nil
        lines += documents.map { RemittanceLine(bill: $0, amount: amount) }
        documents = []
        self.amount = nil
    }

    /// All texts in order: banks cut one text at 35 or 140 characters.
    var text: String { memo.joined(separator: " ") }
}

/// A number, or nothing where the sender says that there is none.
func told(_ number: String) -> String {
    // No placeholder is longer, however its letters are written.
    guard number.utf8.count <= 24 else { return number }
    return placeholders.contains(number) || placeholders.contains(number.uppercased()) ? "" : number
}

private let placeholders: Set<String> = ["NOTPROVIDED", "NOT PROVIDED", "NONREF", "NONE", "N/A", "UNKNOWN", "0"]
