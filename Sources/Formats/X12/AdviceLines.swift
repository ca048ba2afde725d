internal import Model

/// What a payment says it pays: the segments RMR, ADX, REF and NTE.
struct AdviceLines {
    /// Memory stays bounded where the standard's loops do not.
    static let most = 10_000

    private var lines: [RemittanceLine] = []
    private var adjustments: [RemittanceLine] = []
    private var memo: [String] = []

    mutating func take(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        switch segment.name {
        case "RMR": try remittance(segment, &log)
        case "ADX":
            guard let amount = try log.amount(segment, 1, "ADX01").cents else { return }
            adjustments.append(RemittanceLine(amount: amount))
        case "REF": reference(segment)
        case "NTE": add(segment[2])
        default: break
        }
        guard lines.count <= Self.most, adjustments.count <= Self.most, memo.count <= Self.most else {
            throw FileRefused(
                .recordMalformed, at: segment.position,
                "found more than \(Self.most) lines or notes of one payment; expected fewer")
        }
    }

    private mutating func remittance(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        var line = RemittanceLine()
        let isAccount = RemittanceQualifiers.accounts.contains(segment[1])
        if isAccount { line.account = segment[2] } else { line.bill = segment[2] }
        if !segment.raw(4).isEmpty { line.amount = try log.amount(segment, 4, "RMR04").cents }
        lines.append(line)
    }

    /// A reference behind RMR belongs to its line; the account of a bill completes it.
    private mutating func reference(_ segment: CutSegment) {
        if RemittanceQualifiers.accounts.contains(segment[1]), let last = lines.last, last.account.isEmpty {
            lines[lines.count - 1].account = segment[2]
        } else {
            add([segment[1], segment[2], segment[3]].filter { !$0.isEmpty }.joined(separator: " "))
        }
    }

    private mutating func add(_ text: String) { if !text.isEmpty { memo.append(text) } }

    /// Puts them into an item whose amount with its sign is this, and tells where they do not add up to it.
    ///
    /// An adjustment (ADX) is a line of its own, unless the lines make up the amount without it: then it explains why a
    /// bill was paid short.
    func set(_ item: inout Item, amount: Cents, _ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        item.memo = memo.joined(separator: " ")
        item.lines = lines
        guard let sum = Self.sum(lines), !lines.isEmpty || !adjustments.isEmpty else {
            item.lines += adjustments
            return
        }
        if sum == amount { return }
        item.lines += adjustments
        let whole = Self.sum(adjustments).flatMap { sum.adding($0) }
        if whole == amount { return }
        let found = whole?.description ?? "more than fits"
        try log.tell(
            .itemOutOfBalance, .fault, segment, "RMR04",
            "found lines and adjustments of \(found); expected \(amount) as in \(segment.name)02")
    }

    /// Nil where a line names no amount, or the sum does not fit.
    private static func sum(_ lines: [RemittanceLine]) -> Cents? {
        lines.reduce(Cents?.some(.zero)) { sum, line in line.amount.flatMap { sum?.adding($0) } }
    }
}

extension CutSegment {
    /// What BPR04 says of how the money moved (element 591).
    var tender: Tender? {
        switch self[4] {
        case "CHK": .check
        case "CAS": .cash
        case "CCC": .card
        case "ACH": self[3] == "D" ? .achDebit : .achCredit
        case "FWT", "BOP", "FEW", "SWT": .achCredit
        default: nil
        }
    }
}
