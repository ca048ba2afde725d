import Model

/// What the remittance segments of an X12 820, whole or bare, say a payment is for.
struct RemittanceSegments {
    private(set) var lines: [RemittanceLine] = []
    /// References and names, in order.
    private(set) var memo = ""
    /// Amounts that are not numbers, as found; their lines have none.
    private(set) var badAmounts: [String] = []

    /// Nil where the text is no remittance in X12.
    init?(_ text: String) {
        let starts = ["ISA", "GS", "ST", "BPR", "RMR", "ENT", "N1", "REF", "NM1"]
        guard let segments = X12Segments(text)?.segments, starts.contains(segments[0][0]) else { return nil }
        var words: [String] = []
        for segment in segments {
            switch segment[0] {
            case "RMR": take(rmr: segment)
            case "REF": words += Self.filled(segment, [1, 2, 3])
            case "N1": words += Self.filled(segment, [1, 2])
            // The last name stands before the first.
            case "NM1": words += Self.filled(segment, [1, 4, 3])
            case "NTE": words += Self.filled(segment, [2])
            default: break
            }
        }
        memo = words.joined(separator: " ")
    }

    /// RMR01 says what RMR02 is, RMR04 what is paid on it.
    private mutating func take(rmr segment: [String]) {
        let reference = Self.element(2, segment)
        let isAccount = RemittanceQualifiers.accounts.contains(Self.element(1, segment))
        let amount = amount(Self.element(4, segment))
        guard !reference.isEmpty || amount != nil else { return }
        lines.append(
            RemittanceLine(account: isAccount ? reference : "", bill: isAccount ? "" : reference, amount: amount))
    }

    private mutating func amount(_ text: String) -> Cents? {
        guard !text.isEmpty else { return nil }
        do throws(MoneyFault) {
            // X12 leaves out a zero before the decimal mark.
            return try Cents(text.first == "." ? "0" + text : text, style: .signed)
        } catch {
            badAmounts.append(text)
            return nil
        }
    }

    private static func element(_ place: Int, _ segment: [String]) -> String {
        place < segment.count ? segment[place] : ""
    }

    private static func filled(_ segment: [String], _ places: [Int]) -> [String] {
        places.map { element($0, segment) }.filter { !$0.isEmpty }
    }
}
